import type { ResourceDraft, StoredResource } from '@anw/fhir';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fhirResourceEntities } from '../fhir-resources/fhir-resource-entity.js';
import { createFhirResourceTables } from '../fhir-resources/fhir-resource-tables.js';
import { FhirResourceTable } from '../fhir-resources/fhir-resource-table.js';
import { FhirSourceSettingTable } from './fhir-source-setting-table.js';
import { createFhirSourceTables } from './fhir-source-tables.js';
import { createWriteLedger } from './write-ledger.js';

class CreateFhirSources1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFhirResourceTables(runner);
    await createFhirSourceTables(runner);
  }
  async down(): Promise<void> {}
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const jo = PatientId.parse('jo');
const authorization = DidUrl.parse('did:web:regie.example:iam:r#1');
const origin = { actor: Did.parse('did:web:zorg.example:iam:b'), regisseur: Did.parse('did:web:regie.example:iam:r'), authorization, practitioner: { identifier: EmployeeIdentifier.parse('e-1'), name: 'S. Bakker' } };
const start = new Date('2026-06-13T21:10:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateFhirSources1700000000000], fhirResourceEntities);
});
afterAll(() => test.drop());

const draftOf = (name: string, change: Partial<ResourceDraft> = {}): ResourceDraft => ({
  patient: jo,
  body: { resourceType: 'Observation', status: 'final' },
  identifier: { system: 'urn:ietf:rfc:3986', value: name },
  fingerprint: 'f'.repeat(64),
  origin,
  ...change,
});
const storedAs = (id: string, version: string | number = '3'): StoredResource => ({ resource: { resourceType: 'Observation', id, effectiveDateTime: '2026-06-13T21:00:00Z', valueString: 'Rustig.' }, version, lastUpdated: start });
const ledgerAt = (now: Date, organisation = linde) => createWriteLedger({ database: test.database, organisation, clock: () => now, newId: randomUUID });

describe('ledger of what is written into a system elsewhere (design D18)', () => {
  it('lets one of many that come at once send, under one id', async () => {
    const draft = draftOf(randomUUID());
    const claims = await Promise.all(Array.from({ length: 12 }, () => ledgerAt(start).claim(draft, later(60))));
    expect(claims.filter(({ claim }) => claim === 'granted')).toHaveLength(1);
    expect(claims.filter(({ claim }) => claim === 'under-way')).toHaveLength(11);
  });

  it('lets one of many try again under the same id when an attempt has ended nobody knows how', async () => {
    const draft = draftOf(randomUUID());
    const first = await ledgerAt(start).claim(draft, later(60));
    expect(await ledgerAt(later(59)).claim(draft, later(120))).toEqual({ claim: 'under-way' });
    const again = await Promise.all(Array.from({ length: 8 }, () => ledgerAt(later(61)).claim(draft, later(121))));
    expect(again.filter(({ claim }) => claim === 'granted')).toEqual([{ claim: 'granted', id: first.claim === 'granted' && first.id, again: true }]);
    await ledgerAt(later(62)).yieldClaim(draft, later(62));
    expect(await ledgerAt(later(62)).claim(draft, later(122))).toMatchObject({ claim: 'granted', again: true });
  });

  it('answers a repeat with what was stored, with the version that the system gave', async () => {
    const draft = draftOf(randomUUID());
    const ledger = ledgerAt(start);
    await ledger.claim(draft, later(60));
    await ledger.settle(draft, storedAs('s-repeat', 'W.7'));
    expect(await ledger.claim(draft, later(60))).toEqual({ claim: 'written', stored: storedAs('s-repeat', 'W.7') });
    await ledger.release(draft);
    expect(await ledger.claim(draft, later(60))).toMatchObject({ claim: 'written' });
  });

  it.each<[string, Partial<ResourceDraft>]>([
    ['other content', { fingerprint: 'e'.repeat(64) }],
    ['another patient', { patient: PatientId.parse('piet') }],
    ['another authorization', { origin: { ...origin, authorization: DidUrl.parse('did:web:regie.example:iam:r#2') } }],
  ])('calls the same name for %s a duplicate', async (_, change) => {
    const name = randomUUID();
    await ledgerAt(start).claim(draftOf(name), later(60));
    expect(await ledgerAt(later(100)).claim(draftOf(name, change), later(160))).toEqual({ claim: 'duplicate' });
  });

  it('forgets what the system refused', async () => {
    const draft = draftOf(randomUUID());
    await ledgerAt(start).claim(draft, later(60));
    await ledgerAt(start).release(draft);
    expect(await ledgerAt(start).claim(draft, later(60))).toMatchObject({ claim: 'granted', again: false });
  });

  it('keeps a copy of what came in, also where our own store once had something of that name', async () => {
    await test.database.withOrganisation(linde, (tx) =>
      tx.query(`INSERT INTO fhir_resource (organisation_id, type, id, version, patient_id, body, sort_date, last_updated) VALUES ($1, 'Observation', 's-old', 4, 'jo', '{"resourceType":"Observation","id":"s-old"}', now(), now())`, [linde]),
    );
    const draft = draftOf(randomUUID());
    await ledgerAt(start).claim(draft, later(60));
    await ledgerAt(start).settle(draft, storedAs('s-old'));
    const wanted = { type: 'Observation', id: 's-old', patient: jo, authorization };
    const kept = await test.database.withOrganisation(linde, (tx) => new FhirResourceTable(tx, { clock: () => start, newId: randomUUID }).readWritten(wanted));
    expect(kept).toMatchObject({ resource: { valueString: 'Rustig.' } });
  });

  it('gives what the same write became once it was settled, and to no other write', async () => {
    const draft = draftOf(randomUUID());
    const ledger = ledgerAt(start);
    await ledger.claim(draft, later(60));
    expect(await ledger.findSettled(draft)).toBeUndefined();
    await ledger.settle(draft, storedAs('s-settled'));
    expect(await ledger.findSettled(draft)).toMatchObject({ resource: { id: 's-settled' } });
    expect(await ledger.findSettled({ ...draft, fingerprint: 'other' })).toBeUndefined();
    expect(await ledger.findSettled({ ...draft, patient: PatientId.parse('piet') })).toBeUndefined();
  });

  it('knows what was written under an authorization for a patient, and nothing that is still under way', async () => {
    const draft = draftOf(randomUUID());
    const ledger = ledgerAt(start);
    const claim = await ledger.claim(draft, later(60));
    const wanted = { type: 'Observation', id: 's-mine', patient: jo, authorization };
    expect(await ledger.isWritten({ ...wanted, id: claim.claim === 'granted' ? claim.id : '' })).toBe(false);
    await ledger.settle(draft, storedAs('s-mine'));
    expect(await ledger.isWritten(wanted)).toBe(true);
    expect(await ledger.isWritten({ ...wanted, patient: PatientId.parse('piet') })).toBe(false);
    expect(await ledger.isWritten({ ...wanted, authorization: DidUrl.parse('did:web:regie.example:iam:r#2') })).toBe(false);
    expect(await ledgerAt(start, vecht).isWritten(wanted)).toBe(false);
  });

  it('of one organisation is not that of another', async () => {
    const draft = draftOf(randomUUID());
    await ledgerAt(start).claim(draft, later(60));
    expect(await ledgerAt(start, vecht).claim(draft, later(60))).toMatchObject({ claim: 'granted', again: false });
  });
});

describe('settings of a source in PostgreSQL', () => {
  const inOrganisation = <T>(organisation: OrganisationId, work: (table: FhirSourceSettingTable) => Promise<T>) => test.database.withOrganisation(organisation, (tx) => work(new FhirSourceSettingTable(tx)));

  it('are what was saved last, of that organisation alone, until they are taken away', async () => {
    expect(await inOrganisation(linde, (table) => table.findSource())).toBeUndefined();
    for (const sealed of ['one', 'two']) await inOrganisation(linde, (table) => table.saveSource({ encryptionKeyId: 'k', sealed: Buffer.from(sealed) }, start));
    expect(await inOrganisation(linde, (table) => table.findSource())).toEqual({ encryptionKeyId: 'k', sealed: Buffer.from('two') });
    expect(await inOrganisation(vecht, (table) => table.findSource())).toBeUndefined();
    expect(await inOrganisation(vecht, (table) => table.deleteSource())).toBe(false);
    expect(await inOrganisation(linde, (table) => table.deleteSource())).toBe(true);
    expect(await inOrganisation(linde, (table) => table.findSource())).toBeUndefined();
  });
});
