import { AccessSettings, addAllowlistRow, addEnrolment, approveAllowlistRow, approveEnrolment, type ChangeAllowlistPorts, delegationInForce, endAllowlistRow, endEnrolment, type EnrolmentStores, type Entry, type EntryPageQuery, listAllowlist, listEnrolments } from '@anw/authorization';
import { createTestDatabase, createTestParties, statusListsOf, type TestDatabase } from '@anw/testing';
import { type Did, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { AccessSettingsTable } from '../access-settings/access-settings-table.js';
import { createAccessSettingsTables } from '../access-settings/access-settings-tables.js';
import { AllowlistRowEntity, DelegationEntity } from '../allowlist/allowlist-entities.js';
import { AllowlistTable } from '../allowlist/allowlist-table.js';
import { createAllowlistTables, nameActorsOfDelegations } from '../allowlist/allowlist-tables.js';
import { findOutdatedDelegations } from '../allowlist/outdated-delegations.js';
import { AuditLogTable } from '../audit/audit-log-table.js';
import { nameOrganisationsInAudit } from '../audit/audit-names.js';
import { createAuditTables } from '../audit/audit-tables.js';
import { auditEntities } from '../audit/audit-entity.js';
import { CredentialStatusEntity } from '../credential-status/credential-status-entity.js';
import { CredentialStatusTable } from '../credential-status/credential-status-table.js';
import { createCredentialStatusTables } from '../credential-status/credential-status-tables.js';
import type { Transaction } from '../database/database.js';
import { EnrolmentEntity } from '../enrolments/enrolment-entity.js';
import { EnrolmentTable } from '../enrolments/enrolment-table.js';
import { createEnrolmentTables } from '../enrolments/enrolment-tables.js';
import { notificationEntities } from '../notifications/notification-entities.js';
import { createNotificationTables } from '../notifications/notification-tables.js';
import { OutboxTable } from '../notifications/outbox-table.js';
import { PatientSearchCountTable } from '../patient-searches/patient-search-count-table.js';
import { createPatientSearchCountTables } from '../patient-searches/patient-search-count-tables.js';
import { ProposalTable } from './proposal-table.js';
import { createEntryHistoryTables, createProposalTables } from './proposal-tables.js';
import { EntryPageTable } from './entry-page-table.js';
import { EntryHistoryTable } from './entry-history-table.js';

const creates = [createAuditTables, nameOrganisationsInAudit, createNotificationTables, createCredentialStatusTables, createAllowlistTables, nameActorsOfDelegations, createEnrolmentTables, createProposalTables, createEntryHistoryTables, createPatientSearchCountTables, createAccessSettingsTables];

class CreateManagedRecords1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of creates) await create(runner);
  }
  async down(): Promise<void> {
    throw new Error('not undone');
  }
}

const now = new Date('2026-01-01T12:00:00Z');
const days = (from: number, until: number) => ({ from: new Date(now.getTime() + from * 86_400_000), until: new Date(now.getTime() + until * 86_400_000) });
const { regisseur, custodian, actor, stranger } = createTestParties();
const row = { regisseur: regisseur.did, actor: actor.did, period: days(0, 30) };
const patient = PatientId.parse('patient-1');
const anna = EmployeeIdentifier.parse('anna');
const bram = EmployeeIdentifier.parse('bram');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateManagedRecords1700000000000], [...auditEntities, ...notificationEntities, CredentialStatusEntity, AllowlistRowEntity, DelegationEntity, EnrolmentEntity]);
});
afterAll(() => test.drop());

const within = <T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(organisation, work);
const issuer = { signer: custodian.signer, statusLists: statusListsOf(custodian), maxAuthorizationSeconds: 86_400, randomUuid: randomUUID };

/** An organisation of its own, and the ports of who changes its entries. */
function openOrganisation() {
  const organisation = OrganisationId.parse(randomUUID());
  const rule = (by: EmployeeIdentifier | undefined, fourEyes: boolean, at: Date) => ({ by, fourEyes, clock: () => at, randomUuid: randomUUID });
  const storesOf = (tx: Transaction) => ({ allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx), proposals: new ProposalTable(tx), history: new EntryHistoryTable(tx), outbox: new OutboxTable(tx), audit: new AuditLogTable(tx) });
  const rows = (by?: EmployeeIdentifier, { fourEyes = true, at = now } = {}): ChangeAllowlistPorts => ({ ...rule(by, fourEyes, at), issuer, transaction: (work) => within(organisation, (tx) => work(storesOf(tx))) });
  const enrolments = (by?: EmployeeIdentifier, { fourEyes = true, at = now } = {}) => ({
    ...rule(by, fourEyes, at),
    transaction: <T>(work: (stores: EnrolmentStores) => Promise<T>) => within(organisation, (tx) => work({ ...storesOf(tx), enrolments: new EnrolmentTable(tx), isInCare: async () => true })),
  });
  const findRow = () => within(organisation, (tx) => new AllowlistTable(tx).findRow(regisseur.did, actor.did, now));
  return { organisation, rows, enrolments, findRow };
}

describe('entries of the application manager in PostgreSQL', () => {
  it('holds a row only after another operator approved it, and lists who did what', async () => {
    const { rows, findRow } = openOrganisation();
    const proposed = await addAllowlistRow(row, rows(anna));
    expect(await findRow()).toBeUndefined();
    expect(await listAllowlist(rows())).toEqual([proposed]);
    const approved = await approveAllowlistRow(proposed.id, rows(bram));
    expect(await findRow()).toEqual({ id: proposed.id, ...row });
    expect(await listAllowlist(rows())).toEqual([approved]);
    expect(await endAllowlistRow(proposed.id, rows(bram))).toBe(true);
    expect(await listAllowlist(rows())).toMatchObject([{ id: proposed.id, state: 'ended', proposedBy: anna, approvedBy: bram }]);
  });

  it('keeps who did what to an entry, when and why, and shows another organisation nothing of it', async () => {
    const { organisation, rows } = openOrganisation();
    const { id } = await addAllowlistRow(row, { ...rows(anna), byName: 'Anna Smit', reason: 'Afspraak van 1 januari' });
    await approveAllowlistRow(id, rows(bram));
    await endAllowlistRow(id, { ...rows(), reason: 'Contract voorbij' });
    const steps = (of: OrganisationId) => within(of, (tx) => new EntryHistoryTable(tx).listSteps([id]));
    expect(await steps(organisation)).toEqual([
      { entry: id, kind: 'allowlist-row', name: 'proposed', at: now, by: { identifier: anna, name: 'Anna Smit' }, reason: 'Afspraak van 1 januari' },
      { entry: id, kind: 'allowlist-row', name: 'approved', at: now, by: { identifier: bram } },
      { entry: id, kind: 'allowlist-row', name: 'ended', at: now, reason: 'Contract voorbij' },
    ]);
    expect(await steps(openOrganisation().organisation)).toEqual([]);
  });

  it('approves once, however many approve at the same moment', async () => {
    const { rows } = openOrganisation();
    const { id } = await addAllowlistRow(row, rows(anna));
    const approved = await Promise.all(Array.from({ length: 5 }, () => approveAllowlistRow(id, rows(bram))));
    expect(approved.filter((entry) => entry !== undefined)).toHaveLength(1);
  });

  it('keeps the database from an approval by who proposed it', async () => {
    const { organisation, rows } = openOrganisation();
    const { id } = await addAllowlistRow(row, rows(anna));
    await expect(within(organisation, (tx) => new ProposalTable(tx).decideProposal(id, { outcome: 'approved', by: anna, at: now }))).rejects.toThrow();
  });

  it('gives one patient one handle per regisseur, also when twenty requests meet', async () => {
    const { enrolments } = openOrganisation();
    const input = { patient, regisseur: regisseur.did };
    const enrolled = await Promise.all(Array.from({ length: 20 }, () => addEnrolment(input, enrolments(anna, { fourEyes: false }))));
    expect(new Set(enrolled.map(({ handle }) => handle)).size).toBe(1);
    const other = await addEnrolment({ patient, regisseur: stranger.did }, enrolments(anna, { fourEyes: false }));
    expect(other.handle).not.toBe(enrolled[0]?.handle);
  });

  it('keeps a proposed enrolment without a handle, and shows another organisation nothing of it', async () => {
    const { enrolments, organisation } = openOrganisation();
    const proposed = await addEnrolment({ patient, regisseur: regisseur.did }, enrolments(anna));
    expect(await within(organisation, (tx) => new EnrolmentTable(tx).listEnrolments())).toEqual([]);
    const other = openOrganisation();
    expect(await approveEnrolment(proposed.id, other.enrolments(bram))).toBeUndefined();
    expect(await approveEnrolment(proposed.id, enrolments(bram))).toMatchObject({ state: 'current', handle: expect.any(String) });
  });
});

describe('entries page by page', () => {
  const pageOf = (organisation: OrganisationId, query: Partial<EntryPageQuery> = {}) => within(organisation, (tx) => new EntryPageTable(tx).listPage('enrolment', { show: 'open', limit: 2, at: now, ...query }));
  const patientOf = (index: number) => PatientId.parse(`patient-${index}`);
  const enrol = (ports: ReturnType<typeof openOrganisation>['enrolments'], index: number, { by = anna, fourEyes = false, period = days(-index, 30) } = {}) => addEnrolment({ patient: patientOf(index), regisseur: regisseur.did, period }, ports(by, { fourEyes }));

  it('are the same as all of them together, each once, those that begin last first', async () => {
    const { organisation, enrolments } = openOrganisation();
    for (const index of [1, 2, 3]) await enrol(enrolments, index);
    const approved = await enrol(enrolments, 4, { fourEyes: true });
    await approveEnrolment(approved.id, enrolments(bram));
    await endEnrolment((await enrol(enrolments, 5, { fourEyes: true })).id, enrolments(bram));
    await enrol(enrolments, 6, { fourEyes: true, period: days(2, 30) });
    const seen: Entry<'enrolment'>[] = [];
    for (let after: string | undefined; ; ) {
      const page = await pageOf(organisation, { show: 'all', ...(after !== undefined && { after }) });
      seen.push(...page);
      after = page.at(-1)?.id;
      if (page.length < 2) break;
    }
    expect(seen.map(({ state }) => state)).toEqual(['pending', 'current', 'current', 'current', 'current', 'withdrawn']);
    expect(seen.toReversed()).toEqual(await listEnrolments(enrolments()));
  });

  it('of one moment are each shown once', async () => {
    const { organisation, enrolments } = openOrganisation();
    for (const index of [1, 2, 3]) await enrol(enrolments, index, { period: days(0, 30) });
    const first = await pageOf(organisation);
    const second = await pageOf(organisation, { after: first.at(-1)!.id });
    expect(new Set([...first, ...second].map(({ patient: of }) => of)).size).toBe(3);
  });

  it('are those that are not over, those that wait, or those of one patient', async () => {
    const { organisation, enrolments } = openOrganisation();
    await enrol(enrolments, 1);
    await endEnrolment((await enrol(enrolments, 2)).id, enrolments(anna));
    await enrol(enrolments, 3, { fourEyes: true });
    const patients = async (query: Partial<EntryPageQuery>) => (await pageOf(organisation, { limit: 9, ...query })).map(({ patient: of }) => of);
    expect(await patients({})).toEqual([patientOf(1), patientOf(3)]);
    expect(await patients({ show: 'waiting' })).toEqual([patientOf(3)]);
    expect(await patients({ show: 'all', patient: patientOf(2) })).toEqual([patientOf(2)]);
    expect(await patients({ patient: patientOf(2) })).toEqual([]);
    expect(await within(organisation, (tx) => new EntryPageTable(tx).countWaiting('enrolment', now))).toBe(1);
    expect(await within(organisation, (tx) => new EntryPageTable(tx).countWaiting('enrolment', days(31, 31).from))).toBe(0);
  });

  it('are nobody else’s, and after an unknown entry there are none', async () => {
    const { organisation, enrolments, rows } = openOrganisation();
    await enrol(enrolments, 1);
    const added = await addAllowlistRow(row, rows(anna, { fourEyes: false }));
    expect(await within(organisation, (tx) => new EntryPageTable(tx).listPage('allowlist-row', { show: 'open', limit: 9, at: now }))).toEqual([added]);
    expect(await pageOf(organisation, { after: randomUUID() })).toEqual([]);
    expect(await pageOf(openOrganisation().organisation, { show: 'all' })).toEqual([]);
  });
});

describe('delegations that the clock outdates', () => {
  const outdated = async (organisation: OrganisationId, at: Date): Promise<readonly Did[]> => {
    const found = await test.database.acrossOrganisations((tx) => findOutdatedDelegations(tx, at, new Date(at.getTime() + 15 * 86_400_000)));
    return found.filter((one) => one.organisation === organisation).map((one) => one.regisseur);
  };
  const renew = (organisation: OrganisationId, at: Date) =>
    within(organisation, (tx) => delegationInForce(regisseur.did, at, issuer, { allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx) }));

  it('are found when a row begins, when one ends, and when the delegation grows old; not otherwise', async () => {
    const { organisation, rows } = openOrganisation();
    await addAllowlistRow({ ...row, period: days(0, 90) }, rows(anna, { fourEyes: false }));
    await addAllowlistRow({ ...row, actor: stranger.did, period: days(1, 2) }, rows(anna, { fourEyes: false }));
    expect(await outdated(organisation, now)).toEqual([]);
    for (const day of [1, 2]) {
      const at = days(day, day).from;
      expect(await outdated(organisation, at)).toEqual([regisseur.did]);
      await renew(organisation, at);
      expect(await outdated(organisation, at)).toEqual([]);
    }
    const old = days(18, 18).from;
    expect(await outdated(organisation, old)).toEqual([regisseur.did]);
  });

  it('are found when the organisation takes shorter authorizations', async () => {
    const { organisation, rows } = openOrganisation();
    await addAllowlistRow({ ...row, period: days(0, 90) }, rows(anna, { fourEyes: false }));
    await within(organisation, (tx) => new AccessSettingsTable(tx).saveSettings(AccessSettings.parse({ maxAuthorizationSeconds: 3_600 }), now));
    expect(await outdated(organisation, now)).toEqual([regisseur.did]);
    await within(organisation, (tx) => delegationInForce(regisseur.did, now, { ...issuer, maxAuthorizationSeconds: 3_600 }, { allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx) }));
    expect(await outdated(organisation, now)).toEqual([]);
  });

  it('are found, and revoked, once the last row is over', async () => {
    const { organisation, rows } = openOrganisation();
    await addAllowlistRow({ ...row, period: days(0, 1) }, rows(anna, { fourEyes: false }));
    const after = days(1, 1).from;
    expect(await outdated(organisation, after)).toEqual([regisseur.did]);
    expect(await renew(organisation, after)).toBeUndefined();
    expect(await outdated(organisation, after)).toEqual([]);
  });

  it('are renewed once by replicas that come together', async () => {
    const { organisation, rows } = openOrganisation();
    await addAllowlistRow({ ...row, period: days(0, 90) }, rows(anna, { fourEyes: false }));
    const at = days(20, 20).from;
    const renewed = await Promise.all(Array.from({ length: 4 }, () => renew(organisation, at)));
    expect(new Set(renewed.map((delegation) => delegation?.id)).size).toBe(1);
  });
});

describe('searches counted in PostgreSQL', () => {
  const count = (organisation: OrganisationId, who: Did) => within(organisation, (tx) => new PatientSearchCountTable(tx).countSearch(who));

  it('are counted per regisseur and organisation, also when they come together', async () => {
    const [one, other] = [openOrganisation().organisation, openOrganisation().organisation];
    await waitForRoomInMinute();
    const counted = await Promise.all(Array.from({ length: 8 }, () => count(one, regisseur.did)));
    expect(counted.map(({ searches }) => searches).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await count(one, stranger.did)).toMatchObject({ searches: 1 });
    expect(await count(other, regisseur.did)).toMatchObject({ searches: 1 });
    for (const { secondsLeft } of counted) expect(secondsLeft).toBeGreaterThanOrEqual(1);
    for (const { secondsLeft } of counted) expect(secondsLeft).toBeLessThanOrEqual(60);
  });

  it('begin anew with each minute', async () => {
    const { organisation } = openOrganisation();
    await count(organisation, regisseur.did);
    await within(organisation, (tx) => tx.query("UPDATE patient_search_count SET minute = minute - interval '1 minute', searches = 99 WHERE organisation_id = $1", [organisation]));
    expect(await count(organisation, regisseur.did)).toMatchObject({ searches: 1 });
  });
});

/** So that what is counted together falls in one minute of the database's clock. */
async function waitForRoomInMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 5_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
}
