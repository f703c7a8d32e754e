import { type AccessToken, decide, decideAgain, standingPorts } from '@anw/authorization';
import {
  checkPortsOf,
  createTestCustodian,
  createTestDatabase,
  createTestParties,
  exampleRequestFacts,
  type TestCustodian,
  type TestDatabase,
  validLists,
} from '@anw/testing';
import { type DidUrl, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AllowlistRowEntity, DelegationEntity } from '../allowlist/allowlist-entities.js';
import { AllowlistTable } from '../allowlist/allowlist-table.js';
import { createAllowlistTables, nameActorsOfDelegations } from '../allowlist/allowlist-tables.js';
import { Database, type Transaction } from '../database/database.js';
import { DecisionTable, findDecisionEverywhere } from '../decisions/decision-table.js';
import { createDecisionTables, letDecisionsGo } from '../decisions/decision-tables.js';
import { EnrolmentEntity } from '../enrolments/enrolment-entity.js';
import { EnrolmentTable } from '../enrolments/enrolment-table.js';
import { createEnrolmentTables } from '../enrolments/enrolment-tables.js';
import { RevocationTable } from '../revocations/revocation-table.js';
import { createRevocationTables } from '../revocations/revocation-tables.js';
import { AccessTokenTable, deleteExpiredTokensEverywhere } from './access-token-table.js';
import { bindAccessTokensToKeys, createAccessTokenTables } from './access-token-tables.js';
import { StandingTable } from './standing-table.js';

class CreateCustodianRecords1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of [createAllowlistTables, nameActorsOfDelegations, createEnrolmentTables, createRevocationTables, createDecisionTables, letDecisionsGo, createAccessTokenTables, bindAccessTokensToKeys]) await create(runner);
  }
  async down(): Promise<void> {
    throw new Error('not undone');
  }
}

const now = new Date('2026-01-01T22:00:00.123Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const entities = [AllowlistRowEntity, DelegationEntity, EnrolmentEntity];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateCustodianRecords1700000000000], entities);
});
afterAll(() => test.drop());

const newOrganisation = () => OrganisationId.parse(randomUUID());
const within = <T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(organisation, work);

/** The same records in the tables of an organisation of its own. */
async function storedCustodian(): Promise<{ organisation: OrganisationId; held: TestCustodian }> {
  const organisation = newOrganisation();
  const held = await createTestCustodian(parties, now);
  const { rows, delegations, enrolments } = held.records.state;
  await within(organisation, async (tx) => {
    for (const row of rows) await new AllowlistTable(tx).addRow(row);
    for (const delegation of delegations) await new AllowlistTable(tx).addDelegation(delegation);
    for (const enrolment of enrolments) await new EnrolmentTable(tx).addEnrolment(enrolment);
  });
  return { organisation, held };
}

async function patientToken(held: TestCustodian, change: Partial<AccessToken> = {}): Promise<AccessToken> {
  const { access } = await decide(exampleRequestFacts(parties, held, now), checkPortsOf(held, parties));
  if (access === undefined) throw new Error('the example must be granted');
  const hash = randomUUID().replaceAll('-', '').repeat(2);
  return { hash, scope: 'anw-zorg-2022', issuedAt: now, expiresAt: later(300_000), certificateThumbprint: 'thumbprint', facts: access, decision: randomUUID(), ...change };
}

describe('access tokens', () => {
  it('come back with every fact as it was', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held);
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    expect(await within(organisation, (tx) => new AccessTokenTable(tx).findToken(token.hash))).toEqual(token);
  });

  it('of an organisation for itself come back without standing', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held, { scope: 'anw-regisseur', facts: { kind: 'organisation-access', client: regisseur.did } });
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    expect(await within(organisation, (tx) => new AccessTokenTable(tx).findStandingToken(token.hash, now))).toEqual(token);
  });

  it('come with their standing in one statement, the same as the records say one by one', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held);
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    const found = await within(organisation, (tx) => new AccessTokenTable(tx).findStandingToken(token.hash, now));
    const expected = await held.records.standingOf(found!.standing!.question);
    expect(found!.standing).toMatchObject({ ...expected, delegation: { id: held.delegation, regisseur: regisseur.did, period: expected.delegation!.period, maxAuthorizationSeconds: 86_400 } });
    expect(found!.standing!.delegation).not.toHaveProperty('jwt');
    if (found!.facts.kind !== 'patient-access') throw new Error('the example is for a patient');
    expect(await decideAgain({ custodian: custodian.did, access: found!.facts, maxAuthorizationSeconds: 86_400, now }, standingPorts(found!.standing, validLists, held.records.isInCare))).toMatchObject({ granted: true });
  });

  it.each([
    ['the row was ended', (tx: Transaction, held: TestCustodian) => new AllowlistTable(tx).endRow(held.row, now), 'regisseur-not-on-allowlist'],
    ['the delegation was revoked', (tx: Transaction) => new AllowlistTable(tx).revokeDelegations(regisseur.did, now), 'delegation-not-valid'],
    ['the enrolment was ended', (tx: Transaction, held: TestCustodian) => new EnrolmentTable(tx).endEnrolment(held.enrolment, now), 'patient-not-enrolled'],
    ['a revocation was pushed', (tx: Transaction, _: TestCustodian, id: DidUrl) => new RevocationTable(tx).addRevocation(id, regisseur.did, now), 'authorization-revoked'],
  ])('open nothing any more once %s', async (_, change, reason) => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held);
    if (token.facts.kind !== 'patient-access') throw new Error('the example is for a patient');
    const { facts } = token;
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    await within(organisation, async (tx) => void (await change(tx, held, facts.authorization.id)));
    const found = await within(organisation, (tx) => new AccessTokenTable(tx).findStandingToken(token.hash, now));
    expect(await decideAgain({ custodian: custodian.did, access: facts, maxAuthorizationSeconds: 86_400, now }, standingPorts(found!.standing, validLists, held.records.isInCare))).toMatchObject({ firstDenial: { reason } });
  });

  it('are unknown at another organisation of the service', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held);
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    const elsewhere = newOrganisation();
    expect(await within(elsewhere, (tx) => new AccessTokenTable(tx).findToken(token.hash))).toBeUndefined();
    expect(await within(elsewhere, (tx) => new AccessTokenTable(tx).findStandingToken(token.hash, now))).toBeUndefined();
    expect(await within(elsewhere, (tx) => tx.query('SELECT hash FROM access_token'))).toEqual([]);
  });

  it('are forgotten once they have expired, and no sooner', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held, { expiresAt: later(-1) });
    const lasting = await patientToken(held);
    await within(organisation, async (tx) => {
      await new AccessTokenTable(tx).saveToken(token);
      await new AccessTokenTable(tx).saveToken(lasting);
    });
    expect(await within(organisation, (tx) => new AccessTokenTable(tx).deleteExpired(now))).toBe(1);
    expect(await within(organisation, (tx) => new AccessTokenTable(tx).findToken(lasting.hash))).toBeDefined();
    expect(await test.database.acrossOrganisations((tx) => deleteExpiredTokensEverywhere(tx, later(300_001)))).toBeGreaterThanOrEqual(1);
    expect(await within(organisation, (tx) => new AccessTokenTable(tx).findToken(lasting.hash))).toBeUndefined();
  });

  it('survive a restart of the service', async () => {
    const { organisation, held } = await storedCustodian();
    const token = await patientToken(held);
    await within(organisation, (tx) => new AccessTokenTable(tx).saveToken(token));
    const restarted = new Database({ url: test.url, ownerUrl: test.ownerUrl, applicationName: 'spec', migrations: [CreateCustodianRecords1700000000000], entities });
    await restarted.connect();
    expect(await restarted.withOrganisation(organisation, (tx) => new AccessTokenTable(tx).findToken(token.hash))).toEqual(token);
    await restarted.close();
  });
});

describe('standing of an authorization', () => {
  const question = (held: TestCustodian) => ({ regisseur: regisseur.did, actor: actor.did, authorization: `${regisseur.did}#a` as DidUrl, delegation: held.delegation, handle: held.handle, at: now });

  it('is read in one go', async () => {
    const { organisation, held } = await storedCustodian();
    expect(await within(organisation, (tx) => new StandingTable(tx).standingOf(question(held)))).toMatchObject({
      row: { id: held.row, regisseur: regisseur.did, actor: actor.did },
      delegation: { id: held.delegation, regisseur: regisseur.did, maxAuthorizationSeconds: 86_400 },
      enrolment: { id: held.enrolment, patient: held.patient },
      revoked: false,
    });
  });

  it('is empty at another organisation of the service', async () => {
    const { held } = await storedCustodian();
    expect(await within(newOrganisation(), (tx) => new StandingTable(tx).standingOf(question(held)))).toEqual({
      question: question(held),
      row: undefined,
      delegation: undefined,
      enrolment: undefined,
      revoked: false,
    });
  });
});

describe('allowlist', () => {
  it('finds a row from its first instant and not at its last', async () => {
    const organisation = newOrganisation();
    const row = { id: randomUUID(), regisseur: regisseur.did, actor: actor.did, period: { from: now, until: later(1000) } };
    await within(organisation, (tx) => new AllowlistTable(tx).addRow(row));
    const findAt = (at: Date) => within(organisation, (tx) => new AllowlistTable(tx).findRow(regisseur.did, actor.did, at));
    expect(await findAt(later(-1))).toBeUndefined();
    expect(await findAt(now)).toEqual(row);
    expect(await findAt(later(999))).toEqual(row);
    expect(await findAt(later(1000))).toBeUndefined();
  });

  it('ends a row once; the row stays', async () => {
    const { organisation, held } = await storedCustodian();
    const end = () => within(organisation, (tx) => new AllowlistTable(tx).endRow(held.row, now));
    expect([await end(), await end()]).toEqual([true, false]);
    expect(await within(organisation, (tx) => new AllowlistTable(tx).listRows())).toEqual([expect.objectContaining({ id: held.row, period: expect.objectContaining({ until: now }) })]);
    expect(await within(organisation, (tx) => new AllowlistTable(tx).findRowById(held.row))).toMatchObject({ id: held.row });
  });

  it('takes the delegation that was issued last for the one in force', async () => {
    const { organisation, held } = await storedCustodian();
    const newer = { ...held.records.state.delegations[0]!, id: `${custodian.did}#newer` as DidUrl };
    await within(organisation, (tx) => new AllowlistTable(tx).addDelegation(newer));
    expect(await within(organisation, (tx) => new AllowlistTable(tx).currentDelegation(regisseur.did, now))).toEqual(newer);
    expect(await within(organisation, (tx) => new AllowlistTable(tx).currentDelegation(stranger.did, now))).toBeUndefined();
  });

  it('revokes the delegations of a regisseur and says which', async () => {
    const { organisation, held } = await storedCustodian();
    expect(await within(organisation, (tx) => new AllowlistTable(tx).revokeDelegations(regisseur.did, now))).toEqual([held.delegation]);
    expect(await within(organisation, (tx) => new AllowlistTable(tx).revokeDelegations(regisseur.did, now))).toEqual([]);
    expect(await within(organisation, (tx) => new AllowlistTable(tx).findDelegation(held.delegation))).toMatchObject({ revokedAt: now });
    expect(await within(organisation, (tx) => new AllowlistTable(tx).currentDelegation(regisseur.did, now))).toBeUndefined();
  });

  it('lets those who change the rows of one regisseur take turns', async () => {
    const organisation = newOrganisation();
    const order: string[] = [];
    const change = (name: string) =>
      within(organisation, async (tx) => {
        await new AllowlistTable(tx).holdRegisseur(regisseur.did);
        order.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 30));
        order.push(`${name} out`);
      });
    await Promise.all([change('one'), change('two')]);
    expect(order.map((entry) => entry.split(' ')[1])).toEqual(['in', 'out', 'in', 'out']);
  });

  it('shows another organisation nothing, and lets it end nothing', async () => {
    const { held } = await storedCustodian();
    const elsewhere = newOrganisation();
    await within(elsewhere, async (tx) => {
      const table = new AllowlistTable(tx);
      expect(await table.listRows()).toEqual([]);
      expect(await table.listRowsOf(regisseur.did)).toEqual([]);
      expect(await table.findRowById(held.row)).toBeUndefined();
      expect(await table.endRow(held.row, now)).toBe(false);
      expect(await table.findDelegation(held.delegation)).toBeUndefined();
      expect(await table.revokeDelegations(regisseur.did, now)).toEqual([]);
      expect(await tx.query('SELECT * FROM issued_delegation')).toEqual([]);
    });
  });
});

describe('enrolments', () => {
  it('come back by handle, and by patient and regisseur', async () => {
    const { organisation, held } = await storedCustodian();
    const expected = held.records.state.enrolments[0];
    expect(await within(organisation, (tx) => new EnrolmentTable(tx).findByHandle(held.handle))).toEqual(expected);
    expect(await within(organisation, (tx) => new EnrolmentTable(tx).findEnrolment(held.patient, regisseur.did, now))).toEqual(expected);
    expect(await within(organisation, (tx) => new EnrolmentTable(tx).findEnrolment(held.patient, stranger.did, now))).toBeUndefined();
    expect(await within(organisation, (tx) => new EnrolmentTable(tx).listEnrolments())).toEqual([expected]);
  });

  it('end once', async () => {
    const { organisation, held } = await storedCustodian();
    const end = () => within(organisation, (tx) => new EnrolmentTable(tx).endEnrolment(held.enrolment, now));
    expect([await end(), await end()]).toEqual([true, false]);
  });

  it('show another organisation nothing, and let it end nothing', async () => {
    const { held } = await storedCustodian();
    await within(newOrganisation(), async (tx) => {
      expect(await new EnrolmentTable(tx).findByHandle(held.handle)).toBeUndefined();
      expect(await new EnrolmentTable(tx).listEnrolments()).toEqual([]);
      expect(await new EnrolmentTable(tx).endEnrolment(held.enrolment, now)).toBe(false);
    });
  });
});

describe('pushed revocations', () => {
  const authorization = `${regisseur.did}#${randomUUID()}` as DidUrl;

  it('hold for who pushed them, once and for good', async () => {
    const organisation = newOrganisation();
    await within(organisation, async (tx) => {
      await new RevocationTable(tx).addRevocation(authorization, regisseur.did, now);
      await new RevocationTable(tx).addRevocation(authorization, regisseur.did, later(1));
    });
    expect(await within(organisation, (tx) => new RevocationTable(tx).isRevoked(authorization, regisseur.did))).toBe(true);
    expect(await within(organisation, (tx) => new RevocationTable(tx).isRevoked(authorization, stranger.did))).toBe(false);
    await expect(within(organisation, (tx) => tx.query('DELETE FROM pushed_revocation'))).rejects.toThrow(/permission denied/);
  });

  it('are unknown to another organisation', async () => {
    const organisation = newOrganisation();
    await within(organisation, (tx) => new RevocationTable(tx).addRevocation(authorization, regisseur.did, now));
    expect(await within(newOrganisation(), (tx) => new RevocationTable(tx).isRevoked(authorization, regisseur.did))).toBe(false);
  });
});

describe('decision records', () => {
  async function storedDecision() {
    const organisation = newOrganisation();
    const held = await createTestCustodian(parties, now);
    const { decision } = await decide(exampleRequestFacts(parties, held, now, { certificate: undefined }), checkPortsOf(held, parties));
    const record = { reference: randomUUID(), at: now, endpoint: 'token' as const, scope: 'anw-zorg-2022', outcome: 'denied' as const, failure: 'requester-refused', detail: 'check 1', actor: actor.did, regisseur: regisseur.did, ...pick(decision) };
    await within(organisation, (tx) => new DecisionTable(tx).saveDecision(record));
    return { organisation, record };
  }
  const pick = ({ verdicts, firstDenial }: Awaited<ReturnType<typeof decide>>['decision']) => ({ verdicts, firstDenial: firstDenial! });

  it('come back by their reference, verdict for verdict', async () => {
    const { organisation, record } = await storedDecision();
    expect(await within(organisation, (tx) => new DecisionTable(tx).findDecision(record.reference))).toEqual(record);
  });

  it('are found for the operator whichever organisation decided', async () => {
    const { organisation, record } = await storedDecision();
    expect(await test.database.acrossOrganisations((tx) => findDecisionEverywhere(tx, record.reference))).toEqual({ organisation, record });
    expect(await test.database.acrossOrganisations((tx) => findDecisionEverywhere(tx, randomUUID()))).toBeUndefined();
  });

  it('show another organisation nothing', async () => {
    const { record } = await storedDecision();
    expect(await within(newOrganisation(), (tx) => new DecisionTable(tx).findDecision(record.reference))).toBeUndefined();
  });

  it('can be changed by nobody, and not removed for a week', async () => {
    const { organisation, record } = await storedDecision();
    const recent = randomUUID();
    await within(organisation, (tx) => new DecisionTable(tx).saveDecision({ ...record, reference: recent, at: new Date() }));
    await expect(within(organisation, (tx) => tx.query('UPDATE decision_record SET at = now()'))).rejects.toThrow(/permission denied/);
    await within(organisation, (tx) => tx.query('DELETE FROM decision_record'));
    expect(await within(organisation, (tx) => new DecisionTable(tx).findDecision(recent))).toMatchObject({ reference: recent });
    expect(await within(organisation, (tx) => new DecisionTable(tx).findDecision(record.reference))).toBeUndefined();
  });

  it('are removed by an organisation of its own only', async () => {
    const { organisation, record } = await storedDecision();
    await within(newOrganisation(), (tx) => tx.query('DELETE FROM decision_record'));
    expect(await within(organisation, (tx) => new DecisionTable(tx).findDecision(record.reference))).toBeDefined();
  });

  it('that the database gives back in another form are refused', async () => {
    const { organisation } = await storedDecision();
    const reference = randomUUID();
    await within(organisation, (tx) => tx.query('INSERT INTO decision_record VALUES ($1, $2, now(), $3)', [organisation, reference, JSON.stringify({ reference, outcome: 'maybe' })]));
    await expect(within(organisation, (tx) => new DecisionTable(tx).findDecision(reference))).rejects.toThrow();
  });
});
