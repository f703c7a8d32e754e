import { EnrichedView } from '@anw/api-contracts';
import { type FhirResource, MAXIMUM_BODY_BYTES, resourceOf, stepsOf, type Write, type WriteKindName, writeKinds } from '@anw/fhir';
import { logIn, type Region } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { askFhir, type FhirAnswer } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

let region: Region;
let network: PartnerNetwork;
let linde: AskedCustodian;
let strangers: Strangers;
let token: string;
let otherAuthorization: string;
let medication: string;
let agreement: string;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  linde = custodianNamed(region, 'de-linde');
  strangers = await introduceStrangers(network, linde);
  [token, otherAuthorization] = [await obtainToken(strangers), await obtainToken(strangers)];
  [agreement, medication] = await agreedMedication();
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

/** References of a medication agreement of the patient and of its product, from the record itself. */
async function agreedMedication(): Promise<[string, string]> {
  const category = encodeURIComponent('http://snomed.info/sct|33633005');
  const { body } = await askFhir(strangers, token, `MedicationRequest?patient=${linde.patient}&category=${category}&_include=MedicationRequest:medication`);
  const [first] = body['entry'] as { resource: { id: string; medicationReference: { reference: string } } }[];
  return [`MedicationRequest/${first!.resource.id}`, first!.resource.medicationReference.reference];
}

const now = () => new Date().toISOString();

/** One of every kind that a nurse can write. */
const examples: { readonly [K in WriteKindName]: () => Extract<Write, { kind: K }> } = {
  'blood-pressure': () => ({ kind: 'blood-pressure', input: { systolic: 138, diastolic: 84, position: 'sitting', measuredAt: now() } }),
  'body-weight': () => ({ kind: 'body-weight', input: { weight: 68.4, unit: 'kg', clothing: 'minimal', measuredAt: now() } }),
  'body-height': () => ({ kind: 'body-height', input: { height: 1.72, unit: 'm', measuredAt: now() } }),
  'body-temperature': () => ({ kind: 'body-temperature', input: { temperature: 37.4, site: 'tympanic', measuredAt: now() } }),
  'oxygen-saturation': () => ({ kind: 'oxygen-saturation', input: { saturation: 96, extraOxygen: false, measuredAt: now() } }),
  'pulse-rate': () => ({ kind: 'pulse-rate', input: { rate: 72, regularity: 'irregular', measuredAt: now() } }),
  'heart-rate': () => ({ kind: 'heart-rate', input: { rate: 76, regularity: 'regular', interpretation: 'normal', measuredAt: now() } }),
  respiration: () => ({ kind: 'respiration', input: { rate: 16, measuredAt: now() } }),
  'visual-acuity': () => ({ kind: 'visual-acuity', input: { acuity: 0.8, eye: 'left', measuredAt: now() } }),
  'nursing-report': () => ({ kind: 'nursing-report', input: { text: 'Avondzorg geleverd.\n<b>geen markup</b> 👩🏽‍⚕️', writtenAt: now() } }),
  'soap-report': () => ({ kind: 'soap-report', input: { title: 'Hoest', subjective: 'Hoest sinds twee dagen.', plan: 'Morgen opnieuw kijken.', subjectiveIcpc: 'R05', writtenAt: now() } }),
  'text-result': () => ({ kind: 'text-result', input: { type: 'ultrasound', conclusion: 'Blaasscan: 120 ml.', status: 'final', examinedAt: now() } }),
  'medication-use': () => ({ kind: 'medication-use', input: { product: { reference: medication, name: 'Furosemide tablet 40 mg' }, use: 'not-taken', source: 'patient', assertedAt: now() } }),
  'medication-administration': () => ({
    kind: 'medication-administration',
    input: { product: { reference: medication, name: 'Furosemide tablet 40 mg' }, given: true, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'oraal' }, administeredAt: now(), agreement },
  }),
};
const names = Object.keys(writeKinds) as WriteKindName[];

async function post(resource: object | string, type: string, shown = token): Promise<FhirAnswer> {
  const body = typeof resource === 'string' ? resource : JSON.stringify(resource);
  const response = await strangers.fetch(`${linde.door}/fhir/${linde.name}/${type}`, { method: 'POST', headers: { authorization: `Bearer ${shown}`, 'content-type': 'application/fhir+json' }, body });
  return { status: response.status, headers: response.headers, body: (await response.json()) as FhirAnswer['body'] };
}

/** `Observation/12` of the `Location` that a write was answered with. */
function writtenAt({ headers }: FhirAnswer): string {
  return /\/([A-Z][A-Za-z]+\/[^/]+)\/_history\/1$/.exec(headers.get('location') ?? '')![1]!;
}

interface Sent {
  readonly resource: FhirResource;
  readonly answer: FhirAnswer;
  readonly reference: string;
}

/** Step by step, as an actor does. */
async function send(write: Write): Promise<readonly Sent[]> {
  const written: { [step: string]: string } = {};
  const sent: Sent[] = [];
  for (const step of stepsOf(write, { id: randomUUID(), patient: linde.patient })) {
    const resource = step.create(written);
    const answer = await post(resource, resource.resourceType);
    expect([step.name, answer.status, JSON.stringify(answer.body['issue'])]).toEqual([step.name, 201, undefined]);
    written[step.name] = writtenAt(answer);
    sent.push({ resource, answer, reference: written[step.name]! });
  }
  return sent;
}

describe.each(names)('%s through the custodian’s door (§9)', (kind) => {
  it('is stored once, and answered with its place and version; a repeat is answered with the first result (G16, D18)', async () => {
    for (const { resource, answer, reference } of await send(examples[kind]())) {
      expect(answer.headers.get('etag')).toBe('W/"1"');
      expect(answer.headers.get('location')).toBe(`${linde.door}/fhir/${linde.name}/${reference}/_history/1`);
      const repeat = await post(resource, resource.resourceType);
      expect([repeat.status, writtenAt(repeat)]).toEqual([200, reference]);
      const other = await post({ ...resource, language: 'nl' }, resource.resourceType);
      expect([other.status, other.body['issue']]).toMatchObject([409, [{ code: 'duplicate' }]]);
    }
  });

  it('is read back by its id under the same authorization, and under no other', async () => {
    for (const { resource, reference } of await send(examples[kind]())) {
      const read = await askFhir(strangers, token, reference);
      const { id: _id, meta: _meta, identifier, ...content } = read.body;
      expect([read.status, identifier]).toEqual([200, resource['identifier']]);
      for (const element of ['code', 'valueQuantity', 'valueString', 'conclusion', 'component', 'hasMember', 'status', 'dosage'].filter((name) => name in resource)) expect(content[element]).toEqual(resource[element]);
      expect((await askFhir(strangers, otherAuthorization, reference)).status).toBe(404);
    }
  });

  it('is refused when it is about another client, or broken, and tells the element', async () => {
    const [last] = (await send(examples[kind]())).slice(-1);
    const { resource } = last!;
    const named = (changes: object) => ({ ...resource, identifier: undefined, ...changes });
    const elsewhere = await post(named({ subject: { reference: 'Patient/linde-1002' } }), resource.resourceType);
    expect([elsewhere.status, elsewhere.body['issue']]).toEqual([403, [{ severity: 'error', code: 'forbidden', details: { text: 'Geen toegang.' } }]]);
    const broken = await post(named({ status: 'entered-in-error' }), resource.resourceType);
    expect([broken.status, broken.body['issue']]).toMatchObject([422, expect.arrayContaining([expect.objectContaining({ expression: [`${resource.resourceType}.status`] })])]);
    const unknown = await post(named({ colour: 'red' }), resource.resourceType);
    expect(unknown.status).toBe(400);
  });
});

describe('what was written together', () => {
  it('cannot hold what another authorization wrote', async () => {
    const sent = await send(examples['soap-report']());
    const report = { ...sent.at(-1)!.resource, identifier: undefined };
    const answer = await post(report, 'Composition', otherAuthorization);
    expect([answer.status, answer.body['issue']]).toMatchObject([422, [{ code: 'not-found', diagnostics: 'SOAP-ENTRY', expression: ['Composition.section[0].entry[0]'] }, { diagnostics: 'SOAP-ENTRY' }]]);
  });

  it('cannot hold what is of another client, told as what is not there', async () => {
    const [line] = await send({ kind: 'soap-report', input: { plan: 'Rust.', writtenAt: now() } });
    const holding = async (reference: string) => {
      const { resource } = (await send({ kind: 'medication-use', input: { product: { reference: medication }, use: 'active', source: 'patient', assertedAt: now() } }))[0]!;
      const { status, body } = await post({ ...resource, identifier: undefined, derivedFrom: [{ reference }] }, 'MedicationStatement');
      return [status, body['issue']];
    };
    const ofAnother = agreement.replace('linde-1001', 'linde-1002');
    expect(await holding(ofAnother)).toEqual(await holding('MedicationRequest/nowhere'));
    expect(await holding(line!.reference)).toMatchObject([422, [{ diagnostics: 'G9-REFERENCE' }]]);
  });
});

describe('the body of a write (G3, G17)', () => {
  const report = (text: string) => resourceOf({ kind: 'nursing-report', input: { text, writtenAt: now() } }, { id: randomUUID(), patient: linde.patient });

  it('is taken to 256 KiB and not a byte beyond', async () => {
    const body = JSON.stringify(report('Avondzorg geleverd.'));
    const padded = (bytes: number) => body + ' '.repeat(bytes - Buffer.byteLength(body));
    expect((await post(padded(MAXIMUM_BODY_BYTES), 'Observation')).status).toBe(201);
    expect((await post(padded(MAXIMUM_BODY_BYTES + 1), 'Observation')).status).toBe(413);
  });

  it.each([
    ['twenty thousand emoji', '👍'.repeat(20_000)],
    ['markup', '<script>alert(1)</script>&amp;'],
    ['words from right to left', 'שלום \u202Eolleh\u202C'],
    ['tabs, line ends and blanks', '  a\tb\r\nc  '],
  ])('keeps %s byte for byte', async (_name, text) => {
    const answer = await post(report(text), 'Observation');
    expect(answer.status).toBe(201);
    expect((await askFhir(strangers, token, writtenAt(answer))).body['valueString']).toBe(text);
  });
});

describe('warnings (G15)', () => {
  it('of an unusual value, and of a weight far from the last one, are told with 201', async () => {
    const subject = () => ({ id: randomUUID(), patient: linde.patient });
    const unusual = await post(resourceOf({ kind: 'blood-pressure', input: { systolic: 225, diastolic: 84, measuredAt: now() } }, subject()), 'Observation');
    expect([unusual.status, unusual.body]).toMatchObject([201, { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', diagnostics: 'VS-UNUSUAL', expression: ['Observation.component[0].value'] }] }]);
    await post(resourceOf({ kind: 'body-weight', input: { weight: 100, unit: 'kg', measuredAt: now() } }, subject()), 'Observation');
    const changed = await post(resourceOf({ kind: 'body-weight', input: { weight: 68.4, unit: 'kg', measuredAt: now() } }, subject()), 'Observation');
    expect([changed.status, changed.body]).toMatchObject([201, { issue: [{ severity: 'warning', diagnostics: 'WEIGHT-CHANGE' }] }]);
  });
});

describe('the day team (design §2 step 6)', () => {
  it('reads every kind by its name and content, what was written in parts as one', async () => {
    const from = now();
    for (const kind of names) await send(examples[kind]());
    const daan = region.file.oidc.users.find(({ username }) => username === 'daan')!;
    const session = await logIn({ staffUrl: region.file.services.custodian.staff, username: daan.username, password: daan.password });
    const { visits } = EnrichedView.parse(await (await session.request('GET', '/api/enriched')).json());
    const items = visits.flatMap((visit) => visit.items).filter(({ receivedAt }) => receivedAt >= from);
    expect(items.map(({ kind, text }) => `${kind}: ${text}`).reverse()).toEqual([
      'blood-pressure: 138 mmHg / 84 mmHg',
      'measurement: Lichaamsgewicht 68,4 kg',
      'measurement: Lichaamslengte 172 cm',
      'measurement: Lichaamstemperatuur 37,4 °C',
      'measurement: O2-saturatie 96 %',
      'measurement: Polsfrequentie 72 /min, Polsregelmatigheid onregelmatige pulsaties',
      'measurement: Hartfrequentie 76 /min, Hartslagregelmatigheid regelmatige pulsaties',
      'measurement: Ademhaling 16 /min',
      'measurement: Visus linkeroog 0,8',
      'report: Avondzorg geleverd.\n<b>geen markup</b> 👩🏽‍⚕️',
      'soap-report: Hoest\nS: Hoest sinds twee dagen.\nP: Morgen opnieuw kijken.',
      'text-result: Echografie: Blaasscan: 120 ml.',
      'medication-use: Medicatiegebruik Furosemide tablet 40 mg, niet gebruikt',
      'medication-administration: Medicatietoediening Furosemide tablet 40 mg, 1 stuk',
    ]);
  });
});
