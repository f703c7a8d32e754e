import { type AllowedSearch, allowedSearches, resourceOf, writtenValue } from '@anw/fhir';
import type { Region } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { type SourceResource, type SourceServer, startSourceServer } from '@anw/testing';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { askFhir, type FhirAnswer } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { queryDatabase } from './support/query-database.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

const bearer = 'own-token-of-the-ecd';

let source: SourceServer;
let region: Region;
let network: PartnerNetwork;
let strangers: Strangers;
let token: string;
let operator: string;
let organisationId: string;

beforeAll(async () => {
  source = await startSourceServer({ bearer, pageSize: 7 });
  region = await startTemporaryRegion({ bus: 'none', sourceOrigins: [new URL(source.base).origin] });
  network = await openPartnerNetwork(region);
  strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
  token = await obtainToken(strangers);
  operator = `${region.service('custodian').urls.operator}/operator/organisations/${strangers.custodian.name}`;
  organisationId = strangers.custodian.did.split(':').at(-1)!;
  // The whole record of the organisation, of every patient: what filtering is put to the test by.
  const rows = await queryDatabase<{ body: SourceResource }>(region, 'custodian', 'SELECT body FROM fhir_resource WHERE organisation_id = $1 ORDER BY md5(id)', [organisationId]);
  source.put(...rows.map(({ body }) => body));
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
  await source?.close();
});

const json = { 'content-type': 'application/json' };
const settings = (change: object = {}) => ({ base: source.base, credential: { kind: 'bearer', token: bearer }, ...change });

async function operate(method: string, path: string, body?: object | string, headers: Readonly<Record<string, string>> = json): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${operator}${path}`, { method, ...(body !== undefined && { headers, body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

/** Another source while this runs; our own store from then on. */
async function withSource<T>(work: () => Promise<T>, change: object = {}): Promise<T> {
  const { status, body } = await operate('PUT', '/source', settings(change));
  if (status !== 200) throw new Error(`PUT source: ${status} ${JSON.stringify(body)}`);
  try {
    return await work();
  } finally {
    source.misbehave(undefined);
    await operate('DELETE', '/source');
  }
}

/** As a stranger writes it from the specification. */
function pathOf({ type, patientParameter, discriminator, includes, sortable }: AllowedSearch, count?: number): string {
  const pairs = [
    [patientParameter, strangers.custodian.patient],
    ...(discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)]]),
    ...includes.map(({ parameter, value }) => [parameter, value]),
    ...(sortable ? [['_sort', '-date']] : []),
    ...(count === undefined ? [] : [['_count', String(count)]]),
  ];
  return `${type}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join('&')}`;
}

/** What an answer says, but for versions and times, which each source counts by itself. */
function contentOf({ status, body }: FhirAnswer): unknown {
  const entries = (body['entry'] ?? []) as { search: object; fullUrl: string; resource: { meta: Record<string, unknown> } }[];
  return { status, total: body['total'], entries: entries.map(({ search, fullUrl, resource }) => ({ search, fullUrl, resource: { ...resource, meta: { ...resource.meta, versionId: '', lastUpdated: '' } } })) };
}

const ask = (path: string) => askFhir(strangers, token, path);
const answersOf = async () => Object.fromEntries(await Promise.all(allowedSearches.map(async (search) => [search.name, contentOf(await ask(pathOf(search)))] as const)));
const searchNamed = (name: string) => allowedSearches.find((search) => search.name === name)!;
const troubles = async (reason: string) => valueOf(await readMetrics(`${region.service('custodian').urls.operator}/metrics`), 'anw_source_troubles_total', { reason }) ?? 0;

describe('record in a FHIR server of the organisation itself (design D14)', () => {
  it('answers every search of the policy as our own store does', async () => {
    const own = await answersOf();
    const elsewhere = await withSource(async () => {
      const before = source.asked.length;
      const answers = await answersOf();
      expect(source.asked.length - before).toBeGreaterThanOrEqual(allowedSearches.length);
      return answers;
    });
    expect(elsewhere).toEqual(own);
    expect(Object.values(own).every((answer) => (answer as { status: number }).status === 200)).toBe(true);
    const found = Object.values(own).reduce<number>((sum, answer) => sum + Number((answer as { total?: number }).total), 0);
    expect(found).toBeGreaterThan(20);
    recordFigure('issue 4: 6', 'searches answered alike by our own store and by an organisation’s own server', allowedSearches.length);
    recordFigure('issue 4: 6', 'resources found by them', found);
  });

  it('pages by our own cursors, every resource once', async () => {
    const whole = await ask(pathOf(searchNamed('blood-pressure')));
    await withSource(async () => {
      const ids: string[] = [];
      for (let path: string | undefined = pathOf(searchNamed('blood-pressure'), 1); path !== undefined; ) {
        const { body } = await ask(path);
        ids.push(...(body['entry'] as { resource: { id: string } }[]).map(({ resource }) => resource.id));
        const next = (body['link'] as { relation: string; url: string }[]).find(({ relation }) => relation === 'next')?.url;
        expect(next ?? '').not.toContain(new URL(source.base).host);
        path = next?.split(`/${strangers.custodian.name}/`)[1];
      }
      expect(ids).toEqual((whole.body['entry'] as { resource: { id: string } }[]).map(({ resource }) => resource.id));
    });
  });

  it('never gives what that server adds of others; the operator sees that it tried', async () => {
    const [other] = source.held('Observation').filter(({ subject }) => (subject as { reference: string }).reference !== `Patient/${strangers.custodian.patient}`);
    const before = await troubles('another-patient');
    await withSource(async () => {
      source.misbehave((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: other }] }));
        return true;
      });
      const { status, body } = await ask(pathOf(searchNamed('blood-pressure')));
      expect([status, body['total'], body['entry']]).toEqual([200, 0, []]);
    });
    expect(await troubles('another-patient')).toBe(before + 1);
    expect(await region.logs('custodian')).toMatch(/"reason":"another-patient".*a source system gave what does not belong in its answer/);
  });

  it('that does not answer is told as such, recorded, and there again when it is back', async () => {
    await withSource(async () => {
      source.misbehave((request) => (request.socket.destroy(), true));
      const { status, body } = await ask(pathOf(searchNamed('blood-pressure')));
      expect([status, body['issue']]).toEqual([503, [expect.objectContaining({ code: 'transient' })]]);
      expect(await strangers.custodian.operator.logRows(String(body['id']))).toEqual([expect.objectContaining({ name: 'fhir.refused', outcome: 'major-failure', reason: 'source-unreachable' })]);
      source.misbehave(undefined);
      expect((await ask(pathOf(searchNamed('blood-pressure')))).status).toBe(200);
    });
  });

  it('holds no database connection of ours while it takes its time', async () => {
    await withSource(async () => {
      source.misbehave(async () => {
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        return false;
      });
      const slow = Promise.all(Array.from({ length: 24 }, () => ask(`Patient/${strangers.custodian.patient}`)));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const [{ held }] = (await queryDatabase<{ held: string }>(region, 'custodian', `SELECT count(*) AS held FROM pg_stat_activity WHERE application_name = 'custodian' AND state LIKE 'idle in transaction%' AND now() - xact_start > interval '500 ms'`)) as [{ held: string }];
      expect(held).toBe('0');
      expect((await slow).map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
    });
  });
});

describe('write into a FHIR server of the organisation itself (design D18)', () => {
  const report = (id: string, text: string) => resourceOf({ kind: 'nursing-report', input: { text, writtenAt: new Date().toISOString() } }, { id, patient: strangers.custodian.patient });

  async function post(resource: object): Promise<{ status: number; location: string; body: Record<string, unknown> }> {
    const response = await strangers.fetch(`${strangers.custodian.door}/fhir/${strangers.custodian.name}/Observation`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });
    return { status: response.status, location: response.headers.get('location') ?? '', body: (await response.json()) as Record<string, unknown> };
  }
  const heldWith = (text: string) => source.held('Observation').filter(({ valueString }) => valueString === text);

  it('happens once, is in the log, and the day team reads it', async () => {
    const [id, text] = [randomUUID(), `Bij de bron zelf ${randomUUID()}`];
    await withSource(async () => {
      const resource = report(id, text);
      const first = await post(resource);
      expect([first.status, (await post(resource)).status, (await post({ ...resource, valueString: 'anders' })).status]).toEqual([201, 200, 409]);
      expect(heldWith(text)).toMatchObject([{ meta: { versionId: '1' } }]);
      const path = first.location.split(`/${strangers.custodian.name}/`)[1]!.replace(/\/_history.*$/, '');
      expect(await ask(path)).toMatchObject({ status: 200, body: { valueString: text } });
    });
    const rows = await queryDatabase(region, 'custodian', `SELECT body->>'valueString' AS text FROM fhir_resource WHERE organisation_id = $1 AND written_by = $2 AND body->>'valueString' = $3`, [organisationId, strangers.actor.did, text]);
    expect(rows).toHaveLength(1);
  });

  it('happens once after any number of attempts of which nobody knows how they ended', async () => {
    const [id, text] = [randomUUID(), `Vaak geprobeerd ${randomUUID()}`];
    const resource = report(id, text);
    await withSource(async () => {
      let attempt = 0;
      source.misbehave((request, response) => {
        attempt += 1;
        if (attempt % 2 === 1) response.end = (() => request.socket.destroy()) as never;
        return false;
      });
      const statuses: number[] = [];
      for (let count = 0; count < 6 && !statuses.includes(201); count += 1) statuses.push((await post(resource)).status);
      expect(statuses.at(-1)).toBe(201);
      expect(statuses.length).toBeGreaterThan(1);
      expect((await post(resource)).status).toBe(200);
    });
    expect(heldWith(text)).toHaveLength(1);
  });
});

describe('setting where the record lies', () => {
  it.each<[string, () => object, RegExp]>([
    ['cannot be reached', () => settings({ base: 'https://ecd.invalid/fhir' }), /unreachable/],
    ['lies at an internal address that the deployment does not name', () => settings({ base: 'http://127.0.0.1:9/fhir' }), /forbidden-address/],
    ['lies at the cloud’s own address', () => settings({ base: 'https://169.254.169.254/fhir' }), /forbidden-address/],
    ['is no FHIR server', () => settings({ base: new URL(source.base).origin }), /not-found|CapabilityStatement/],
  ])('to a server that %s changes nothing, and says why', async (_, to, detail) => {
    const { status, body } = await operate('PUT', '/source', to());
    expect([status, body['detail']]).toEqual([422, expect.stringMatching(detail)]);
    expect((await operate('GET', '/source')).body).toEqual({ kind: 'own-store' });
  });

  it('to a server that refuses the credential, or speaks another release, changes nothing', async () => {
    expect(await operate('PUT', '/source', settings({ credential: { kind: 'bearer', token: 'another' } }))).toMatchObject({ status: 422, body: { detail: expect.stringContaining('credential-refused') } });
    const old = await startSourceServer({ fhirVersion: '3.0.2' });
    try {
      const { status } = await operate('PUT', '/source', { base: old.base });
      // Another origin than the deployment names: it is not even asked.
      expect([status, old.asked]).toEqual([422, []]);
    } finally {
      await old.close();
    }
  });

  it('shows no secret, keeps none in clear, and says in the log who set it', async () => {
    await withSource(async () => {
      const { body } = await operate('GET', '/source');
      expect(body).toMatchObject({ kind: 'fhir-server', base: source.base, credential: { kind: 'bearer' }, create: { Observation: 'update-as-create' } });
      expect((await operate('POST', '/source/check')).status).toBe(200);
      const [row] = await queryDatabase<{ sealed: Buffer }>(region, 'custodian', 'SELECT sealed FROM fhir_source WHERE organisation_id = $1', [organisationId]);
      for (const text of [JSON.stringify(body), row!.sealed.toString('latin1'), await region.logs('custodian')]) expect(text).not.toContain(bearer);
    });
    const { body } = await operate('GET', '/audit-events?name=settings.changed');
    expect(JSON.stringify(body)).toContain(`source: ${source.base}`);
    expect(await readFile(region.filePath, 'utf8')).not.toContain(bearer);
    expect(await operate('POST', '/source/check')).toMatchObject({ status: 404 });
  });
});

describe('dossiers loaded line by line', () => {
  const ndjson = { 'content-type': 'application/fhir+ndjson' };
  const patient = (id: string) => ({ resourceType: 'Patient', id, active: true, name: [{ family: 'Regel' }], birthDate: '1940-02-03' });
  const weight = (id: string, of: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${of}` }, effectiveDateTime: '2026-06-01T10:00:00Z', ...more });
  const lines = (...resources: readonly (object | string)[]) => resources.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');
  const versionsOf = async (id: string) => (await queryDatabase<{ version: number }>(region, 'custodian', 'SELECT version FROM fhir_resource WHERE organisation_id = $1 AND id = $2', [organisationId, id])).map(({ version }) => version);

  it('load what is good and tell what is not, by line', async () => {
    const [one, two] = [`l-${randomUUID()}`, `l-${randomUUID()}`];
    const { status, body } = await operate('POST', '/resources/lines', lines(patient(one), weight(`${one}-w`, one), '{"resourceType":', patient(two), weight(`${two}-w`, two, { subject: undefined })), ndjson);
    expect([status, body]).toEqual([200, { lines: 5, loaded: 3, refused: 2, moreRemarks: 0, remarks: [expect.objectContaining({ line: 3, code: 'not-json' }), expect.objectContaining({ line: 5, reference: `Observation/${two}-w`, code: 'no-patient' })] }]);
    expect(await versionsOf(`${one}-w`)).toEqual([1]);
  });

  it('load all or nothing when that is asked', async () => {
    const id = `l-${randomUUID()}`;
    expect((await operate('POST', '/resources/lines?mode=all', lines(patient(id), 'nothing'), ndjson)).body).toMatchObject({ lines: 2, loaded: 0, refused: 1 });
    expect(await versionsOf(id)).toEqual([]);
    expect((await operate('POST', '/resources/lines?mode=all', lines(patient(id)), ndjson)).body).toMatchObject({ loaded: 1, refused: 0 });
    expect(await versionsOf(id)).toEqual([1]);
  });

  it('keep the version of what says the same, and count it on for what says something else', async () => {
    const id = `l-${randomUUID()}`;
    for (const more of [{}, {}, { status: 'amended' }]) await operate('POST', '/resources/lines', lines(weight(id, 'somebody', more)), ndjson);
    expect(await versionsOf(id)).toEqual([2]);
  });

  it('come by the ten thousand, streamed', async () => {
    const of = `l-${randomUUID()}`;
    const began = Date.now();
    const { body } = await operate('POST', '/resources/lines', lines(...Array.from({ length: 10_000 }, (_, index) => weight(`${of}-${index}`, of))), ndjson);
    expect(body).toEqual({ lines: 10_000, loaded: 10_000, refused: 0, remarks: [], moreRemarks: 0 });
    recordFigure('issue 4: 6', 'lines loaded per second, streamed', Math.round(10_000_000 / (Date.now() - began)), 'lines/s');
  });

  it.each([
    ['JSON', '/resources/lines', json, 415],
    ['a mode that is none', '/resources/lines?mode=some', ndjson, 400],
    ['lines at a route for a Bundle', '/resources', ndjson, 415],
    ['lines at a route for settings', '/settings', ndjson, 415],
  ])('are refused as %s', async (_, path, headers, expected) => {
    const { status } = await operate(path === '/settings' ? 'PUT' : 'POST', path, lines(patient('x')), headers);
    expect(status).toBe(expected);
  });

  it('of an organisation with a server of its own are its patients only', async () => {
    const id = `l-${randomUUID()}`;
    await withSource(async () => {
      const { body } = await operate('POST', '/resources/lines', lines(patient(id), weight(`${id}-w`, id)), ndjson);
      expect(body).toMatchObject({ loaded: 1, refused: 1, remarks: [{ line: 2, code: 'kept-elsewhere' }] });
    });
  });
});
