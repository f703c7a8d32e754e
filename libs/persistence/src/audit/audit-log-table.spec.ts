import type { AuditEvent } from '@anw/audit';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditEntities } from './audit-entity.js';
import { AuditLogTable } from './audit-log-table.js';
import { AuditTrailTable } from './audit-trail-table.js';
import { nameOrganisationsInAudit } from './audit-names.js';
import { createAuditTables } from './audit-tables.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');

class CreateAudit1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAuditTables(runner);
    await nameOrganisationsInAudit(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_event');
  }
}

function exampleEvent(change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: randomUUID(),
    name: 'fhir.search',
    outcome: 'success',
    at: new Date('2026-01-01T22:00:00.123Z'),
    practitioner: { identifier: 'e-10442', name: 'S. Bakker', roleName: 'Verpleegkundige' },
    actor: Did.parse('did:web:zorg.example:iam:41d2'),
    regisseur: Did.parse('did:web:regie.example:iam:6f0c'),
    requestingSystem: 'actor.example',
    patient: PatientId.parse('p-1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:6f0c#b7a1'),
    purposeOfUse: 'anw-zorg-2022',
    query: 'Observation?code=85354-9',
    resources: ['Observation/o-1/_history/1'],
    reference: randomUUID(),
    ...change,
  };
}

describe('log of a custodian (design D17)', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await createTestDatabase([CreateAudit1700000000000], auditEntities);
  });
  afterEach(() => test.drop());

  const append = (organisation: OrganisationId, event: AuditEvent) => test.database.withOrganisation(organisation, (tx) => new AuditLogTable(tx).append(event));
  const list = (organisation: OrganisationId, filter: { patient?: PatientId; reference?: string; name?: AuditEvent['name'] } = {}) =>
    test.database.withOrganisation(organisation, (tx) => new AuditTrailTable(tx).listEvents({ ...filter, limit: 10 }));

  it('gives back a row as it was told: who, for whom, about which patient, what, outcome', async () => {
    const event = exampleEvent();
    await append(linde, event);
    expect(await list(linde)).toEqual([event]);
  });

  it('keeps a refusal of which little is known', async () => {
    const event: AuditEvent = { id: randomUUID(), name: 'request.refused', outcome: 'serious-failure', at: new Date(), reason: 'no-token', resources: [] };
    await append(linde, event);
    expect(await list(linde)).toEqual([event]);
  });

  it('lists the newest first and finds rows by patient, reference or name', async () => {
    const first = exampleEvent();
    const second = exampleEvent({ name: 'token.granted', patient: PatientId.parse('p-2') });
    await append(linde, first);
    await append(linde, second);
    expect((await list(linde)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await list(linde, { patient: PatientId.parse('p-1') })).toEqual([first]);
    expect(await list(linde, { reference: second.reference as string })).toEqual([second]);
    expect(await list(linde, { name: 'token.granted' })).toEqual([second]);
  });

  it('calls an organisation what its last verified credential said, in rows that know its DID alone', async () => {
    const { actor, regisseur } = exampleEvent();
    await append(linde, exampleEvent({ actorName: 'Wijkzorg Nacht' }));
    await append(linde, exampleEvent({ actor: regisseur!, actorName: 'Regie Oost' }));
    const named = async () => (await list(linde))[0];
    await append(linde, exampleEvent());
    expect(await named()).toMatchObject({ actorName: 'Wijkzorg Nacht', regisseurName: 'Regie Oost' });
    await append(linde, exampleEvent({ actorName: 'Nachtzorg Oost' }));
    await append(linde, exampleEvent());
    expect(await named()).toMatchObject({ actor, actorName: 'Nachtzorg Oost' });
    expect((await list(linde)).at(-1)).toMatchObject({ actorName: 'Wijkzorg Nacht' });
  });

  it('knows no names that another organisation was told', async () => {
    await append(vecht, exampleEvent({ actorName: 'Wijkzorg Nacht' }));
    await append(linde, exampleEvent());
    expect((await list(linde))[0]).not.toHaveProperty('actorName');
  });

  it('keeps which access token was used, and on what grounds', async () => {
    const event = exampleEvent({ token: randomUUID(), grounds: ['did:web:bron.example:iam:77aa#c0ff', `urn:uuid:${randomUUID()}`] });
    await append(linde, event);
    expect(await list(linde)).toEqual([event]);
  });

  it('shows another organisation nothing', async () => {
    await append(linde, exampleEvent());
    expect(await list(vecht)).toEqual([]);
  });

  it('refuses a row written for another organisation', async () => {
    const work = test.database.withOrganisation(vecht, (tx) => new AuditLogTable({ ...tx, organisation: linde }).append(exampleEvent()));
    await expect(work).rejects.toThrow(/row-level security/);
  });

  it('holds no row of work that was rolled back', async () => {
    const work = test.database.withOrganisation(linde, async (tx) => {
      await new AuditLogTable(tx).append(exampleEvent());
      throw new Error('the disclosure failed');
    });
    await expect(work).rejects.toThrow('the disclosure failed');
    expect(await list(linde)).toEqual([]);
  });

  const changes = [`UPDATE audit_event SET outcome = 'success'`, 'DELETE FROM audit_event', 'TRUNCATE audit_event'];

  it.each(changes)('gives the application no right to: %s', async (statement) => {
    await append(linde, exampleEvent());
    await expect(test.database.withOrganisation(linde, (tx) => tx.query(statement))).rejects.toThrow(/permission denied/);
  });

  it.each(changes)('refuses even the owner and a superuser: %s', async (statement) => {
    await append(linde, exampleEvent());
    for (const url of [test.ownerUrl, test.superuserUrl]) await expect(runAs(url, statement)).rejects.toThrow(/append-only/);
    expect(await list(linde)).toHaveLength(1);
  });

  it('numbers the rows in the order in which they came, for the chain that is made over them', async () => {
    for (let row = 0; row < 3; row += 1) await append(row === 1 ? vecht : linde, exampleEvent());
    const rows = await test.database.acrossOrganisations((tx) => tx.query<{ sequence: string }>('SELECT sequence FROM audit_event ORDER BY sequence'));
    expect(rows.map(({ sequence }) => sequence)).toEqual(['1', '2', '3']);
  });
});

async function runAs(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
