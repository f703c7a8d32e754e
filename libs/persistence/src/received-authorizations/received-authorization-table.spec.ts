import { AuthorizationContext, type ReceivedAuthorization } from '@anw/authorization';
import { type AuthorizationToIssue, issueAuthorizationCredential, parseCredential, readStoredAuthorizationCredential } from '@anw/credentials';
import { createTestDatabase, createTestParties, exampleAuthorization, newCredentialId, type TestDatabase } from '@anw/testing';
import { EmployeeIdentifier, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ReceivedAuthorizationTable } from './received-authorization-table.js';
import { addContinuedVisit, createReceivedAuthorizationTables } from './received-authorization-tables.js';

class CreateReceivedAuthorizations1700000000000 implements MigrationInterface {
  up = async (runner: QueryRunner) => {
    await createReceivedAuthorizationTables(runner);
    await addContinuedVisit(runner);
  };
  down = (runner: QueryRunner) => runner.query('DROP TABLE received_authorization');
}

const now = new Date('2026-01-01T19:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const parties = createTestParties();
const nurse = EmployeeIdentifier.parse('e-10442');
const colleague = EmployeeIdentifier.parse('e-20001');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateReceivedAuthorizations1700000000000]);
});
afterAll(() => test.drop());

const newOrganisation = () => OrganisationId.parse(randomUUID());
const within = <T>(organisation: OrganisationId, work: (table: ReceivedAuthorizationTable) => Promise<T>) => test.database.withOrganisation(organisation, (tx) => work(new ReceivedAuthorizationTable(tx)));

async function received(change: Partial<AuthorizationToIssue> = {}, receivedAt = now): Promise<ReceivedAuthorization> {
  const jwt = await issueAuthorizationCredential(parties.regisseur.signer, exampleAuthorization(parties, now, change));
  const context = AuthorizationContext.parse({
    note: 'Sleutel in het kastje',
    urgency: 'soon',
    visitWindow: { from: '2026-01-01T21:00:00Z', until: '2026-01-01T22:00:00Z' },
    patient: { name: 'J. de Boer', birthDate: '1941-05-12' },
    custodian: { did: parties.custodian.did, name: 'Thuiszorg Bron' },
  });
  return { credential: readStoredAuthorizationCredential(parseCredential(jwt)), jwt, context, receivedAt, offer: randomUUID() };
}

/** Everything the table holds of one organisation, as text. */
async function rawRows(organisation: OrganisationId): Promise<string> {
  return JSON.stringify(await test.database.withOrganisation(organisation, (tx) => tx.query('SELECT * FROM received_authorization')));
}

describe('received authorizations of an actor in PostgreSQL', () => {
  it('come back exactly as they were received', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    expect(await within(organisation, (table) => table.addReceived(authorization))).toBe(true);
    expect(await within(organisation, (table) => table.findReceived(authorization.credential.id))).toEqual(authorization);
  });

  it('take the place of themselves under another signature, as long as they are held', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    await within(organisation, (table) => table.addReceived(authorization));
    const anew = { ...authorization, jwt: `${authorization.jwt}anew` };
    expect(await within(organisation, (table) => table.renewReceived(authorization))).toBe(false);
    expect(await within(newOrganisation(), (table) => table.renewReceived(anew))).toBe(false);
    expect(await within(organisation, (table) => table.renewReceived(anew))).toBe(true);
    expect(await rawRows(organisation)).toContain(anew.jwt);
    await within(organisation, (table) => table.withdraw(authorization.credential.id, 'revoked', now));
    expect(await within(organisation, (table) => table.renewReceived(anew))).toBe(false);
  });

  it('are found as one visit with what extends it, the first to end first, and apart from others', async () => {
    const organisation = newOrganisation();
    const first = await received({ period: { from: now, until: later(60) } });
    const { id } = first.credential;
    const extension = { ...(await received({ period: { from: later(60), until: later(120) } })), continues: id };
    for (const authorization of [extension, first, await received()]) await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.findVisit(id))).toEqual([first, extension]);
    expect(await within(newOrganisation(), (table) => table.findVisit(id))).toEqual([]);
    await within(organisation, (table) => table.withdraw(id, 'ended', later(60)));
    expect(await within(organisation, (table) => table.findVisit(id))).toEqual([extension]);
    await within(organisation, (table) => table.withdraw(extension.credential.id, 'ended', later(120)));
    expect(await rawRows(organisation)).not.toContain('"continues":"');
  });

  it('are withdrawn one after the other when they are of one visit, so that the last knows that it is the last', async () => {
    const organisation = newOrganisation();
    const first = await received();
    const extension = { ...(await received()), continues: first.credential.id };
    for (const authorization of [first, extension]) await within(organisation, (table) => table.addReceived(authorization));
    const left = await Promise.all(
      [first, extension].map(({ credential }) =>
        within(organisation, async (table) => {
          await table.lockVisit(first.credential.id);
          await table.withdraw(credential.id, 'revoked', now);
          return (await table.findVisit(first.credential.id)).length;
        }),
      ),
    );
    expect(left.sort()).toEqual([0, 1]);
  });

  it('of a care request are found by it', async () => {
    const organisation = newOrganisation();
    const careRequest = randomUUID();
    const authorization = await received();
    const ofRequest = { ...authorization, context: { ...authorization.context, careRequest } };
    for (const each of [ofRequest, await received()]) await within(organisation, (table) => table.addReceived(each));
    expect(await within(organisation, (table) => table.holdOfCareRequest(careRequest))).toEqual([ofRequest]);
    expect(await within(newOrganisation(), (table) => table.holdOfCareRequest(careRequest))).toEqual([]);
  });

  it('are added once, however often they are offered', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    const added = await Promise.all([1, 2, 3].map(() => within(organisation, (table) => table.addReceived(authorization))));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('are listed for the nurse whom they name, or when they name nobody, newest first', async () => {
    const organisation = newOrganisation();
    const hers = await received({}, now);
    const anyones = await received({ practitioner: undefined }, later(1));
    const another = await received({ practitioner: colleague }, later(2));
    for (const authorization of [hers, anyones, another]) await within(organisation, (table) => table.addReceived(authorization));
    const listed = await within(organisation, (table) => table.listReceivedFor(nurse));
    expect(listed.map(({ credential }) => credential.id)).toEqual([anyones.credential.id, hers.credential.id]);
  });

  it('are opened for the first time once', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    const { id } = authorization.credential;
    await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.markOpened(id, later(5)))).toBe(true);
    expect(await within(organisation, (table) => table.markOpened(id, later(6)))).toBe(false);
    expect(await within(organisation, (table) => table.findReceived(id))).toMatchObject({ openedAt: later(5) });
  });

  it('are over at the end of their period', async () => {
    const organisation = newOrganisation();
    const ending = await received({ period: { from: now, until: later(60) } });
    const lasting = await received({ period: { from: now, until: later(120) } });
    for (const authorization of [ending, lasting]) await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.listOver(later(59)))).toEqual([]);
    expect(await within(organisation, (table) => table.listOver(later(60)))).toEqual([ending.credential.id]);
  });

  it('leave nothing but their id, reason and time once they are withdrawn', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    const { id } = authorization.credential;
    await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.withdraw(id, 'revoked', later(10)))).toBe(true);
    const left = await rawRows(organisation);
    for (const wiped of [authorization.jwt, 'Sleutel', 'de Boer', '1941-05-12', nurse, authorization.offer]) expect(left).not.toContain(wiped);
    expect(left).toContain(id);
    expect(await within(organisation, (table) => table.findReceived(id))).toBeUndefined();
    expect(await within(organisation, (table) => table.listReceivedFor(nurse))).toEqual([]);
    expect(await within(organisation, (table) => table.listOver(later(100_000)))).toEqual([]);
  });

  it('do not come back by a late or repeated offer', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    const { id } = authorization.credential;
    await within(organisation, (table) => table.addReceived(authorization));
    await within(organisation, (table) => table.withdraw(id, 'revoked', later(10)));
    expect(await within(organisation, (table) => table.addReceived(authorization))).toBe(false);
    expect(await within(organisation, (table) => table.markOpened(id, later(11)))).toBe(false);
    expect(await rawRows(organisation)).not.toContain('de Boer');
  });

  it('that are revoked before they arrive never do', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    expect(await within(organisation, (table) => table.withdraw(authorization.credential.id, 'revoked', now))).toBe(false);
    expect(await within(organisation, (table) => table.addReceived(authorization))).toBe(false);
    expect(await within(organisation, (table) => table.listReceivedFor(nurse))).toEqual([]);
  });

  it('are withdrawn once: a second reason changes nothing', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    const { id } = authorization.credential;
    await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.withdraw(id, 'revoked', later(10)))).toBe(true);
    expect(await within(organisation, (table) => table.withdraw(id, 'ended', later(20)))).toBe(false);
    expect(await rawRows(organisation)).toContain('revoked');
  });

  it('are seen, opened and withdrawn by their own organisation only', async () => {
    const [own, other] = [newOrganisation(), newOrganisation()];
    const authorization = await received();
    const { id } = authorization.credential;
    await within(own, (table) => table.addReceived(authorization));
    expect(await within(other, (table) => table.findReceived(id))).toBeUndefined();
    expect(await within(other, (table) => table.listReceivedFor(nurse))).toEqual([]);
    expect(await within(other, (table) => table.markOpened(id, now))).toBe(false);
    expect(await within(other, (table) => table.withdraw(id, 'revoked', now))).toBe(false);
    expect(await within(other, (table) => table.listOver(later(100_000)))).toEqual([]);
    expect(JSON.parse(await rawRows(other))).toHaveLength(1);
    expect(await within(own, (table) => table.findReceived(id))).toEqual(authorization);
  });

  it('of another regisseur under the same actor are apart', async () => {
    const organisation = newOrganisation();
    const authorization = await received();
    await within(organisation, (table) => table.addReceived(authorization));
    expect(await within(organisation, (table) => table.findReceived(newCredentialId(parties.stranger)))).toBeUndefined();
  });
});
