import { allowedReads, allowedSearches, type IdentifiedResource, judgeCreate, type PointedAt, type ResourceDraft, resourceOf, type SourceSearch, type WriteContext } from '@anw/fhir';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Bsn, Did, DidUrl, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { fhirResourceEntities } from './fhir-resource-entity.js';
import { FhirResourceTable } from './fhir-resource-table.js';
import { createFhirResourceTables } from './fhir-resource-tables.js';
import { type OwnPatientQuery, PatientCardTable } from './patient-card-table.js';
import { PatientSearchTable } from './patient-search-table.js';
import { ResourceLoadTable } from './resource-load-table.js';

class CreateFhirResources1700000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createFhirResourceTables(runner);
  }
  async down(): Promise<void> {}
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const jo = PatientId.parse('jo');
const piet = PatientId.parse('piet');
const searchKey = randomBytes(32);
const now = new Date('2026-06-13T21:10:00.123Z');

const [patientSearch, bloodPressureSearch, reportSearch] = ['patient', 'blood-pressure', 'nursing-report'].map((name) => allowedSearches.find((search) => search.name === name));
if (patientSearch === undefined || bloodPressureSearch === undefined || reportSearch === undefined) throw new Error('the policy lost a search');

function person(id: string, family: string, bsn: string, changes: object = {}): IdentifiedResource {
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: bsn }],
    name: [{ use: 'official', family, given: ['J.'] }],
    birthDate: '1934-04-28',
    generalPractitioner: [{ reference: 'PractitionerRole/gp' }],
    ...changes,
  };
}

function measured(id: string, patient: PatientId, at: string, code?: object): IdentifiedResource {
  return { ...resourceOf({ kind: 'blood-pressure', input: { systolic: 120, diastolic: 80, measuredAt: new Date(at).toISOString() } }, { id, patient }), id, ...(code === undefined ? {} : { code }) };
}

const practice: readonly IdentifiedResource[] = [
  { resourceType: 'PractitionerRole', id: 'gp', organization: { reference: 'Organization/practice' }, practitioner: { reference: 'Practitioner/doctor' } },
  { resourceType: 'Organization', id: 'practice', name: 'Huisartsen Hoogmade' },
  { resourceType: 'Practitioner', id: 'doctor' },
];

const loaded: readonly IdentifiedResource[] = [
  person(jo, 'Putten', '999990019'),
  person(piet, 'Jansen', '999990020'),
  ...practice,
  ...Array.from({ length: 7 }, (_, day) => measured(`bp-${day}`, jo, `2026-06-0${day + 1}T10:00:00Z`)),
  measured('bp-piet', piet, '2026-06-12T10:00:00Z'),
  measured('hr-jo', jo, '2026-06-12T10:00:00Z', { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }),
];

const context: WriteContext = {
  patient: jo,
  origin: {
    actor: Did.parse('did:web:zorg.example:iam:2'),
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now,
};

function draftOf(id: string, changes: { text?: string; context?: Partial<WriteContext>; identifier?: undefined } = {}): ResourceDraft {
  const where = { ...context, ...changes.context };
  const resource = resourceOf({ kind: 'nursing-report', input: { text: changes.text ?? 'Avondzorg geleverd.', writtenAt: now.toISOString() } }, { id, patient: where.patient });
  const prepared = judgeCreate(JSON.stringify('identifier' in changes ? { ...resource, identifier: undefined } : resource), 'Observation', where);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.failure));
  return prepared.value.draft;
}

let test: TestDatabase;

function at<T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return test.database.withOrganisation(organisation, work);
}

function source(tx: Transaction): FhirResourceTable {
  return new FhirResourceTable(tx, { clock: () => now, newId: randomUUID });
}

function load(organisation: OrganisationId, resources: readonly IdentifiedResource[]) {
  return at(organisation, (tx) => new ResourceLoadTable(tx, { clock: () => now, searchKey }).loadResources(resources));
}

function search(wanted: Partial<SourceSearch> = {}, organisation = linde) {
  return at(organisation, (tx) => source(tx).search({ patient: jo, search: bloodPressureSearch!, count: 5, ...wanted }));
}

beforeAll(async () => {
  test = await createTestDatabase([CreateFhirResources1700000000000], fhirResourceEntities);
  await load(linde, loaded);
});
afterAll(() => test.drop());

describe('search of one patient, one code, newest first', () => {
  it('finds the newest five and counts all', async () => {
    const { total, matches, next } = await search();
    expect(total).toBe(7);
    expect(matches.map(({ resource }) => resource.id)).toEqual(['bp-6', 'bp-5', 'bp-4', 'bp-3', 'bp-2']);
    expect(next).toEqual({ date: new Date('2026-06-03T10:00:00Z'), id: 'bp-2' });
  });

  it('goes on where the last page ended, and ends', async () => {
    const first = await search();
    const second = await search({ after: first.next! });
    expect(second.matches.map(({ resource }) => resource.id)).toEqual(['bp-1', 'bp-0']);
    expect([second.total, second.next]).toEqual([7, undefined]);
  });

  it('gives every resource once when many are of the same moment', async () => {
    const same = Array.from({ length: 5 }, (_, index) => measured(`same-${index}`, piet, '2026-06-01T10:00:00Z'));
    await load(vecht, [person(piet, 'Jansen', '999990020'), ...same]);
    const seen: string[] = [];
    for (let page = await search({ patient: piet, count: 2 }, vecht); ; page = await search({ patient: piet, count: 2, after: page.next! }, vecht)) {
      seen.push(...page.matches.map(({ resource }) => resource.id));
      if (page.next === undefined) break;
    }
    expect(seen).toEqual(['same-4', 'same-3', 'same-2', 'same-1', 'same-0']);
  });

  it('finds nothing of another patient', async () => {
    expect((await search({ patient: piet })).matches.map(({ resource }) => resource.id)).toEqual(['bp-piet']);
    expect(await search({ patient: PatientId.parse('nobody') })).toEqual({ total: 0, matches: [], included: [] });
  });

  it('finds any of several codes once each, newest first', async () => {
    const either = { ...bloodPressureSearch!, discriminator: { parameter: 'code', tokens: ['http://loinc.org|85354-9', 'http://loinc.org|8867-4'] } };
    const { total, matches } = await search({ search: either, count: 3 });
    expect([total, matches.map(({ resource }) => resource.id)]).toEqual([8, ['hr-jo', 'bp-6', 'bp-5']]);
  });

  it('finds the whole type when the policy names no code', async () => {
    const { discriminator: _discriminator, ...whole } = bloodPressureSearch!;
    expect((await search({ search: whole })).total).toBe(8);
  });

  it('reads one range of the index', async () => {
    const plan = await at(linde, (tx) =>
      tx.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT sort_date, resource_id FROM fhir_search_token WHERE organisation_id = '${linde}' AND patient_id = 'jo' AND type = 'Observation'
         AND parameter = 'code' AND token = 'x' AND (sort_date, resource_id) < ('infinity', '') ORDER BY sort_date DESC, resource_id DESC LIMIT 6`,
      ),
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Only Scan Backward using fhir_search_token_pkey/);
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toMatch(/Sort/);
  });
});

describe('patient with general practitioner', () => {
  it('comes with the includes of the policy and no other', async () => {
    const { total, matches, included } = await search({ search: patientSearch! });
    expect([total, matches.map(({ resource }) => resource.id)]).toEqual([1, ['jo']]);
    expect(included.map(({ resource }) => `${resource.resourceType}/${resource.id}`)).toEqual(['PractitionerRole/gp', 'Organization/practice']);
  });

  it('includes nothing that belongs to another patient', async () => {
    await load(vecht, [person('x', 'Bakker', '999990044', { generalPractitioner: [{ reference: 'Organization/secret' }] }), { resourceType: 'Organization', id: 'secret', subject: { reference: 'Patient/y' } }]);
    expect((await search({ patient: PatientId.parse('x'), search: patientSearch! }, vecht)).included).toEqual([]);
  });

  it('is read by id', async () => expect((await at(linde, (tx) => source(tx).readPatient(jo)))?.resource.id).toBe('jo'));
});

describe('read of what something given points at (§10.1)', () => {
  const specimens: readonly IdentifiedResource[] = [
    { resourceType: 'Specimen', id: 's-jo', subject: { reference: 'Patient/jo' } },
    { resourceType: 'Specimen', id: 's-jo-2', subject: { reference: 'Patient/jo' } },
    { resourceType: 'Specimen', id: 's-piet', subject: { reference: 'Patient/piet' } },
    { ...measured('lab-jo', jo, '2026-05-01T10:00:00Z', { coding: [{ system: 'http://loinc.org', code: '15074-8' }] }), specimen: { reference: 'Specimen/s-jo' }, performer: [{ reference: 'Organization/practice' }] },
    { ...measured('lab-piet', piet, '2026-05-01T10:00:00Z'), specimen: { reference: 'Specimen/s-piet' }, focus: [{ reference: 'Specimen/s-jo' }] },
    { ...measured('lab-jo-wrong', jo, '2026-05-01T10:00:00Z', { coding: [{ system: 'http://loinc.org', code: '15074-8' }] }), specimen: { reference: 'Specimen/s-piet' }, focus: [{ reference: 'Specimen/s-jo-2' }] },
    { resourceType: 'Composition', id: 'soap-jo', subject: { reference: 'Patient/jo' }, section: [{ entry: [{ reference: 'Observation/bp-0' }] }, { entry: [{ reference: 'Observation/bp-1' }, { reference: 'Observation/bp-2' }] }] },
  ];
  const bySpecimen = [{ from: 'Observation', path: ['specimen'] }];
  const bySection = [{ from: 'Composition', path: ['section', 'entry'] }];
  const anywhere = [{ path: [] }];

  beforeAll(() => load(linde, specimens));

  function readPointedAt(reference: string, wanted: Partial<PointedAt>, organisation = linde) {
    const [type = '', id = ''] = reference.split('/');
    return at(organisation, (tx) => source(tx).readPointedAt({ type, id, patient: jo, given: ['Observation/lab-jo'], by: bySpecimen, ...wanted }));
  }

  it.each<[string, string, Partial<PointedAt>]>([
    ['a specimen of a result', 'Specimen/s-jo', {}],
    ['a line of a report, in whichever section', 'Observation/bp-2', { given: ['Patient/jo', 'Composition/soap-jo'], by: bySection }],
    ['an organisation, by any element', 'Organization/practice', { by: anywhere }],
    ['a person, through the role that was given', 'Practitioner/doctor', { given: ['PractitionerRole/gp'], by: anywhere }],
  ])('finds %s', async (_what, reference, wanted) => {
    const found = await readPointedAt(reference, wanted);
    expect(`${found?.resource.resourceType}/${found?.resource.id}`).toBe(reference);
  });

  it.each<[string, string, Partial<PointedAt>]>([
    ['what nothing given points at', 'Specimen/s-jo-2', {}],
    ['what is pointed at from another element', 'Specimen/s-jo-2', { given: ['Observation/lab-jo-wrong'] }],
    ['what only a resource that was not given points at', 'Specimen/s-jo', { given: ['Observation/bp-0'] }],
    ['what a resource of another type points at', 'Observation/bp-2', { given: ['Composition/soap-jo'], by: [{ from: 'DiagnosticReport', path: ['section', 'entry'] }] }],
    ['what another patient’s resource points at', 'Specimen/s-jo', { given: ['Observation/lab-piet'], by: anywhere }],
    ['another patient’s, although it is pointed at', 'Specimen/s-piet', { given: ['Observation/lab-jo-wrong'] }],
    ['what is not there', 'Specimen/nothing', {}],
    ['anything when nothing was given', 'Specimen/s-jo', { given: [] }],
    ['a reference that is no reference', 'Specimen/s-jo', { given: ['', 'Observation', 'Observation/'] }],
    ['anything under no pointer', 'Specimen/s-jo', { by: [] }],
  ])('finds no %s', async (_what, reference, wanted) => expect(await readPointedAt(reference, wanted)).toBeUndefined());

  it('finds nothing of another organisation', async () => expect(await readPointedAt('Specimen/s-jo', {}, vecht)).toBeUndefined());

  it('takes every pointer that the policy names', async () => {
    const names = allowedReads.flatMap((read) => (read.which === 'pointed-at' ? [read.by] : []));
    for (const by of names) expect(await readPointedAt('Specimen/nothing', { by })).toBeUndefined();
  });
});

describe('two organisations in one database', () => {
  it('shows the other organisation nothing by search, read or name', async () => {
    const seen = await at(vecht, async (tx) => [
      (await source(tx).search({ patient: jo, search: bloodPressureSearch!, count: 5 })).total,
      await source(tx).readPatient(jo),
      await new PatientSearchTable(tx, searchKey).isInCare(jo),
      (await new PatientSearchTable(tx, searchKey).findPatients({ bsn: Bsn.parse('999990019') })).length,
    ]);
    expect(seen).toEqual([0, undefined, false, 0]);
  });

  it.each(['fhir_resource', 'fhir_search_token', 'fhir_patient_key'])('shows the other organisation no row of %s, even when a query names none', async (table) => {
    await load(linde, [person('z', 'Smit', '999990056')]);
    const [row] = await at(vecht, (tx) => tx.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${table} WHERE organisation_id = '${linde}'`));
    expect(row?.count).toBe(0);
  });

  it('lets both have a patient with the same id', async () => {
    await load(vecht, [person(jo, 'Anders', '999990068')]);
    const names = await Promise.all([linde, vecht].map((organisation) => at(organisation, (tx) => source(tx).readPatient(jo))));
    expect(names.map((found) => (found?.resource['name'] as { family: string }[])[0]?.family)).toEqual(['Putten', 'Anders']);
  });
});

describe('write-back, exactly once (D18)', () => {
  it('stores it under a new id, marked with its source', async () => {
    const created = await at(linde, (tx) => source(tx).create(draftOf(randomUUID())));
    expect(created).toMatchObject({ outcome: 'created', stored: { version: 1, lastUpdated: now, resource: { meta: { source: 'did:web:zorg.example:iam:2' }, valueString: 'Avondzorg geleverd.' } } });
  });

  it('can be found at once', async () => {
    const created = await at(linde, (tx) => source(tx).create(draftOf(randomUUID(), { text: 'zojuist' })));
    const found = await search({ search: reportSearch!, count: 100 });
    expect(created.outcome === 'created' && found.matches.some(({ resource }) => resource.id === created.stored.resource.id)).toBe(true);
  });

  it('answers a repeat with the first result', async () => {
    const id = randomUUID();
    const first = await at(linde, (tx) => source(tx).create(draftOf(id)));
    expect(await at(linde, (tx) => source(tx).create(draftOf(id)))).toEqual({ ...first, outcome: 'repeated' });
  });

  it('stores once when twenty arrive together', async () => {
    const draft = draftOf(randomUUID(), { text: 'tegelijk' });
    const results = await Promise.all(Array.from({ length: 20 }, () => at(linde, (tx) => source(tx).create(draft))));
    expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(new Set(results.map((result) => (result.outcome === 'duplicate' ? 'duplicate' : result.stored.resource.id))).size).toBe(1);
  });

  it('calls other content under the same identifier a duplicate', async () => {
    const id = randomUUID();
    await at(linde, (tx) => source(tx).create(draftOf(id)));
    expect(await at(linde, (tx) => source(tx).create(draftOf(id, { text: 'anders' })))).toEqual({ outcome: 'duplicate' });
  });

  it('calls the same identifier for another patient, or under another authorization, a duplicate', async () => {
    const id = randomUUID();
    await at(linde, (tx) => source(tx).create(draftOf(id)));
    const authorization = DidUrl.parse('did:web:regie.example:iam:1#b');
    for (const changes of [{ patient: piet }, { origin: { ...context.origin, authorization } }]) {
      expect(await at(linde, (tx) => source(tx).create(draftOf(id, { context: changes })))).toEqual({ outcome: 'duplicate' });
    }
  });

  it('keeps the identifiers of two actors apart', async () => {
    const id = randomUUID();
    await at(linde, (tx) => source(tx).create(draftOf(id)));
    const actor = Did.parse('did:web:zorg.example:iam:3');
    expect((await at(linde, (tx) => source(tx).create(draftOf(id, { context: { origin: { ...context.origin, actor } } })))).outcome).toBe('created');
  });

  it('takes equal content without an identifier as the same write', async () => {
    const draft = draftOf(randomUUID(), { text: 'zonder kenmerk', identifier: undefined });
    const outcomes = [await at(linde, (tx) => source(tx).create(draft)), await at(linde, (tx) => source(tx).create(draft))].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['created', 'repeated']);
  });

  it('leaves nothing when the transaction that should log it fails (D17)', async () => {
    const draft = draftOf(randomUUID(), { text: 'niet gelogd' });
    await expect(
      at(linde, async (tx) => {
        await source(tx).create(draft);
        throw new Error('log is full');
      }),
    ).rejects.toThrow('log is full');
    expect((await at(linde, (tx) => source(tx).create(draft))).outcome).toBe('created');
  });

  it('can be read back under the authorization that wrote it, and by nobody else', async () => {
    const created = await at(linde, (tx) => source(tx).create(draftOf(randomUUID())));
    if (created.outcome !== 'created') throw new Error('not created');
    const wanted = { type: 'Observation', id: created.stored.resource.id, patient: jo, authorization: context.origin.authorization };
    const read = (changes: Partial<typeof wanted>, organisation = linde) => at(organisation, (tx) => source(tx).readWritten({ ...wanted, ...changes }));
    expect((await read({}))?.resource).toEqual(created.stored.resource);
    expect(await Promise.all([read({ patient: piet }), read({ authorization: DidUrl.parse('did:web:regie.example:iam:1#b') }), read({ id: 'bp-1' }), read({}, vecht)])).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('loading by the organisation itself', () => {
  const de = PatientId.parse('load-1');

  it('replaces what is there under the next version, and its codes with it', async () => {
    await load(linde, [person(de, 'Oud', '999990032'), measured('l1', de, '2026-06-01T10:00:00Z')]);
    await load(linde, [measured('l1', de, '2026-06-02T10:00:00Z', { coding: [{ system: 'http://loinc.org', code: '8867-4' }] })]);
    expect((await search({ patient: de })).total).toBe(0);
    const whole = await search({ patient: de, search: { ...bloodPressureSearch!, discriminator: { parameter: 'code', tokens: ['http://loinc.org|8867-4'] } } });
    expect(whole.matches.map(({ version }) => version)).toEqual([2]);
  });

  it('leaves alone what an actor wrote back', async () => {
    const created = await at(linde, (tx) => source(tx).create(draftOf(randomUUID(), { text: 'blijft' })));
    if (created.outcome !== 'created') throw new Error('not created');
    const { resource } = created.stored;
    expect(await load(linde, [{ ...resource, valueString: 'overschreven' }])).toEqual({ loaded: 0, refused: [{ reference: `Observation/${resource.id}`, reason: 'written-back' }] });
    const found = await search({ search: reportSearch!, count: 100 });
    expect(found.matches.find((match) => match.resource.id === resource.id)?.resource['valueString']).toBe('blijft');
  });

  it('refuses what nobody could be authorised to see, and what PostgreSQL cannot keep', async () => {
    const { subject: _subject, ...ownerless } = measured('l2', de, '2026-06-01T10:00:00Z');
    expect(await load(linde, [ownerless as IdentifiedResource, { ...measured('l3', de, '2026-06-01T10:00:00Z'), valueString: 'a\u0000b' }, { ...measured('l4', de, '2026-06-01T10:00:00Z'), valueString: '\ud800' }])).toEqual({
      loaded: 0,
      refused: [
        { reference: 'Observation/l2', reason: 'no-patient' },
        { reference: 'Observation/l3', reason: 'not-storable' },
        { reference: 'Observation/l4', reason: 'not-storable' },
      ],
    });
  });

  it('refuses how to get into a home, which is kept apart and sealed', async () => {
    expect(await load(linde, [{ resourceType: 'Location', id: 'key-safe', description: 'Sleutelkast, code 4711' }])).toEqual({ loaded: 0, refused: [{ reference: 'Location/key-safe', reason: 'home-access' }] });
  });

  it('takes a thousand at once', async () => {
    const many = Array.from({ length: 1_100 }, (_, index) => measured(`m${index}`, de, '2026-06-01T10:00:00Z'));
    expect(await load(linde, many)).toEqual({ loaded: 1_100, refused: [] });
    expect((await search({ patient: de })).total).toBe(1_100);
  });

  it('takes nothing', async () => expect(await load(linde, [])).toEqual({ loaded: 0, refused: [] }));
});

describe('narrow search of a regisseur', () => {
  const find = (query: Parameters<PatientSearchTable['findPatients']>[0], key = searchKey) => at(linde, (tx) => new PatientSearchTable(tx, key).findPatients(query));

  it('finds by family name and birth date, with minimal fields back', async () => {
    expect(await find({ familyName: 'putten', birthDate: '1934-04-28' })).toEqual([{ id: 'jo', name: 'J. Putten', birthDate: '1934-04-28' }]);
  });

  it('finds by BSN', async () => expect((await find({ bsn: Bsn.parse('999990019') })).map(({ id }) => id)).toEqual(['jo']));

  it.each([
    ['another birth date', { familyName: 'Putten', birthDate: '1934-04-29' }],
    ['part of the name', { familyName: 'Put', birthDate: '1934-04-28' }],
    ['a wildcard', { familyName: '%', birthDate: '1934-04-28' }],
  ])('finds nobody by %s', async (_what, query) => expect(await find(query)).toEqual([]));

  it('finds nobody with another key', async () => expect(await find({ bsn: Bsn.parse('999990019') }, randomBytes(32))).toEqual([]));

  it('keeps no BSN and no name in its table', async () => {
    const rows = await at(linde, (tx) => tx.query('SELECT * FROM fhir_patient_key'));
    expect(JSON.stringify(rows)).not.toMatch(/999990019|putten/i);
  });

  it('forgets the old name when the patient is loaded anew, and does not find the deceased', async () => {
    await load(linde, [person('moved', 'Vroeger', '999990081')]);
    await load(linde, [person('moved', 'Nu', '999990081')]);
    expect(await find({ familyName: 'Vroeger', birthDate: '1934-04-28' })).toEqual([]);
    expect(await find({ familyName: 'Nu', birthDate: '1934-04-28' })).toHaveLength(1);
    await load(linde, [person('moved', 'Nu', '999990081', { deceasedBoolean: true })]);
    expect(await find({ familyName: 'Nu', birthDate: '1934-04-28' })).toEqual([]);
    expect(await at(linde, (tx) => new PatientSearchTable(tx, searchKey).isInCare(PatientId.parse('moved')))).toBe(false);
  });
});

describe('patients as their own organisation looks for them', () => {
  const eik = OrganisationId.parse('33333333-3333-4333-8333-333333333333');
  const named = (id: string, family: string, given: readonly string[], birthDate: string, more: object = {}) => person(id, family, '999990019', { name: [{ family, given }], birthDate, ...more });
  beforeAll(() => load(eik, [named('lucja', 'Łukasz-de Wit', ['Łucja'], '1951-02-03'), named('anne', 'Müller', ['Anne', 'Marie'], '1940-12-31'), named('ans', 'Muller', ['Ans'], '1951-02-03', { active: false }), ...Array.from({ length: 4 }, (_, index) => named(`veel-${index}`, 'Vermeer', ['V.'], '1930-01-01'))]));
  const find = async (query: OwnPatientQuery, organisation = eik, limit = 3) => at(organisation, (tx) => new PatientCardTable(tx).find(query, limit));
  const found = async (query: OwnPatientQuery, organisation = eik) => (await find(query, organisation)).patients.map(({ id }) => id);

  it.each([
    ['a part of a name', { name: 'wit' }, ['lucja']],
    ['a name without its accents, or with them', { name: 'MULLER' }, ['anne', 'ans']],
    ['letters that have no accent to lose', { name: 'łukasz' }, ['lucja']],
    ['names in any order', { name: 'müller anne' }, ['anne']],
    ['a birth date', { birthDate: '1951-02-03' }, ['ans', 'lucja']],
    ['a name and a birth date', { name: 'muller', birthDate: '1951-02-03' }, ['ans']],
    ['another birth date', { name: 'muller', birthDate: '1951-02-04' }, []],
    ['what is no letter', { name: '% _' }, []],
    ['nothing', {}, []],
  ])('are found by %s', async (_, query, expected) => expect((await found(query)).toSorted()).toEqual(expected));

  it('are told to be more than are shown, and to have left', async () => {
    const many = await find({ name: 'vermeer' });
    expect([many.patients.length, many.more]).toEqual([3, true]);
    expect((await find({ name: 'ans' })).patients).toMatchObject([{ id: 'ans', inCare: false }]);
  });

  it('are no other organisation’s', async () => expect(await found({ name: 'vermeer' }, linde)).toEqual([]));

  it('are named many at once, without those whom nobody knows', async () => {
    const cards = await at(eik, (tx) => new PatientCardTable(tx).readCards(['anne', 'lucja', 'anne', 'nobody'].map((id) => PatientId.parse(id))));
    expect([...cards].map(([id, { birthDate }]) => [id, birthDate]).toSorted()).toEqual([['anne', '1940-12-31'], ['lucja', '1951-02-03']]);
    expect((await at(linde, (tx) => new PatientCardTable(tx).readCards([PatientId.parse('anne')]))).size).toBe(0);
  });
});
