import { dossierQueries, type DossierQuery, resourceOf } from '@anw/fhir';
import type { TestPartner } from '@anw/testing';
import { randomUUID } from 'node:crypto';
import type { FhirRequestKind } from './load-messages.js';
import { connectTo, type PartnerRequest } from './partner-connection.js';
import type { SendOne } from './run-load.js';
import type { BenchToken } from './token-requests.js';

/** As many searches of a dossier as an actor has under way at once. */
const AT_ONCE = 6;

/** A token is renewed this long before its end, so that none ends under way. */
const MARGIN_MILLISECONDS = 30_000;

export interface FhirRequestsFrom {
  /** Base URL of the custodian's FHIR face. */
  readonly fhir: string;
  readonly obtain: () => Promise<BenchToken>;
}

/** Reads and writes a record as an actor's software does, with the token bound to the certificate of the connection. */
export function createFhirRequests(actor: TestPartner, trust: string, { fhir, obtain }: FhirRequestsFrom): Readonly<Record<FhirRequestKind, SendOne>> {
  const base = new URL(fhir);
  const partner = connectTo(base, actor, trust);
  let held: Promise<BenchToken> | undefined;

  async function token(): Promise<BenchToken> {
    held ??= obtain();
    const { expiresAt } = await held;
    if (expiresAt - Date.now() < MARGIN_MILLISECONDS) held = obtain();
    return held;
  }

  async function ask({ accessToken }: BenchToken, { headers, path, ...request }: PartnerRequest, expected: number): Promise<void> {
    await partner.ask({ ...request, path: `${base.pathname}${path}`, headers: { authorization: `Bearer ${accessToken}`, ...headers } }, expected);
  }

  return {
    dossier: async () => {
      const held = await token();
      await inParallel(dossierQueries(held.patient), (query) => ask(held, { method: 'GET', path: pathOf(query), headers: {} }, 200));
    },
    search: async () => {
      const held = await token();
      const query = dossierQueries(held.patient).find(({ name }) => name === 'blood-pressure');
      if (query === undefined) throw new Error('the dossier has no blood pressures');
      await ask(held, { method: 'GET', path: pathOf(query), headers: {} }, 200);
    },
    write: async () => {
      const held = await token();
      const body = JSON.stringify(resourceOf({ kind: 'blood-pressure', input: { systolic: 131, diastolic: 78, measuredAt: new Date().toISOString() } }, { id: randomUUID(), patient: held.patient }));
      await ask(held, { method: 'POST', path: '/Observation', headers: { 'content-type': 'application/fhir+json' }, body }, 201);
    },
    capabilities: async () => void (await partner.ask({ method: 'GET', path: `${base.pathname}/metadata`, headers: {} }, 200)),
  };
}

function pathOf({ type, parameters }: DossierQuery): string {
  return `/${type}?${parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

async function inParallel(queries: readonly DossierQuery[], ask: (query: DossierQuery) => Promise<void>): Promise<void> {
  const waiting = [...queries];
  const worker = async (): Promise<void> => {
    for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) await ask(query);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
