import { anw2022Resources, type GrantedResource } from '@anw/authorization';
import type { Region } from '@anw/region';
import { readFile } from 'node:fs/promises';
import { askFhir, type FhirAnswer } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { createKeptRawClient, type RawRequest } from './support/raw-request.js';
import { authorizationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

const OTHER = 'linde-1002';
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

let region: Region;
let network: PartnerNetwork;
let linde: AskedCustodian;
let strangers: Strangers;
let token: string;
let raw: ReturnType<typeof createKeptRawClient>;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  linde = custodianNamed(region, 'de-linde');
  strangers = await introduceStrangers(network, linde);
  token = await obtainToken(strangers);
  raw = createKeptRawClient(await readFile(region.file.authority.certificate, 'utf8'), strangers.actor.certificate);
});
afterAll(async () => {
  raw?.close();
  await network?.close();
  await region?.stop();
});

const ask = (path: string, shown = token): Promise<FhirAnswer> => askFhir(strangers, shown, path);

const bp = 'code=http://loinc.org%7C85354-9';
const P = 'patient=Patient/linde-1001';
const search = `Observation?${P}&${bp}`;

interface Attempt {
  readonly what: string;
  readonly method?: string;
  /** Below the FHIR base, as it goes over the wire. */
  readonly path: string;
  readonly headers?: RawRequest['headers'];
  readonly body?: string;
  readonly status: number;
  readonly issue: string;
}

const refuse = (status: number, issue: string) => (what: string, path: string, more: Partial<Attempt> = {}): Attempt => ({ what, path, status, issue, ...more });
const forbidden = refuse(403, 'forbidden');
const malformed = refuse(400, 'invalid');
const unknown = refuse(400, 'not-supported');
const json = { 'content-type': 'application/fhir+json' };

/** Every row of §10.2, in its order. */
const attempts: readonly Attempt[] = [
  forbidden('no patient', `Observation?${bp}`),
  forbidden('another patient’s id', `Observation?patient=Patient/${OTHER}&${bp}`),
  forbidden('an id of nobody', `Observation?patient=Patient/linde-9999&${bp}`),
  malformed('patient twice', `Observation?${P}&${P}&${bp}`),
  malformed('two patients in a list', `Observation?${P},Patient/${OTHER}&${bp}`),
  unknown('the patient by identifier', `Observation?patient:identifier=http://fhir.nl/fhir/NamingSystem/bsn%7C999900006&${bp}`),
  unknown('subject in place of patient', `Observation?subject=Patient/linde-1001&${bp}`),
  forbidden('an id that differs in a zero', `Observation?patient=Patient/linde-01001&${bp}`),
  malformed('a lower-case reference', `Observation?patient=patient/linde-1001&${bp}`),
  malformed('dot segments in the reference', `Observation?patient=Patient/%2e%2e/Patient/linde-1001&${bp}`),
  malformed('a reference to another host', `Observation?patient=https://elsewhere.example/fhir/Patient/linde-1001&${bp}`),
  malformed('a reference encoded twice', `Observation?patient=Patient%252Flinde-1001&${bp}`),
  unknown('_include=*', `${search}&_include=*`),
  unknown('an include that is not listed', `${search}&_include=Observation:performer`),
  forbidden('another include where one is listed', `MedicationStatement?${P}&category=http://snomed.info/sct%7C422979000&_include=MedicationStatement:subject`),
  unknown('an iterated include elsewhere', `DeviceUseStatement?${P}&_include=DeviceUseStatement:device&_include:iterate=Device:patient`),
  unknown('_revinclude', `${search}&_revinclude=Provenance:target`),
  unknown('a chained parameter', `${search}&subject.name=a`),
  unknown('a chain through the general practitioner', `${search}&patient.general-practitioner=x`),
  unknown('a reverse chained parameter', `${search}&_has:Observation:subject:code=1`),
  ...['_elements=id', '_summary=true', '_total=none', '_contained=true', '_pretty=true', '_filter=x', '_text=x', '_content=x', '_list=x', '_query=x', '_type=x', '_since=2026-01-01', '_lastUpdated=gt2020-01-01', '_security=x', '_tag=x', '_source=x'].map((parameter) =>
    unknown(parameter, `${search}&${parameter}`),
  ),
  malformed('_format=xml', `${search}&_format=xml`),
  ...['not', 'missing', 'above', 'below', 'in', 'text', 'contains', 'of-type'].map((modifier) => unknown(`:${modifier}`, `Observation?${P}&code:${modifier}=http://loinc.org%7C85354-9`)),
  forbidden('_sort on something else', `${search}&_sort=code`),
  forbidden('_sort in the other direction', `${search}&_sort=date`),
  malformed('_count above a hundred', `${search}&_count=101`),
  malformed('_count of zero', `${search}&_count=0`),
  malformed('a negative _count', `${search}&_count=-1`),
  malformed('a cursor that is none of this token’s', `${search}&_cursor=${'A'.repeat(64)}`),
  forbidden('a longer list of codes', `${search},http://loinc.org%7C8867-4`),
  forbidden('a wildcard', `Observation?${P}&code=*`),
  forbidden('a code without a system', `Observation?${P}&code=85354-9`),
  forbidden('all observations', `Observation?${P}`),
  forbidden('consents of any kind', `Consent?${P}`),
  ...['$everything', '$lastn', '$graphql', '$validate', '$match', '$meta'].map((operation) => forbidden(operation, `Patient/linde-1001/${operation}`)),
  forbidden('$export', '$export'),
  forbidden('$expand', 'ValueSet/anw-uursoorten/$expand'),
  forbidden('the history of an instance', 'Patient/linde-1001/_history'),
  forbidden('the history of a type', 'Observation/_history'),
  forbidden('the history of everything', '_history'),
  forbidden('vread', 'Patient/linde-1001/_history/1'),
  forbidden('a compartment', 'Patient/linde-1001/Observation'),
  forbidden('a system search', '?_type=Observation'),
  forbidden('POST _search', 'Observation/_search', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `${P}&${bp}` }),
  ...['PUT', 'PATCH', 'DELETE', 'HEAD'].map((method) => refuse(405, 'not-supported')(method, 'Observation/linde-1001-blood-pressure-1', { method })),
  malformed('X-HTTP-Method-Override', search, { headers: { 'x-http-method-override': 'DELETE' } }),
  forbidden('a batch or a transaction', '', { method: 'POST', headers: json, body: '{"resourceType":"Bundle","type":"transaction","entry":[]}' }),
  forbidden('If-None-Exist', 'Observation', { method: 'POST', headers: { ...json, 'if-none-exist': 'identifier=1' }, body: '{"resourceType":"Observation"}' }),
  unknown('lenient handling', search, { headers: { prefer: 'handling=lenient' } }),
  unknown('an unknown parameter', `${search}&colour=red`),
  malformed('a known parameter twice', `${search}&${bp}`),
  malformed('an empty parameter', `${search}&_sort=`),
  ...['Task', 'Provenance', 'AuditEvent', 'Subscription', 'DocumentReference', 'Binary', 'Media'].map((type) => forbidden(type, `${type}?${P}`)),
  forbidden('create of a Consent', 'Consent', { method: 'POST', headers: json, body: '{"resourceType":"Consent"}' }),
  refuse(404, 'not-found')('a read of another patient’s resource', `Observation/${OTHER}-blood-pressure-1`),
  refuse(404, 'not-found')('a read of what is there, of this patient, and was never given', 'Specimen/linde-1001-specimen'),
  refuse(404, 'not-found')('a read of what is not there', 'Observation/nothing'),
  forbidden('a read of another patient', `Patient/${OTHER}`),
];

describe('every attempt of §10.2 at the custodian’s partner door', () => {
  it.each(attempts.map((attempt) => [attempt.what, attempt] as const))('%s is refused, tells nothing and stands in the log', async (_what, { method = 'GET', path, headers = {}, body, status, issue }) => {
    const base = new URL(`${linde.door}/fhir/${linde.name}`);
    const answer = await raw.send(linde.door, { method, path: `${base.pathname}/${path}`, headers: { authorization: `Bearer ${token}`, ...headers }, ...(body === undefined ? {} : { body }) });
    expect([answer.status, answer.contentType]).toEqual([status, 'application/fhir+json']);
    if (method === 'HEAD') return;
    const outcome = JSON.parse(answer.text) as { readonly resourceType: string; readonly id: string; readonly issue: readonly { readonly code: string }[] };
    expect([outcome.resourceType, outcome.issue.map(({ code }) => code)]).toEqual(['OperationOutcome', [issue]]);
    expect(answer.text).not.toMatch(/linde-100|Heuvel|Brouwer|mm\[Hg\]/);
    expect(await linde.operator.logRows(outcome.id)).toEqual([expect.objectContaining({ name: 'fhir.refused', reference: outcome.id })]);
  });

  it('a cursor of another token opens nothing', async () => {
    const { body } = await ask(`${search}&_count=2`);
    const next = (body['link'] as { relation: string; url: string }[]).find(({ relation }) => relation === 'next')!.url.replace(`${linde.door}/fhir/${linde.name}/`, '');
    expect((await ask(next)).status).toBe(200);
    const another = await introduceStrangers(network, linde);
    const theirs = await askFhir(another, await obtainToken(another), next);
    expect([theirs.status, theirs.body['resourceType']]).toEqual([400, 'OperationOutcome']);
  });
});

const soap = `Composition?${P}&type=http://snomed.info/sct%7C11591000146107`;
const laboratory = `Observation?${P}&category=http://terminology.hl7.org/CodeSystem/observation-category%7Claboratory`;

describe('what a given resource points at (§10.1)', () => {
  /** A token whose authorization has been given nothing yet. */
  const fresh = async () => obtainToken(strangers);

  it.each([
    ['the lines of a SOAP report', soap, 'Observation/linde-1001-soap-line-1'],
    ['the specimen of a laboratory result', laboratory, 'Specimen/linde-1001-specimen'],
    ['the organisation that performed it', laboratory, 'Organization/de-linde-laboratory'],
    ['the role of whoever measured', search, 'PractitionerRole/de-linde-nurse'],
    ['the status that an outcome of care rests on', `DiagnosticReport?${P}&code=http://snomed.info/sct%7C423100009`, 'Observation/linde-1001-functional-status'],
  ])('opens %s once that is given, and under that authorization alone', async (_what, giving, pointedAt) => {
    const shown = await fresh();
    expect((await ask(pointedAt, shown)).status).toBe(404);
    expect((await ask(giving, shown)).status).toBe(200);
    expect(await ask(pointedAt, shown)).toMatchObject({ status: 200, body: { id: pointedAt.split('/')[1] } });
    expect((await ask(pointedAt, await fresh())).status).toBe(404);
  });

  it('opens the person through the role, one read after another', async () => {
    const shown = await fresh();
    await ask(search, shown);
    expect((await ask('Practitioner/de-linde-nurse', shown)).status).toBe(404);
    await ask('PractitionerRole/de-linde-nurse', shown);
    expect((await ask('Practitioner/de-linde-nurse', shown)).status).toBe(200);
  });

  it('is refused in the same bytes, whether it is not there, not pointed at or another patient’s', async () => {
    const shown = await fresh();
    await ask(laboratory, shown);
    const answers = await Promise.all(['Specimen/nothing', `Specimen/${OTHER}-specimen`, 'Specimen/vecht-2001-specimen'].map((path) => ask(path, shown)));
    const lines = await Promise.all(['Observation/nothing', 'Observation/linde-1001-soap-line-1', `Observation/${OTHER}-soap-line-1`].map((path) => ask(path, shown)));
    const neutral = ({ status, headers, body }: FhirAnswer) => JSON.stringify({ status, headers: [...headers].filter(([name]) => name !== 'date'), body }).replaceAll(uuid, '<reference>');
    expect(new Set([...answers, ...lines].map(neutral)).size).toBe(1);
  });
});

describe('an authorization that grants less', () => {
  const narrowed = async (resources: readonly GrantedResource[]) => obtainToken(strangers, { authorization: await authorizationOf(strangers, { resources }) });
  const only = (path: string, operations: GrantedResource['operations']) => anw2022Resources.filter((resource) => resource.path === path).map((resource) => ({ ...resource, operations }));

  /** A search of each type that may be searched. */
  const searches: Readonly<Record<string, string>> = {
    Patient: 'Patient?_id=linde-1001&_include=Patient:general-practitioner&_include:iterate=PractitionerRole:organization',
    Observation: search,
    Composition: soap,
    Condition: `Condition?${P}`,
    Flag: `Flag?${P}&category=http://snomed.info/sct%7C140401000146105`,
    Goal: `Goal?${P}`,
    CarePlan: `CarePlan?${P}&category=http://snomed.info/sct%7C9632001`,
    MedicationRequest: `MedicationRequest?${P}&category=http://snomed.info/sct%7C33633005&_include=MedicationRequest:medication`,
  };

  it.each(Object.keys(searches))('opens %s by search, and no other type', async (type) => {
    const shown = await narrowed(only(`/${type}`, ['search']));
    const answers = await Promise.all(Object.entries(searches).map(async ([name, path]) => [name, (await ask(path, shown)).status] as const));
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(Object.keys(searches).map((name) => [name, name === type ? 200 : 403])));
  });

  it('opens no read where only searches are granted', async () => {
    const shown = await narrowed([...only('/Composition', ['search']), ...only('/Observation', ['search']), ...only('/Patient', ['search'])]);
    await ask(soap, shown);
    expect((await ask('Observation/linde-1001-soap-line-1', shown)).status).toBe(403);
    expect((await ask('Patient/linde-1001', shown)).status).toBe(403);
  });
});
