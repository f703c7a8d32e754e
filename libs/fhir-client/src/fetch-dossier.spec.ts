import { type DossierPart, dossierQueries, type DossierQuery, type FhirResource } from '@anw/fhir';
import { OutboundError } from '@anw/outbound';
import { PatientId } from '@anw/values';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DossierFetch, fetchDossier } from './fetch-dossier.js';
import type { FhirClient } from './fhir-client.js';
import { FhirClientError, type FhirClientFailure } from './fhir-client-error.js';

const now = new Date('2026-06-13T21:05:00Z');
const queries = dossierQueries(PatientId.parse('p1'));
const nothing = { total: 0, matches: [], included: [] };

function queryOf(name: DossierQuery['name']): DossierQuery {
  return queries.find((query) => query.name === name)!;
}

function nobodyReads(): Promise<FhirResource> {
  return Promise.reject(new FhirClientError('not-found'));
}

function fetch(client: Partial<DossierFetch['client']>, options: Partial<DossierFetch> = {}): Promise<readonly DossierPart[]> {
  return fetchDossier({ client: { search: async () => nothing, read: nobodyReads, ...client }, queries, concurrency: 6, partMilliseconds: 5_000, clock: () => now, ...options });
}

/** Waits as a custodian that never answers, until it is broken off. */
function never(options?: { readonly signal?: AbortSignal }): Promise<never> {
  return new Promise((_resolve, reject) => options?.signal?.addEventListener('abort', () => reject(new FhirClientError('unavailable', {}, { cause: options.signal?.reason }))));
}

function give(...matches: FhirResource[]): FhirClient['search'] {
  return async () => ({ total: matches.length, matches, included: [] });
}

const soapLine: FhirResource = { resourceType: 'Observation', id: 'l1', status: 'final', valueString: 'Sinds drie dagen kortademig.' };
const composition: FhirResource = { resourceType: 'Composition', id: 'c1', author: [{ display: 'M. Okafor' }], section: [{ entry: [{ reference: 'Observation/l1' }, { reference: 'Observation/l2' }] }] };
const role: FhirResource = { resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: 'Practitioner/p1' } };
const practitioner: FhirResource = { resourceType: 'Practitioner', id: 'p1', name: [{ text: 'M. Okafor' }] };
const signedByRole: FhirResource = { resourceType: 'Observation', id: 'o1', performer: [{ reference: 'PractitionerRole/r1' }] };

describe('dossier', () => {
  it('is fetched in parallel, at most so many requests at once, and comes in the order asked', async () => {
    let running = 0;
    let most = 0;
    const search: FhirClient['search'] = async ({ type }) => {
      most = Math.max(most, (running += 1));
      await sleep(type === 'Patient' ? 30 : 2);
      running -= 1;
      return nothing;
    };
    expect((await fetch({ search }, { concurrency: 3 })).map(({ name }) => name)).toEqual(queries.map(({ name }) => name));
    expect(most).toBe(3);
  });

  it('tells each part as it comes, with the moment at which it did', async () => {
    const heard: DossierPart[] = [];
    let comeLast = (): void => undefined;
    const othersCame = new Promise<void>((resolve) => (comeLast = resolve));
    const search: FhirClient['search'] = async ({ type }) => (type === 'Patient' ? othersCame.then(() => nothing) : nothing);
    const onPart = (part: DossierPart): void => {
      if (heard.push(part) === queries.length - 1) comeLast();
    };
    const parts = await fetch({ search }, { onPart });
    expect(heard.at(-1)).toMatchObject({ name: 'patient', state: 'fetched', fetchedAt: now });
    expect(new Set(heard)).toEqual(new Set(parts));
  });

  it('says of a part that takes too long that it does, and hides no other', async () => {
    const search: FhirClient['search'] = ({ type }, options) => (type === 'Flag' ? never(options) : Promise.resolve(nothing));
    const parts = await fetch({ search }, { partMilliseconds: 50 });
    const failed = parts.filter(({ state }) => state === 'failed');
    expect(failed).toEqual([{ name: 'alert', state: 'failed', reason: 'too-slow' }, { name: 'medication-contra-indication', state: 'failed', reason: 'too-slow' }]);
    expect(parts).toHaveLength(queries.length);
  });

  it('says the same of a part for which the way to the custodian has less patience', async () => {
    const timeout = new FhirClientError('unavailable', {}, { cause: new OutboundError('timeout', 'bron.example') });
    const parts = await fetch({ search: ({ type }) => (type === 'Flag' ? Promise.reject(timeout) : Promise.resolve(nothing)) });
    expect(parts.find(({ name }) => name === 'alert')).toEqual({ name: 'alert', state: 'failed', reason: 'too-slow' });
  });

  it.each<[FhirClientFailure, string]>([
    ['not-authenticated', 'expired'],
    ['no-access', 'no-access'],
    ['not-found', 'no-access'],
    ['unavailable', 'unavailable'],
    ['refused', 'unreadable'],
    ['unreadable', 'unreadable'],
  ])('says of a part that failed as %s that it is %s', async (code, reason) => {
    const search = () => Promise.reject(new FhirClientError(code));
    expect(await fetch({ search }, { queries: [queryOf('nursing-report')] })).toEqual([{ name: 'nursing-report', state: 'failed', reason }]);
  });

  it('stops when nobody waits any more: what is under way is broken off, the rest is not asked', async () => {
    const gone = new AbortController();
    let asked = 0;
    const search: FhirClient['search'] = (_query, options) => ((asked += 1), never(options));
    const fetching = fetch({ search }, { signal: gone.signal, concurrency: 4 });
    gone.abort();
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('is no dossier when something else is broken', async () => {
    await expect(fetch({ search: () => Promise.reject(new TypeError('broken')) })).rejects.toThrow('broken');
  });

  it('is nothing when nothing is asked', async () => expect(await fetch({}, { queries: [] })).toEqual([]));
});

describe('what a line needs and no search gives', () => {
  it('is read by its id: the lines of a SOAP report; one that cannot be read is absent (§3.2)', async () => {
    const read: FhirClient['read'] = async (_type, id) => (id === 'l1' ? soapLine : nobodyReads());
    const [part] = await fetch({ search: give(composition), read }, { queries: [queryOf('soap-report')] });
    expect(part).toMatchObject({ state: 'fetched', resources: [composition], included: [soapLine] });
  });

  it('is who signed, through the role to the person, where the reference has no words for it', async () => {
    const read: FhirClient['read'] = async (type) => (type === 'PractitionerRole' ? role : practitioner);
    const [part] = await fetch({ search: give(signedByRole), read }, { queries: [queryOf('nursing-report')] });
    expect(part).toMatchObject({ included: [role, practitioner] });
  });

  it('is not read where the reference names somebody, or leads elsewhere', async () => {
    const asked: string[] = [];
    const read: FhirClient['read'] = (type, id) => (asked.push(`${type}/${id}`), nobodyReads());
    const performer = [{ reference: 'Practitioner/p1', display: 'M. Okafor' }, { reference: 'https://elsewhere.example/Practitioner/p1' }, { reference: 'Patient/p1' }, { reference: '../Practitioner/p1' }];
    await fetch({ search: give({ ...signedByRole, performer }), read }, { queries: [queryOf('nursing-report')] });
    expect(asked).toEqual([]);
  });

  it('is read once, however many lines need it', async () => {
    const asked: string[] = [];
    const read: FhirClient['read'] = async (type, id) => (asked.push(`${type}/${id}`), type === 'PractitionerRole' ? role : practitioner);
    await fetch({ search: give(signedByRole, { ...signedByRole, id: 'o2' }), read });
    expect(asked.sort()).toEqual(['Practitioner/p1', 'PractitionerRole/r1']);
  });

  it('follows no chain without end', async () => {
    let asked = 0;
    const read: FhirClient['read'] = async (_type, id) => ((asked += 1), { resourceType: 'PractitionerRole', id, practitioner: { reference: `PractitionerRole/${id}x` } });
    await fetch({ search: give(signedByRole), read }, { queries: [queryOf('nursing-report')] });
    expect(asked).toBe(2);
  });
});
