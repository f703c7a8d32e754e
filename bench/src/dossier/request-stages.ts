import { createAnonymousRefusals, createDpopNonces, hashToken } from '@anw/authorization';
import { answerFhirRequest, checkOutgoingBundle, createSearchBundle, createSearchCursors, dossierQueries, type FhirServer, type FhirSource, type FhirStores, type IncomingFhirRequest, matchSearch } from '@anw/fhir';
import { AccessTokenTable, AuditLogTable, type Database, DecisionTable, DpopReplayTable, EnrichmentTable, FhirResourceTable, GivenResourcesTable, PatientSearchTable, type Transaction } from '@anw/persistence';
import { validLists } from '@anw/testing';
import type { Did, OrganisationId, PatientId } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import { cpuOf, cpuOfFamily } from '../measure/process-cpu.js';

const CONCURRENCY = 8;
const BASE = 'https://bench.invalid/fhir';

/** What is measured: a whole request, one whose log row is left out, and the search in the store by itself. */
export const stages = ['whole', 'without-log', 'search-alone'] as const;
export type Stage = (typeof stages)[number];

/** Cost of one request in a stage. */
export interface StageCost {
  readonly perSecond: number;
  /** Microseconds. */
  readonly cpu: number;
  readonly postgresCpu: number;
}

export interface StagedRecord {
  readonly database: Database;
  readonly organisation: { readonly id: OrganisationId; readonly did: Did };
  readonly postgresPid: number;
}

/** One search of a dossier, answered in this process over the custodian's own database by its own code, whole and in part. */
export interface RequestStages {
  measure(stage: Stage, seconds: number): Promise<StageCost>;
}

/** There has to be a token of the organisation: a copy of the newest is used. */
export async function openRequestStages({ database, organisation, postgresPid }: StagedRecord): Promise<RequestStages> {
  const { text, thumbprint, patient } = await copyToken(database, organisation.id);
  const query = dossierQueries(patient).find(({ name }) => name === 'blood-pressure');
  if (query === undefined) throw new Error('the dossier has no blood pressures');
  const request: IncomingFhirRequest = {
    method: 'GET',
    path: `/${query.type}`,
    query: query.parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
    headers: { authorization: `Bearer ${text}` },
    body: undefined,
    certificate: { hosts: ['bench.invalid'], thumbprint, trusted: true },
  };
  const server = inProcessServer(database, organisation);
  const unlogged = inProcessServer(database, organisation, { append: async () => undefined });
  const sends: Readonly<Record<Stage, () => Promise<void>>> = {
    whole: () => expectFound(request, server),
    'without-log': () => expectFound(request, unlogged),
    'search-alone': () => searchAlone(request, patient, unlogged),
  };
  return {
    measure: async (stage, seconds) => {
      const before = { own: await cpuOf(process.pid), postgres: await cpuOfFamily(postgresPid), at: performance.now() };
      const answered = await keepAsking(sends[stage], seconds);
      const elapsed = (performance.now() - before.at) / 1_000;
      return { perSecond: answered / elapsed, cpu: ((await cpuOf(process.pid)) - before.own) / answered, postgresCpu: ((await cpuOfFamily(postgresPid)) - before.postgres) / answered };
    },
  };
}

async function keepAsking(send: () => Promise<void>, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  let answered = 0;
  const worker = async (): Promise<void> => {
    for (; performance.now() < until; answered += 1) await send();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return answered;
}

async function expectFound(request: IncomingFhirRequest, server: FhirServer): Promise<void> {
  const { status, body } = await answerFhirRequest(request, server);
  if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  JSON.stringify(body);
}

async function searchAlone({ path, query }: IncomingFhirRequest, patient: PatientId, server: FhirServer): Promise<void> {
  const asked = matchSearch(path.slice(1), query);
  if (!asked.ok) throw new Error(asked.failure.reason);
  const { search, count } = asked.value;
  const bundle = await server.withSource(
    (source) => source.search({ patient, search, count }),
    async (result) => createSearchBundle({ search: asked.value, result, base: server.base, at: server.clock() }),
  );
  if (checkOutgoingBundle(bundle, search, patient) !== undefined) throw new Error('the store found what was not asked');
  JSON.stringify(bundle);
}

/** The custodian's FHIR endpoint, without its door. */
function inProcessServer(database: Database, { id, did }: StagedRecord['organisation'], log?: FhirStores['audit']): FhirServer {
  const clock = () => new Date();
  const storesOver = (tx: Transaction): FhirStores => ({
    findToken: (hash, at) => new AccessTokenTable(tx).findStandingToken(hash, at),
    spendToken: (hash) => new AccessTokenTable(tx).spendToken(hash),
    isInCare: (patient) => new PatientSearchTable(tx, new Uint8Array(32)).isInCare(patient),
    replays: new DpopReplayTable(tx),
    homeAccess: { readHomeAccess: async () => undefined },
    enrichments: new EnrichmentTable(tx),
    decisions: new DecisionTable(tx),
    audit: log ?? new AuditLogTable(tx),
    findGiven: (about) => new GivenResourcesTable(tx).findGiven(about),
  });
  const sourceOver = (tx: Transaction): FhirSource => new FhirResourceTable(tx, { clock, newId: randomUUID });
  return {
    organisation: { did, displayName: 'Bench' },
    base: BASE,
    softwareVersion: '0',
    lists: validLists,
    maxAuthorizationSeconds: 86_400,
    dpop: { nonces: createDpopNonces({ key: new Uint8Array(32), clock }), nonceNeeded: false },
    anonymous: createAnonymousRefusals(),
    cursors: createSearchCursors(new Uint8Array(32), randomBytes),
    clock,
    randomUuid: randomUUID,
    transaction: (work) => database.withOrganisation(id, (tx) => work(storesOver(tx))),
    withSource: (ask, settle) => database.withOrganisation(id, async (tx) => settle(await ask(sourceOver(tx)), storesOver(tx))),
  };
}

async function copyToken(database: Database, organisation: OrganisationId): Promise<{ readonly text: string; readonly thumbprint: string; readonly patient: PatientId }> {
  return database.withOrganisation(organisation, async (tx) => {
    const [newest] = await tx.query<{ hash: string }>(
      `SELECT hash FROM access_token WHERE organisation_id = $1 AND certificate_thumbprint IS NOT NULL AND handle IS NOT NULL ORDER BY issued_at DESC LIMIT 1`,
      [organisation],
    );
    const tokens = new AccessTokenTable(tx);
    const token = newest && (await tokens.findToken(newest.hash));
    if (token?.certificateThumbprint === undefined || token.facts.kind !== 'patient-access') throw new Error('there is no token to copy');
    const text = randomBytes(32).toString('base64url');
    await tokens.saveToken({ ...token, hash: hashToken(text), expiresAt: new Date(Date.now() + 3_600_000) });
    return { text, thumbprint: token.certificateThumbprint, patient: token.facts.patient };
  });
}
