import { ANW_ACCESS_SCOPE, anwDefinition, createPresentation, createSubmission, issueEmployeeCredential, issueOrganizationCredential, parseCredential, type ParsedCredential, type SubmissionPlan } from '@anw/credentials';
import { exampleUser, type TestPartner } from '@anw/testing';
import { Did, DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import type { LoadSetup, RequestKind } from './load-messages.js';
import type { SendOne } from './run-load.js';

const HOUR = 3_600_000;

/** Enough for the load that one process makes; each stays open, as between real partners. */
const CONNECTIONS = 8;

/** Asks a custodian's token endpoint as an actor that shares no connection, cache or code path with our own client. */
export async function createTokenRequests(actor: TestPartner, trust: string, setup: LoadSetup): Promise<Readonly<Record<RequestKind, SendOne>>> {
  const plan = await planFor(actor, setup);
  const { host, hostname, port, pathname } = new URL(`${setup.issuer}/token`);
  const { certificatePem: cert, privateKeyPem: key } = actor.certificate;
  // Names below `localhost` are this machine (RFC 6761), which not every resolver knows.
  const pool = new Pool(`https://127.0.0.1:${port}`, { connections: CONNECTIONS, connect: { servername: hostname, ca: trust, cert, key } });

  async function post(form: URLSearchParams, expected: number): Promise<void> {
    const { statusCode, body } = await pool.request({ method: 'POST', path: pathname, headers: { host, 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() });
    const text = await body.text();
    if (statusCode !== expected) throw new Error(`status ${statusCode}: ${text}`);
  }

  const submission = JSON.stringify(plan.submission);
  const credentials = plan.credentials.map(({ raw }) => raw);
  return {
    granted: async () => {
      const assertion = await createPresentation(actor.signer, { audience: setup.issuer, credentials, now: new Date() });
      await post(new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: actor.did, scope: ANW_ACCESS_SCOPE, presentation_submission: submission, assertion }), 200);
    },
    refused: () => post(new URLSearchParams({ grant_type: 'client_credentials', scope: ANW_ACCESS_SCOPE }), 400),
  };
}

async function planFor(actor: TestPartner, { authorization, custodian }: LoadSetup): Promise<SubmissionPlan<ParsedCredential>> {
  const wallet = [await organizationCredentialOf(actor), await employeeCredentialOf(actor), authorization].map(parseCredential);
  const plan = createSubmission(anwDefinition({ name: ANW_ACCESS_SCOPE }, Did.parse(custodian)), wallet);
  if ('missing' in plan) throw new Error(`no credential for ${plan.missing.join(', ')}`);
  return plan;
}

export function organizationCredentialOf({ signer, did, organisation }: TestPartner): Promise<string> {
  const id = DidUrl.parse(`${did}#${randomUUID()}`);
  return issueOrganizationCredential(signer, { id, organisation: did, name: organisation.displayName, city: organisation.city, period: fromNow(24 * HOUR) });
}

function employeeCredentialOf({ signer, did }: TestPartner): Promise<string> {
  return issueEmployeeCredential(signer, { id: DidUrl.parse(`${did}#${randomUUID()}`), user: exampleUser(new Date()), period: fromNow(HOUR) });
}

function fromNow(milliseconds: number) {
  const from = new Date();
  return { from, until: new Date(from.getTime() + milliseconds) };
}
