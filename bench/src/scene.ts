import { PartnerAllowlist } from '@anw/api-contracts';
import { anw2022Resources, createServerNonces, fetchWithToken, requestAccessToken, type TokenFetch } from '@anw/authorization';
import { ANW_REGISSEUR_SCOPE, createStatusEntries, issueAuthorizationCredential, parseCredential } from '@anw/credentials';
import { createOutbound } from '@anw/outbound';
import { createOperatorClient, type OperatorClient, type Region, startRegion } from '@anw/region';
import { exampleUser, openCertificateAuthority, startTestPartner, type TestPartner } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, Did, DidUrl, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { type LoadProcess, startLoadProcess } from './load/load-process.js';
import { organizationCredentialOf } from './load/token-requests.js';
import type { ProfiledProcess } from './measure/cpu-profile.js';
import { parentOf } from './measure/process-cpu.js';

const HOUR = 3_600_000;

/** A running region, a regisseur of the bench's own, and actors that make load, with everything a token needs. */
export interface Scene {
  readonly region: Region;
  readonly loads: readonly LoadProcess[];
  readonly custodian: ProfiledProcess;
  /** Postmaster of the region's PostgreSQL. */
  readonly postgresPid: number;
  stop(): Promise<void>;
}

/** @param loads how many processes make load */
export async function openScene({ loads, tell }: { readonly loads: number; readonly tell: (sentence: string) => void }): Promise<Scene> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'anw-bench-'));
  const endings: (() => Promise<unknown>)[] = [() => rm(stateDirectory, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    // As in production: a log line for what is out of the ordinary, not for every request.
    const region = await startRegion({ stateDirectory, ports: 'ephemeral', onProgress: tell, logLevel: 'info' });
    endings.push(() => region.stop());
    const { certificate, privateKey } = region.file.authority;
    const authority = await openCertificateAuthority({ certificatePem: await readFile(certificate, 'utf8'), privateKeyPem: await readFile(privateKey, 'utf8') });
    const regisseur = await startTestPartner({ authority, host: 'bench-regisseur.localhost', name: 'bench-regisseur', displayName: 'Regie Meetbank' });
    endings.push(() => regisseur.stop());
    const processes: LoadProcess[] = [];
    for (let number = 1; number <= loads; number += 1) {
      const load = await startLoadProcess(`bench-actor-${number}`, region.file.authority);
      endings.push(() => load.stop());
      processes.push(load);
    }
    await authorizeAll(region, regisseur, processes);
    const custodianPid = region.service('custodian').pid;
    if (custodianPid === undefined) throw new Error('the custodian does not run');
    return { region, loads: processes, custodian: { pid: custodianPid, logs: () => region.logs('custodian') }, postgresPid: await postmasterOf(region.file.database.server), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Allowlist rows, an enrolment, the delegation, and an authorization for each actor: the way it goes between real parties. */
async function authorizeAll(region: Region, regisseur: TestPartner, loads: readonly LoadProcess[]): Promise<void> {
  const { file } = region;
  const patient = file.patients[0];
  const custodian = file.organisations.find(({ name }) => name === patient?.custodian);
  if (patient === undefined || custodian === undefined) throw new Error('the region has no patient');
  const operator = createOperatorClient(file.services.custodian.operator);
  const path = `/operator/organisations/${custodian.name}`;
  const period = { from: new Date(Date.now() - HOUR), until: new Date(Date.now() + 24 * HOUR) };
  for (const { did } of loads) {
    await operator.post(`${path}/allowlist`, { regisseur: regisseur.did, actor: did, validFrom: period.from.toISOString(), validUntil: period.until.toISOString() }, z.unknown());
  }
  const handle = await enrol(operator, path, patient.id, regisseur);
  const delegation = await delegationOf(region, custodian, regisseur);
  for (const load of loads) {
    const authorization = await issueAuthorizationCredential(regisseur.signer, {
      id: DidUrl.parse(`${regisseur.did}#${randomUUID()}`),
      actor: Did.parse(load.did),
      custodian: Did.parse(custodian.did),
      delegation,
      handle,
      practitioner: exampleUser(new Date()).identifier,
      purposeOfUse: ANW_PURPOSE_OF_USE,
      resources: anw2022Resources,
      period: { from: new Date(), until: new Date(Date.now() + 8 * HOUR) },
      status: createStatusEntries({ door: regisseur.url, uuid: regisseur.organisation.id }, { page: 1, index: 417 }),
    });
    await load.setUp({ issuer: custodian.issuer, fhir: `${file.services.custodian.partner}/fhir/${custodian.name}`, authorization, custodian: custodian.did });
  }
}

async function enrol(operator: OperatorClient, path: string, patient: string, regisseur: TestPartner): Promise<PatientHandle> {
  const { handle } = await operator.post(`${path}/enrolments`, { patient, regisseur: regisseur.did }, z.looseObject({ handle: PatientHandle }));
  return handle;
}

async function delegationOf({ file }: Region, custodian: Region['file']['organisations'][number], regisseur: TestPartner): Promise<DidUrl> {
  const outbound = createOutbound({
    ca: await readFile(file.authority.certificate, 'utf8'),
    clientCertificate: regisseur.certificate,
    allowedInternalHosts: ['*.localhost'],
    requireTls: true,
    timeoutMilliseconds: 10_000,
    maxResponseBytes: 1_048_576,
  });
  try {
    const token = await requestAccessToken({
      fetch: outbound.fetch as unknown as TokenFetch,
      signer: regisseur.signer,
      clientId: regisseur.organisation.issuer,
      clock: () => new Date(),
      authorizationServer: custodian.issuer,
      scope: ANW_REGISSEUR_SCOPE,
      credentials: [await organizationCredentialOf(regisseur)],
    });
    const ask = fetchWithToken(outbound.fetch as unknown as TokenFetch, { token, serverNonces: createServerNonces(), clock: () => new Date() });
    const response = await ask(`${file.services.custodian.partner}/anw/${custodian.name}/allowlist`, { method: 'GET', headers: {} });
    return parseCredential(PartnerAllowlist.parse(JSON.parse(await response.text())).delegation).id;
  } finally {
    await outbound.close();
  }
}

/** Every connection of PostgreSQL has a process whose parent is the postmaster. */
async function postmasterOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return await parentOf(rows[0]!.pid);
  } finally {
    await client.end();
  }
}
