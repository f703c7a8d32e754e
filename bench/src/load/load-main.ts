import { openCertificateAuthority, startTestPartner } from '@anw/testing';
import { readFile } from 'node:fs/promises';
import { createFhirRequests } from './fhir-requests.js';
import type { FromLoad, LoadSetup, RequestKind, ToLoad } from './load-messages.js';
import { runLoad, type SendOne } from './run-load.js';
import { createTokenRequests } from './token-requests.js';

/**
 * One stranger that makes load, in a process of its own so that its CPU is not that of the service: an actor with its own
 * DID, keys, certificate and door. Arguments: its name, and the PEM files of the region's certificate authority.
 */
const [name, certificateFile, privateKeyFile] = process.argv.slice(2) as [string, string, string];

const [certificatePem, privateKeyPem] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(privateKeyFile, 'utf8')]);
const authority = await openCertificateAuthority({ certificatePem, privateKeyPem });
const actor = await startTestPartner({ authority, host: `${name}.localhost`, name, displayName: `Thuiszorg ${name}` });
let requests: Readonly<Record<RequestKind, SendOne>> | undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToLoad) => {
  follow(message).catch((error: unknown) => tell({ kind: 'broken', detail: String((error as Error).stack) }));
});
tell({ kind: 'ready', did: actor.did });

async function follow(message: ToLoad): Promise<void> {
  switch (message.kind) {
    case 'setup':
      requests = await prepare(message);
      return tell({ kind: 'ready-to-run' });
    case 'run':
      if (requests === undefined) throw new Error('a run before its setup');
      return tell(await runLoad(message, requests[message.request]));
    case 'stop':
      return process.exit(0);
  }
}

async function prepare(setup: LoadSetup): Promise<Readonly<Record<RequestKind, SendOne>>> {
  const tokens = await createTokenRequests(actor, certificatePem, setup);
  return { ...tokens.requests, ...createFhirRequests(actor, certificatePem, { fhir: setup.fhir, obtain: tokens.obtain }) };
}

function tell(message: FromLoad): void {
  process.send?.(message);
}
