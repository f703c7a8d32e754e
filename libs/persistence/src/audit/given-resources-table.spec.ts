import type { AuditEvent } from '@anw/audit';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { DidUrl, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditEntities } from './audit-entity.js';
import { AuditLogTable } from './audit-log-table.js';
import { nameOrganisationsInAudit } from './audit-names.js';
import { createAuditTables } from './audit-tables.js';
import { GivenResourcesTable } from './given-resources-table.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const jo = PatientId.parse('jo');
const tonight = DidUrl.parse('did:web:regie.example:iam:1#tonight');
const lastNight = DidUrl.parse('did:web:regie.example:iam:1#last-night');

class CreateAudit1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAuditTables(runner);
    await nameOrganisationsInAudit(runner);
  }
  async down(): Promise<void> {}
}

describe('what an authorization has been given (§10.1)', () => {
  let test: TestDatabase;

  function append(changes: Partial<AuditEvent>): Promise<void> {
    const row: AuditEvent = { id: randomUUID(), name: 'fhir.search', outcome: 'success', at: new Date('2026-01-01T20:00:00Z'), patient: jo, authorization: tonight, ...changes };
    return test.database.withOrganisation(linde, (tx) => new AuditLogTable(tx).append(row));
  }

  const given = async (patient = jo, authorization = tonight, organisation = linde) =>
    [...(await test.database.withOrganisation(organisation, (tx) => new GivenResourcesTable(tx).findGiven({ patient, authorization })))].sort();

  beforeAll(async () => {
    test = await createTestDatabase([CreateAudit1700000000000], auditEntities);
    await append({ resources: ['Observation/o1/_history/2', 'Observation/o2/_history/1'] });
    await append({ resources: ['Observation/o1/_history/3'] });
    await append({ name: 'fhir.read', resources: ['PractitionerRole/r1/_history/1'] });
    await append({ name: 'fhir.create', resources: ['Observation/written/_history/1'] });
    await append({ name: 'fhir.refused', outcome: 'serious-failure', resources: ['Observation/refused/_history/1'] });
    await append({ authorization: lastNight, resources: ['Observation/last-night/_history/1'] });
    await append({ patient: PatientId.parse('piet'), resources: ['Observation/piet/_history/1'] });
  });
  afterAll(() => test.drop());

  it('is what its searches and reads disclosed, each once, whatever the version', async () => {
    expect(await given()).toEqual(['Observation/o1', 'Observation/o2', 'PractitionerRole/r1']);
  });

  it('is its own and no other authorization’s', async () => expect(await given(jo, lastNight)).toEqual(['Observation/last-night']));

  it('is of the patient asked about', async () => expect(await given(PatientId.parse('piet'))).toEqual(['Observation/piet']));

  it('is nothing at another organisation', async () => expect(await given(jo, tonight, vecht)).toEqual([]));

  it('is nothing where nothing was asked', async () => expect(await given(PatientId.parse('nobody'))).toEqual([]));

  it('is found by the patient’s events, newest first, without reading the rest of the log', async () => {
    const plan = await test.database.withOrganisation(linde, (tx) =>
      tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT resources FROM audit_event WHERE organisation_id = '${linde}' AND patient = 'jo' ORDER BY sequence DESC LIMIT 5000`),
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/audit_event_of_patient/);
  });
});
