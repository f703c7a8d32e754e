import { type AllowedSearch, allowedSearches, type CreateManner, type FhirSource, type ResourceDraft, type WriteLedger } from '@anw/fhir';
import { createOutbound, type Outbound } from '@anw/outbound';
import { type SourceResource, type SourceServer, type SourceServerOptions, startSourceServer } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SourceSystem, type SourceTrouble } from './source-system.js';

const now = new Date('2026-06-13T21:10:00Z');
const jo = PatientId.parse('jo');
const piet = PatientId.parse('piet');

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const searchNamed = (name: string): AllowedSearch => allowedSearches.find((search) => search.name === name)!;
const bloodPressures = searchNamed('blood-pressure');
const patients = searchNamed('patient');
const medicationUse = searchNamed('medication-use');

function measured(id: string, patient: string, at: string, code = '85354-9'): SourceResource {
  return { resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code }] }, subject: { reference: `Patient/${patient}` }, effectiveDateTime: at };
}

const practice: readonly SourceResource[] = [
  { resourceType: 'Patient', id: 'jo', name: [{ family: 'De Boer' }], generalPractitioner: [{ reference: 'PractitionerRole/gp' }] },
  { resourceType: 'Patient', id: 'piet', name: [{ family: 'Jansen' }] },
  { resourceType: 'PractitionerRole', id: 'gp', organization: { reference: 'Organization/practice' } },
  { resourceType: 'Organization', id: 'practice', name: 'Praktijk' },
];

/** Decides in memory as the table does. */
class InMemoryLedger implements WriteLedger {
  readonly rows = new Map<string, { id: string; fingerprint: string; until: Date; stored?: Parameters<WriteLedger['settle']>[1]; authorization: string }>();
  private key = ({ identifier, fingerprint }: ResourceDraft) => identifier?.value ?? fingerprint;
  claim: WriteLedger['claim'] = async (draft, until) => {
    const row = this.rows.get(this.key(draft));
    if (row === undefined) {
      const id = randomUUID();
      this.rows.set(this.key(draft), { id, fingerprint: draft.fingerprint, until, authorization: draft.origin.authorization });
      return { claim: 'granted', id, again: false };
    }
    if (row.fingerprint !== draft.fingerprint) return { claim: 'duplicate' };
    if (row.stored !== undefined) return { claim: 'written', stored: row.stored };
    if (row.until > now) return { claim: 'under-way' };
    row.until = until;
    return { claim: 'granted', id: row.id, again: true };
  };
  findSettled: WriteLedger['findSettled'] = async (draft) => {
    const row = this.rows.get(this.key(draft));
    return row?.fingerprint === draft.fingerprint ? row.stored : undefined;
  };
  settle: WriteLedger['settle'] = async (draft, stored) => void Object.assign(this.rows.get(this.key(draft))!, { stored });
  yieldClaim: WriteLedger['yieldClaim'] = async (draft) => void Object.assign(this.rows.get(this.key(draft))!, { until: now });
  release: WriteLedger['release'] = async (draft) => void this.rows.delete(this.key(draft));
  isWritten: WriteLedger['isWritten'] = async ({ id, authorization }) => [...this.rows.values()].some((row) => row.stored?.resource.id === id && row.authorization === authorization);
}

interface Situation {
  readonly server: SourceServer;
  readonly source: FhirSource;
  readonly troubles: SourceTrouble[];
  readonly ledger: InMemoryLedger;
}

async function situation(options: SourceServerOptions = {}, { create = 'update-as-create', timeoutMilliseconds = 10_000 }: { create?: CreateManner; timeoutMilliseconds?: number } = {}): Promise<Situation> {
  const server = await startSourceServer({ bearer: 'own-token', resources: practice, ...options });
  const outbound: Outbound = createOutbound({ allowedInternalHosts: ['127.0.0.1'], requireTls: false, timeoutMilliseconds, maxResponseBytes: 2_000_000 });
  open.push(
    () => server.close(),
    () => outbound.close(),
  );
  const troubles: SourceTrouble[] = [];
  const ledger = new InMemoryLedger();
  const source = new SourceSystem({
    connection: { base: server.base, fetch: outbound.fetch, authorization: 'Bearer own-token' },
    timeoutMilliseconds,
    limits: { maxPages: 6, maxResources: 200, maxBytes: 1_000_000 },
    create: { Observation: create },
    writes: ledger,
    clock: () => now,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { server, source, troubles, ledger };
}

const idsOf = async (found: ReturnType<FhirSource['search']>) => (await found).matches.map(({ resource }) => resource.id);
const find = (source: FhirSource, search = bloodPressures, count = 100) => source.search({ search, patient: jo, count });

describe('record in a FHIR server of the organisation itself (design D14)', () => {
  it('is asked for the patient and the code, on all its pages, with the credential of the organisation', async () => {
    const { server, source, troubles } = await situation({ pageSize: 2 });
    server.put(...['01', '03', '02', '05', '04'].map((day) => measured(`d${day}`, 'jo', `2026-06-${day}T10:00:00Z`)), measured('other', 'jo', '2026-06-06T10:00:00Z', '29463-7'), measured('piet', 'piet', '2026-06-06T10:00:00Z'));
    expect(await idsOf(find(source))).toEqual(['d05', 'd04', 'd03', 'd02', 'd01']);
    expect(server.asked[0]).toBe('GET /fhir/Observation?patient=jo&code=http%3A%2F%2Floinc.org%7C85354-9&_count=100');
    expect(server.asked).toHaveLength(3);
    expect(troubles).toEqual([]);
  });

  it('is sorted and paged here: newest first, each once, whatever the order it came in', async () => {
    const { server, source } = await situation({ pageSize: 3 });
    server.put(...Array.from({ length: 7 }, (_, index) => measured(`m${(index * 5) % 7}`, 'jo', `2026-06-0${1 + ((index * 5) % 7)}T10:00:00Z`)), { ...measured('undated', 'jo', ''), effectiveDateTime: undefined });
    const pages: string[][] = [];
    for (let after: Awaited<ReturnType<FhirSource['search']>>['next'], more = true; more; ) {
      const page = await source.search({ search: bloodPressures, patient: jo, count: 3, ...(after && { after }) });
      pages.push(page.matches.map(({ resource }) => resource.id));
      expect(page.total).toBe(8);
      after = page.next;
      more = after !== undefined;
    }
    expect(pages).toEqual([['m6', 'm5', 'm4'], ['m3', 'm2', 'm1'], ['m0', 'undated']]);
  });

  it('gives the includes of the policy, which are asked by their ids', async () => {
    const { server, source } = await situation();
    const { matches, included } = await find(source, patients);
    expect(matches.map(({ resource }) => resource.id)).toEqual(['jo']);
    expect(included.map(({ resource }) => `${resource.resourceType}/${resource.id}`)).toEqual(['PractitionerRole/gp', 'Organization/practice']);
    expect(server.asked).toEqual(['GET /fhir/Patient/jo', 'GET /fhir/PractitionerRole?_id=gp&_count=1', 'GET /fhir/Organization?_id=practice&_count=1']);
  });

  it('may refer by absolute URLs to itself, which count as relative ones', async () => {
    const { server, source } = await situation();
    const medication = { resourceType: 'Medication', id: 'm1', code: { text: 'paracetamol' } };
    const category = { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.20.77.5.3', code: '6' }] };
    const [token] = medicationUse.discriminator!.tokens;
    const [system, code] = token!.split('|');
    server.put(medication, { resourceType: 'MedicationStatement', id: 'use', subject: { reference: `${server.base}/Patient/jo` }, category: { coding: [...category.coding, { system, code }] }, medicationReference: { reference: `${server.base}/Medication/m1` } });
    const { matches, included } = await find(source, medicationUse);
    expect(matches[0]?.resource).toMatchObject({ subject: { reference: 'Patient/jo' } });
    expect(included.map(({ resource }) => resource.id)).toEqual(['m1']);
  });

  it('keeps its own version and time of a resource', async () => {
    const { server, source } = await situation();
    server.put(measured('m', 'jo', '2026-06-01T10:00:00Z'), { ...measured('m', 'jo', '2026-06-01T10:00:00Z') });
    const [found] = (await find(source)).matches;
    expect(found?.version).toBe('2');
    expect(found?.lastUpdated.getTime()).toBeGreaterThan(now.getTime());
  });

  it('does not know the custom category of a Flag: the choice among all of them is made here', async () => {
    const { server, source } = await situation();
    const flag = (id: string, code: string) => ({ resourceType: 'Flag', id, status: 'active', subject: { reference: 'Patient/jo' }, category: [{ coding: [{ system: code.split('|')[0], code: code.split('|')[1] }] }] });
    const [alerts, contraIndications] = ['alert', 'medication-contra-indication'].map(searchNamed);
    server.put(flag('alert', alerts!.discriminator!.tokens[0]!), flag('contra', contraIndications!.discriminator!.tokens[0]!));
    expect(await idsOf(find(source, alerts))).toEqual(['alert']);
    expect(server.asked).toEqual(['GET /fhir/Flag?patient=jo&_count=100']);
  });

  it('that has no such patient gives nothing', async () => {
    const { source } = await situation();
    expect(await source.readPatient(PatientId.parse('nobody'))).toBeUndefined();
    expect(await source.readPatient(piet)).toMatchObject({ resource: { id: 'piet' } });
  });
});

const answerWith = (status: number, body: object | string, headers: Record<string, string> = { 'content-type': 'application/fhir+json' }) => (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  return true;
};
const bundleOf = (...resources: readonly unknown[]) => ({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) });
const good = measured('good', 'jo', '2026-06-01T10:00:00Z');

describe('source system that gives what was not asked', () => {
  it.each<[string, unknown, string]>([
    ['of another patient', measured('stranger', 'piet', '2026-06-02T10:00:00Z'), 'another-patient'],
    ['of a patient with a longer id', measured('stranger', 'jo/../piet', '2026-06-02T10:00:00Z'), 'another-patient'],
    ['of nobody', { ...good, id: 'nobody', subject: undefined }, 'another-patient'],
    ['of this patient at another server', { ...good, id: 'elsewhere', subject: { reference: 'https://elsewhere.example/fhir/Patient/jo' } }, 'another-patient'],
    ['with another code', measured('weight', 'jo', '2026-06-02T10:00:00Z', '29463-7'), 'outside-search'],
    ['of another type', { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/jo' } }, 'another-type'],
    ['twice', good, 'twice'],
    ['with an id that is none', { ...good, id: '../../etc' }, 'not-a-resource'],
    ['that is no resource', 'text', 'not-a-resource'],
    ['that is nothing at all', null, 'not-a-resource'],
  ])('%s gives none of it, and the operator hears of it', async (_, intruder, reason) => {
    const { source, troubles } = await situation({ misbehave: answerWith(200, bundleOf(good, intruder)) });
    const { total, matches } = await find(source);
    expect([total, matches.map(({ resource }) => resource)]).toEqual([1, [good]]);
    expect(troubles).toEqual([{ trouble: 'dropped', reasons: [reason] }]);
  });

  it('at a read by id gives none of it', async () => {
    const { source, troubles } = await situation({ misbehave: answerWith(200, practice[1]!) });
    expect(await source.readPatient(jo)).toBeUndefined();
    expect(troubles).toEqual([{ trouble: 'dropped', reasons: ['not-asked'] }]);
  });

  it('among the includes gives none of it', async () => {
    const { source, troubles } = await situation({
      misbehave: (request, response) => (request.url!.startsWith('/fhir/PractitionerRole') ? answerWith(200, bundleOf(practice[2], practice[1], { ...practice[2], id: 'gp2' }))(request, response) : false),
    });
    const { included } = await find(source, patients);
    expect(included.map(({ resource }) => resource.id)).toEqual(['gp', 'practice']);
    expect(troubles).toEqual([{ trouble: 'dropped', reasons: ['not-asked', 'not-asked'] }]);
  });
});

describe('source system that does not answer as it should', () => {
  const next = (url: string) => ({ ...bundleOf(good), link: [{ relation: 'next', url }] });
  it.each<[string, string, SourceServerOptions['misbehave']]>([
    ['refuses our credential', 'credential-refused', answerWith(401, {})],
    ['forbids us', 'credential-refused', answerWith(403, {})],
    ['breaks', 'server-error', answerWith(500, 'boom', { 'content-type': 'text/plain' })],
    ['is busy', 'busy', answerWith(429, {})],
    ['redirects', 'redirect', answerWith(302, '', { location: 'http://127.0.0.1:1/fhir/Observation' })],
    ['does not know the search', 'content-refused', answerWith(400, {})],
    ['knows no such path', 'not-found', answerWith(404, {})],
    ['shows a page of HTML', 'not-json', answerWith(200, '<html>login</html>', { 'content-type': 'text/html' })],
    ['shows HTML that it calls JSON', 'not-json', answerWith(200, '<html>login</html>')],
    ['cuts its JSON off', 'not-json', answerWith(200, '{"resourceType":"Bundle","entry":[')],
    ['says one thing twice', 'not-json', answerWith(200, '{"resourceType":"Bundle","resourceType":"Bundle"}')],
    ['gives no Bundle', 'not-fhir', answerWith(200, { resourceType: 'Patient', id: 'jo' })],
    ['gives a list', 'not-fhir', answerWith(200, [])],
    ['gives more in one answer than anybody has', 'too-large', answerWith(200, bundleOf({ ...good, note: 'x'.repeat(3_000_000) }))],
    ['gives more over its pages than anybody has', 'too-large', (request, response) => answerWith(200, { ...bundleOf({ ...good, note: 'x'.repeat(600_000) }), link: [{ relation: 'next', url: `${request.url}1` }] })(request, response)],
    ['pages without end', 'too-many-resources', (request, response) => answerWith(200, next(`${request.url}1`))(request, response)],
    ['pages in a circle', 'next-link-cycle', (request, response) => answerWith(200, next(request.url!))(request, response)],
    ['pages at another host', 'next-link-elsewhere', answerWith(200, next('https://elsewhere.example/fhir/Observation?page=2'))],
    ['pages at another port', 'next-link-elsewhere', answerWith(200, next('http://127.0.0.1:1/fhir/Observation?page=2'))],
    ['pages with a password', 'next-link-elsewhere', (request, response) => answerWith(200, next(`http://a:b@${request.headers.host}/fhir/Observation?page=2`))(request, response)],
    ['hangs', 'timeout', () => true],
    ['hangs in the middle', 'timeout', (_request, response) => (response.writeHead(200, { 'content-type': 'application/fhir+json' }).write('{"resource'), true)],
    ['hangs up', 'unreachable', (request) => (request.socket.destroy(), true)],
  ])('because it %s is unavailable for whoever asks, and %s for the operator', async (_, fault, misbehave) => {
    const { source, troubles } = await situation({ misbehave }, { timeoutMilliseconds: fault === 'timeout' ? 400 : 10_000 });
    await expect(find(source)).rejects.toMatchObject({ name: 'FhirFailureError', failure: { code: 'unavailable', reason: `source-${fault}` } });
    expect(troubles).toEqual([{ trouble: 'fault', fault }]);
  });

  it('is left alone after five such questions, and asked again when it has had a moment', async () => {
    let requests = 0;
    const { server, source, troubles } = await situation({ misbehave: (request) => ((requests += 1), request.socket.destroy(), true) });
    for (let question = 0; question < 8; question += 1) await find(source).catch(() => undefined);
    // A read whose connection was closed under it is asked once more on another.
    expect(requests).toBe(10);
    expect(troubles.at(-1)).toEqual({ trouble: 'fault', fault: 'busy' });
    server.misbehave(undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await idsOf(find(source))).toEqual([]);
  });
});

const origin = { actor: Did.parse('did:web:zorg.example:iam:b'), regisseur: Did.parse('did:web:regie.example:iam:r'), authorization: DidUrl.parse('did:web:regie.example:iam:r#1'), practitioner: { identifier: EmployeeIdentifier.parse('e-1'), name: 'S. Bakker' } };

function draftOf(id: string, text: string): ResourceDraft {
  const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` };
  const body = {
    resourceType: 'Observation',
    identifier: [identifier],
    status: 'final',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '11591000146107' }] },
    subject: { reference: 'Patient/jo' },
    effectiveDateTime: now.toISOString(),
    valueString: text,
  };
  return { patient: jo, body, identifier, fingerprint: createHash('sha256').update(JSON.stringify(body)).digest('hex'), origin };
}

const withoutIdentifier = ({ identifier: _, body: { identifier: _named, ...body }, ...draft }: ResourceDraft): ResourceDraft => ({ ...draft, body: body as ResourceDraft['body'] });

describe.each<CreateManner>(['update-as-create', 'conditional-create'])('write into a source system by %s (design D18)', (create) => {
  const options = { updateCreate: create === 'update-as-create' };

  it('is there once, marked as written back, and its repeat is answered with the first result', async () => {
    const { server, source } = await situation(options, { create });
    const draft = draftOf(randomUUID(), 'Rustige nacht.');
    const first = await source.create(draft);
    expect(first).toMatchObject({ outcome: 'created', stored: { resource: { valueString: 'Rustige nacht.', meta: { source: origin.actor } } } });
    expect(await source.create(draft)).toMatchObject({ outcome: 'repeated', stored: { resource: { id: first.outcome === 'created' ? first.stored.resource.id : '' } } });
    expect(server.held('Observation')).toMatchObject([{ valueString: 'Rustige nacht.', meta: { versionId: '1' } }]);
  });

  it('without an identifier of the client is there once as well', async () => {
    const { server, source } = await situation(options, { create });
    const draft = withoutIdentifier(draftOf(randomUUID(), 'Zonder kenmerk.'));
    await source.create(draft);
    expect((await source.create(draft)).outcome).toBe('repeated');
    expect(server.held('Observation')).toHaveLength(1);
  });

  it('under an identifier that has other content is a duplicate', async () => {
    const { server, source } = await situation(options, { create });
    const id = randomUUID();
    await source.create(draftOf(id, 'Een.'));
    expect(await source.create(draftOf(id, 'Twee.'))).toEqual({ outcome: 'duplicate' });
    expect(server.held('Observation')).toHaveLength(1);
  });

  it.each<[string, (hurt: () => void, server: () => SourceServer) => SourceServerOptions['misbehave']]>([
    ['before the server had it', (hurt) => (request) => (request.method === 'GET' ? false : (hurt(), request.socket.destroy(), true))],
    ['after the server had it', (hurt, server) => (request, response) => {
      if (request.method === 'GET') return false;
      hurt();
      server().misbehave(undefined);
      response.end = (() => request.socket.destroy()) as never;
      return false;
    }],
    ['while the server was breaking', (hurt) => (request, response) => (request.method === 'GET' ? false : (hurt(), answerWith(503, {})(request, response)))],
  ])('that was cut off %s is there once after the next attempt', async (_, how) => {
    const { server, source } = await situation(options, { create });
    let hurt = 0;
    server.misbehave(how(() => (hurt += 1), () => server));
    const draft = draftOf(randomUUID(), 'Opnieuw.');
    await expect(source.create(draft)).rejects.toMatchObject({ failure: { code: 'unavailable' } });
    expect(hurt).toBe(1);
    server.misbehave(undefined);
    expect((await source.create(draft)).outcome).toBe('created');
    expect(server.held('Observation')).toMatchObject([{ valueString: 'Opnieuw.' }]);
    expect((await source.create(draft)).outcome).toBe('repeated');
    expect(server.held('Observation')).toHaveLength(1);
  });

  it('that comes twice at the same time is sent once', async () => {
    const { server, source } = await situation(options, { create });
    const draft = draftOf(randomUUID(), 'Tegelijk.');
    const outcomes = await Promise.allSettled([source.create(draft), source.create(draft), source.create(draft)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.failure.reason] : []))).toEqual(['write-under-way', 'write-under-way']);
    expect(server.held('Observation')).toHaveLength(1);
  });

  it('that the server refuses is told as refused content, and may be written better', async () => {
    const { server, source, ledger } = await situation(options, { create });
    server.misbehave((request, response) => (request.method === 'GET' ? false : answerWith(422, { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'geheim' }] })(request, response)));
    await expect(source.create(draftOf(randomUUID(), 'Nee.'))).rejects.toMatchObject({ failure: { code: 'invalid-resource', issues: [{ rule: 'SOURCE-REFUSED', severity: 'error', text: 'Het systeem van de zorgorganisatie neemt deze gegevens niet aan.' }] } });
    expect(ledger.rows.size).toBe(0);
  });

  it('that the server stores as somebody else’s is not told as stored', async () => {
    const { server, source } = await situation(options, { create });
    server.misbehave((request, response) => (request.method === 'GET' && /Observation\/[^?]/.test(request.url!) ? answerWith(200, { ...measured(request.url!.split('/').at(-1)!, 'piet', '2026-06-01T10:00:00Z') })(request, response) : false));
    await expect(source.create(draftOf(randomUUID(), 'Wie?'))).rejects.toMatchObject({ failure: { code: 'unavailable', reason: 'source-not-found' } });
  });

  it('is read back by its id under the same authorization only, as the server has it now', async () => {
    const { source } = await situation(options, { create });
    const created = await source.create(draftOf(randomUUID(), 'Terug.'));
    const id = created.outcome === 'created' ? created.stored.resource.id : '';
    const wanted = { type: 'Observation', id, patient: jo, authorization: origin.authorization };
    expect(await source.readWritten(wanted)).toMatchObject({ resource: { valueString: 'Terug.' } });
    expect(await source.readWritten({ ...wanted, authorization: DidUrl.parse('did:web:regie.example:iam:r#2') })).toBeUndefined();
    expect(await source.readWritten({ ...wanted, patient: piet })).toBeUndefined();
  });
});

describe('source system that takes no resources of a type', () => {
  it('makes its write unavailable, and sends nothing', async () => {
    const { server, source } = await situation();
    const draft = draftOf(randomUUID(), 'x');
    await expect(source.create({ ...draft, body: { ...draft.body, resourceType: 'Composition' } })).rejects.toMatchObject({ failure: { reason: 'source-type-not-writable' } });
    expect(server.asked).toEqual([]);
  });
});
