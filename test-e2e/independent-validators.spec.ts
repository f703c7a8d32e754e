import { allowedSearches, referenceTo, stepsOf, type Write, writtenValue } from '@anw/fhir';
import type { Region } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { EmployeeIdentifier } from '@anw/values';
import fhir from 'fhir';
import { Client as FhirKitClient } from 'fhir-kit-client';
import { randomUUID } from 'node:crypto';
import { askFhir } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';
import { writtenSamples } from './zib-table/written-samples.js';

type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };
type Bundle = Resource & { readonly entry: readonly { readonly resource: Resource }[]; readonly link: readonly { readonly relation: string; readonly url: string }[]; readonly total: number };

const validator = new fhir.Fhir();
/**
 * nl-core-Problem gives the verification status twice, by the code that R4 binds and by the SNOMED CT code of the zib. For a
 * required binding of a CodeableConcept one of the two is enough (FHIR R4 terminologies, "required"); this validator wants both.
 */
const besideTheBoundCode = 'Code "410605003" (http://snomed.info/sct) not found in value set';

/** What a validator that is not ours has against a resource, as text, as it travels; an element that R4 does not know is an error. */
function faultsIn(resource: object): readonly string[] {
  const { messages } = validator.validate(JSON.stringify(resource), { errorOnUnexpected: true });
  const errors = messages.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  return errors.filter(({ message }) => message !== besideTheBoundCode).map(({ location, message }) => `${(resource as Resource).resourceType} ${location}: ${message}`);
}

let region: Region;
let network: PartnerNetwork;
let strangers: Strangers;
let token: string;

const platformFetch = globalThis.fetch;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none' });
  network = await openPartnerNetwork(region);
  strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
  token = await obtainToken(strangers);
});
afterEach(() => void (globalThis.fetch = platformFetch));
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

const base = () => `${strangers.custodian.door}/fhir/${strangers.custodian.name}`;
const ask = (path: string, shown: string | undefined = token) => askFhir(strangers, shown, path);

/** Every search of the policy, as a stranger writes it from the specification. */
function searchPaths(): readonly string[] {
  return allowedSearches.map(({ type, patientParameter, discriminator, includes }) => {
    const pairs = [[patientParameter, strangers.custodian.patient], ...(discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)]]), ...includes.map(({ parameter, value }) => [parameter, value])];
    return `${type}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join('&')}`;
  });
}

async function post(resource: object): Promise<{ readonly status: number; readonly location: string | null; readonly body: Resource }> {
  const { resourceType } = resource as Resource;
  const response = await strangers.fetch(`${base()}/${resourceType}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });
  return { status: response.status, location: response.headers.get('location'), body: (await response.json()) as Resource };
}

describe('an R4 validator that is not ours (fhir)', () => {
  it.each<[string, object]>([
    ['without a status', { resourceType: 'Observation', code: { text: 'x' } }],
    ['with a status that is none', { resourceType: 'Observation', status: 'klaar', code: { text: 'x' } }],
    ['with an element that R4 does not know', { resourceType: 'Observation', status: 'final', code: { text: 'x' }, kleur: 'blauw' }],
    ['with a text where a concept is due', { resourceType: 'Observation', status: 'final', code: 'x' }],
    ['without its entry’s mandatory part', { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] }],
  ])('has something against a resource %s', (_, resource) => {
    expect(faultsIn(resource)).not.toEqual([]);
  });

  it('has nothing against any Bundle, or any resource in it, that a search of the policy gives', async () => {
    const seen = new Map<string, Resource>();
    for (const path of searchPaths()) {
      const { status, body } = await ask(path);
      expect([path, status]).toEqual([path, 200]);
      const bundle = body as Bundle;
      expect(faultsIn(bundle)).toEqual([]);
      for (const { resource } of bundle.entry) seen.set(referenceTo(resource), resource);
    }
    for (const resource of seen.values()) expect(faultsIn(resource)).toEqual([]);
    const types = new Set([...seen.values()].map(({ resourceType }) => resourceType));
    expect(types.size).toBeGreaterThan(20);
    recordFigure('issue 4: 8', 'resources that searches gave and an independent validator found clean', seen.size);
    recordFigure('issue 4: 8', 'types of those', types.size);
  });

  it('has nothing against the CapabilityStatement', async () => {
    expect(faultsIn((await ask('metadata', undefined)).body)).toEqual([]);
  });

  it.each<[string, number, () => Promise<{ readonly status: number; readonly body: object }>]>([
    ['no token', 401, () => ask(searchPaths()[0]!, '')],
    ['an unknown parameter', 400, () => ask(`Condition?patient=${strangers.custodian.patient}&_total=accurate`)],
    ['another patient', 403, () => ask('Condition?patient=somebody-else')],
    ['a type outside the policy', 403, () => ask('Encounter/1')],
    ['what is not there', 404, () => ask('Observation/not-there')],
    ['a body that is none', 400, () => post({ resourceType: 'Observation', status: 7 })],
    ['content that breaks the rules', 422, () => post({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, subject: { reference: `Patient/${strangers.custodian.patient}` } })],
  ])('has nothing against the OperationOutcome for %s', async (_, expected, refused) => {
    const { status, body } = await refused();
    expect([status >= 400 && status < 500, faultsIn(body)]).toEqual([true, []]);
    if (expected !== 400) expect(status).toBe(expected);
  });

  it('has nothing against anything that a nurse writes, as it is sent and as it is given back', async () => {
    const samples = [...writtenSamples(strangers.custodian.patient, new Date(Date.now() - 60_000)).values()].flat();
    const author = { actor: strangers.actor.did, practitioner: { identifier: EmployeeIdentifier.parse('e-77'), name: 'V. Reemd' } };
    let accepted = 0;
    for (const { good } of samples) {
      const written: Record<string, string> = {};
      for (const step of stepsOf(good as Write, { id: randomUUID(), patient: strangers.custodian.patient, author })) {
        const resource = step.create(written);
        expect(faultsIn(resource)).toEqual([]);
        const { status, location, body } = await post(resource);
        expect([good.kind, step.name, status, status === 201 ? '' : JSON.stringify(body)]).toEqual([good.kind, step.name, 201, '']);
        const reference = location!.split(`/${strangers.custodian.name}/`)[1]!.replace(/\/_history.*$/, '');
        written[step.name] = reference;
        const back = await ask(reference);
        expect([back.status, faultsIn(back.body)]).toEqual([200, []]);
        accepted += 1;
      }
    }
    expect(samples.length).toBeGreaterThanOrEqual(14);
    recordFigure('issue 4: 8', 'resources written that an independent validator found clean, sent and read back', accepted);
  });
});

describe('a FHIR client that is not ours (fhir-kit-client)', () => {
  /** It takes no fetch of ours, so it finds ours in the place of the platform's: with the actor's certificate. */
  function fhirKit(bearerToken?: string): FhirKitClient {
    const { fetch } = strangers;
    globalThis.fetch = async (input) => {
      const request = input as Request;
      const body = request.method === 'GET' ? null : await request.text();
      return (await fetch(request.url, { method: request.method, headers: Object.fromEntries(request.headers), body })) as unknown as Response;
    };
    return new FhirKitClient({ baseUrl: base(), ...(bearerToken !== undefined && { bearerToken }) });
  }
  const refusal = (attempt: Promise<unknown>) => attempt.then(
    () => 'given',
    (error: { response: { status: number; data: Resource & { issue: { code: string }[] } } }) => [error.response.status, error.response.data.resourceType, error.response.data.issue[0]?.code],
  );
  const pressures = (more: object = {}) => ({ resourceType: 'Observation', searchParams: { patient: strangers.custodian.patient, code: 'http://loinc.org|85354-9', _sort: '-date', ...more } });

  it('discovers what may be asked without a token, and nothing else', async () => {
    const client = fhirKit();
    const statement = (await client.capabilityStatement()) as unknown as { fhirVersion: string; rest: { resource: { type: string }[] }[] };
    expect(statement.fhirVersion).toBe('4.0.1');
    const types = statement.rest[0]!.resource.map(({ type }) => type);
    for (const type of new Set(allowedSearches.map((search) => search.type))) expect(types).toContain(type);
    expect(await refusal(client.search(pressures()))).toEqual([401, 'OperationOutcome', 'login']);
    expect(await refusal(client.read({ resourceType: 'Patient', id: strangers.custodian.patient }))).toEqual([401, 'OperationOutcome', 'login']);
    expect(await refusal(client.create({ resourceType: 'Observation', body: { resourceType: 'Observation' } as never }))).toEqual([401, 'OperationOutcome', 'login']);
  });

  it('searches and follows the next links to the end, each resource once', async () => {
    const client = fhirKit(token);
    const whole = (await client.search(pressures())) as unknown as Bundle;
    const ids: string[] = [];
    let page = (await client.search(pressures({ _count: '1' }))) as unknown as Bundle | undefined;
    for (let pages = 0; page !== undefined && pages < 200; pages += 1) {
      expect(page.entry).toHaveLength(1);
      ids.push(page.entry[0]!.resource.id);
      page = (await client.nextPage({ bundle: page as never })) as unknown as Bundle | undefined;
    }
    expect(ids).toEqual(whole.entry.map(({ resource }) => resource.id));
    expect(ids.length).toBe(whole.total);
    expect(ids.length).toBeGreaterThan(1);
  });

  it('creates, reads back what it created, and understands why a repeat with other content is refused', async () => {
    const client = fhirKit(token);
    const [sample] = writtenSamples(strangers.custodian.patient, new Date(Date.now() - 60_000)).get(5) ?? [];
    const [step] = stepsOf(sample!.good as Write, { id: randomUUID(), patient: strangers.custodian.patient });
    const body = step!.create({}) as never;
    const created = (await client.create({ resourceType: 'Observation', body })) as unknown as Resource;
    expect(await client.read({ resourceType: 'Observation', id: created.id })).toMatchObject({ id: created.id, valueQuantity: { value: 68.5, code: 'kg' } });
    expect(((await client.create({ resourceType: 'Observation', body })) as unknown as Resource).id).toBe(created.id);
    expect(await refusal(client.create({ resourceType: 'Observation', body: { ...(body as object), valueQuantity: { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } } as never }))).toEqual([409, 'OperationOutcome', 'duplicate']);
  });

  it.each<[string, (client: FhirKitClient) => Promise<unknown>, readonly [number, string]]>([
    ['another patient', (client) => client.search({ resourceType: 'Observation', searchParams: { patient: 'somebody-else', code: 'http://loinc.org|85354-9' } }), [403, 'forbidden']],
    ['everything of the patient', (client) => client.operation({ name: '$everything', resourceType: 'Patient', id: strangers.custodian.patient, method: 'GET' }), [403, 'forbidden']],
    ['a change of what is there', (client) => client.update({ resourceType: 'Patient', id: strangers.custodian.patient, body: { resourceType: 'Patient', id: strangers.custodian.patient } as never }), [405, 'not-supported']],
    ['a removal', (client) => client.delete({ resourceType: 'Patient', id: strangers.custodian.patient }), [405, 'not-supported']],
    ['the history of the patient', (client) => client.resourceHistory({ resourceType: 'Patient', id: strangers.custodian.patient }), [403, 'forbidden']],
    ['a transaction', (client) => client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: [] } as never }), [403, 'forbidden']],
  ])('is refused %s in words of FHIR', async (_, attempt, [status, code]) => {
    expect(await refusal(attempt(fhirKit(token)))).toEqual([status, 'OperationOutcome', code]);
  });
});
