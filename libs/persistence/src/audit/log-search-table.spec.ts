import type { AuditEvent, LogSearch } from '@anw/audit';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditEntities } from './audit-entity.js';
import { AuditLogTable } from './audit-log-table.js';
import { nameOrganisationsInAudit } from './audit-names.js';
import { createAuditTables } from './audit-tables.js';
import { LogSearchTable } from './log-search-table.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const regie = Did.parse('did:web:regie.example:iam:6f0c');
const zorg = Did.parse('did:web:zorg.example:iam:41d2');

class CreateAudit1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAuditTables(runner);
    await nameOrganisationsInAudit(runner);
  }
  async down(): Promise<void> {}
}

describe('search in the log by a privacy officer', () => {
  let test: TestDatabase;
  const rows: readonly AuditEvent[] = [
    { name: 'fhir.search', outcome: 'success', at: '20:00', patient: 'p-1', practitioner: 'e-1', actor: zorg },
    { name: 'fhir.read', outcome: 'success', at: '21:00', patient: 'p-2', practitioner: 'e-1', actor: zorg },
    { name: 'fhir.refused', outcome: 'serious-failure', at: '22:00', patient: 'p-1', practitioner: 'e-2', actor: zorg, regisseur: regie },
    { name: 'log.read', outcome: 'success', at: '23:00' },
  ].map(({ at, patient, practitioner, ...row }) => ({
    ...row,
    id: randomUUID(),
    at: new Date(`2026-01-01T${at}:00.000Z`),
    resources: [],
    ...(patient && { patient: PatientId.parse(patient) }),
    ...(practitioner && { practitioner: { identifier: EmployeeIdentifier.parse(practitioner) } }),
  })) as AuditEvent[];

  beforeAll(async () => {
    test = await createTestDatabase([CreateAudit1700000000000], auditEntities);
    await test.database.withOrganisation(linde, async (tx) => {
      for (const row of rows) await new AuditLogTable(tx).append(row);
    });
  });
  afterAll(() => test.drop());

  const search = (filter: Partial<LogSearch>, organisation = linde) =>
    test.database.withOrganisation(organisation, (tx) => new LogSearchTable(tx).searchLog({ limit: 10, ...filter }));
  const found = async (filter: Partial<LogSearch>) => (await search(filter)).map(({ event }) => rows.findIndex(({ id }) => id === event.id));

  it('gives the newest first', async () => expect(await found({})).toEqual([3, 2, 1, 0]));
  it('finds by patient', async () => expect(await found({ patient: PatientId.parse('p-1') })).toEqual([2, 0]));
  it('finds by practitioner', async () => expect(await found({ practitioner: EmployeeIdentifier.parse('e-1') })).toEqual([1, 0]));
  it('finds by the organisation on whose behalf', async () => expect(await found({ actor: zorg })).toEqual([2, 1, 0]));
  it('finds by the regisseur through whom', async () => expect(await found({ regisseur: regie })).toEqual([2]));
  it('finds by outcome', async () => expect(await found({ outcome: 'serious-failure' })).toEqual([2]));
  it('finds by several at once', async () => {
    expect(await found({ patient: PatientId.parse('p-1'), outcome: 'success' })).toEqual([0]);
    expect(await found({ patient: PatientId.parse('p-1'), practitioner: EmployeeIdentifier.parse('e-2'), actor: zorg, regisseur: regie, name: 'fhir.refused', outcome: 'serious-failure', from: new Date('2026-01-01T22:00:00Z'), until: new Date('2026-01-01T23:00:00Z') })).toEqual([2]);
    expect(await found({ patient: PatientId.parse('p-2'), regisseur: regie })).toEqual([]);
  });

  it('finds by period, of which the end does not belong to it', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
    expect(await found({ from: at(21) })).toEqual([3, 2, 1]);
    expect(await found({ until: at(21) })).toEqual([0]);
    expect(await found({ from: at(21), until: at(22) })).toEqual([1]);
  });

  it('goes on where a page ended, whatever was logged meanwhile', async () => {
    const first = await search({ limit: 2 });
    expect(await found({ limit: 2, before: first.at(-1)!.sequence })).toEqual([1, 0]);
  });

  it('finds nothing of another organisation', async () => expect(await search({}, vecht)).toEqual([]));
});
