import type { PractitionerTold } from '@anw/triage';
import { whoIsOnDuty } from '@anw/scheduling';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, EmployeeIdentifier, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAuthorizationTables, handHomeAccessAlong } from '../authorizations/authorization-tables.js';
import { createCareRequestTables } from '../care-requests/care-request-tables.js';
import type { Transaction } from '../database/database.js';
import { KnownRegisseurTable } from '../known-regisseurs/known-regisseur-table.js';
import { createKnownRegisseurTables, giveRegisseursTelephones } from '../known-regisseurs/known-regisseur-tables.js';
import { ShiftEntity } from '../shifts/shift-entity.js';
import { ShiftTable } from '../shifts/shift-table.js';
import { createShiftTables, letShiftsEnd } from '../shifts/shift-tables.js';
import { addStartOfShift } from '../places/postcode-area-tables.js';
import { ReceivedDutyTable } from './received-duty-table.js';
import { createReceivedDutyTables } from './received-duty-tables.js';

class CreateDuty1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of [createCareRequestTables, createShiftTables, createAuthorizationTables, handHomeAccessAlong, createReceivedDutyTables, letShiftsEnd, addStartOfShift, createKnownRegisseurTables, giveRegisseursTelephones]) await create(runner);
  }
  async down(): Promise<void> {
    throw new Error('not undone');
  }
}

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const nacht = Did.parse('did:web:nacht.example:iam:1');
const eik = Did.parse('did:web:eik.example:iam:2');
const noor = EmployeeIdentifier.parse('e-1');

let test: TestDatabase;
let regie: OrganisationId;
beforeAll(async () => {
  test = await createTestDatabase([CreateDuty1700000000000], [ShiftEntity]);
});
beforeEach(() => {
  regie = OrganisationId.parse(randomUUID());
});
afterAll(() => test.drop());

const as = <T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(organisation, work);
const told = (shift: string, change: Partial<PractitionerTold> = {}): PractitionerTold => ({ shift, identifier: noor, name: 'Noor de Wit', roleName: 'Verpleegkundige', until: at('23:00'), ...change });
const tell = (time: string, practitioners: readonly PractitionerTold[], actor = nacht) => as(regie, (tx) => new ReceivedDutyTable(tx).saveAnswer({ actor, attemptedAt: at(time), practitioners }));
const fail = (time: string) => as(regie, (tx) => new ReceivedDutyTable(tx).saveAnswer({ actor: nacht, attemptedAt: at(time), failure: 'unreachable' }));
const onDuty = async (time: string) => whoIsOnDuty(await as(regie, (tx) => new ShiftTable(tx).listShifts({ from: at(time), until: at('23:59') })), at(time));

describe('who is on duty, as actors tell it, in PostgreSQL', () => {
  it('is on duty from when the actor said so until she said', async () => {
    const shift = randomUUID();
    await tell('18:00', [told(shift, { district: 'Noord', startArea: '7203' })]);
    expect(await onDuty('18:00')).toEqual([
      { id: shift, practitioner: { identifier: noor, name: 'Noor de Wit', roleName: 'Verpleegkundige' }, actor: nacht, district: 'Noord', startArea: '7203', period: { from: at('18:00'), until: at('23:00') }, toldAt: at('18:00') },
    ]);
    expect(await onDuty('23:00')).toEqual([]);
    expect(await as(regie, (tx) => new ReceivedDutyTable(tx).listDuties())).toEqual([{ actor: nacht, fetchedAt: at('18:00'), attemptedAt: at('18:00') }]);
  });

  it('changes with what the actor says later, and keeps when she began', async () => {
    const shift = randomUUID();
    await tell('18:00', [told(shift)]);
    await tell('19:00', [told(shift, { until: at('22:00'), name: 'N. de Wit', startArea: '7231' })]);
    expect(await onDuty('19:00')).toMatchObject([{ practitioner: { name: 'N. de Wit' }, startArea: '7231', period: { from: at('18:00'), until: at('22:00') }, toldAt: at('19:00') }]);
  });

  it('is off duty as soon as the actor names her no more, and on duty when it does again', async () => {
    const shift = randomUUID();
    await tell('18:00', [told(shift)]);
    await tell('19:00', []);
    expect(await onDuty('19:01')).toEqual([]);
    await tell('20:00', [told(shift)]);
    expect(await onDuty('20:00')).toHaveLength(1);
  });

  it('stays off duty when her shift was ended at the desk, whatever the actor still says', async () => {
    const shift = randomUUID();
    await tell('18:00', [told(shift)]);
    await as(regie, (tx) => new ShiftTable(tx).endShift(shift, at('18:30')));
    await tell('19:00', [told(shift)]);
    expect(await onDuty('19:00')).toEqual([]);
  });

  it('stays as last told while the actor does not answer, and the silence is known', async () => {
    await tell('18:00', [told(randomUUID())]);
    await fail('19:00');
    expect(await onDuty('19:00')).toHaveLength(1);
    expect(await as(regie, (tx) => new ReceivedDutyTable(tx).listDuties())).toEqual([{ actor: nacht, fetchedAt: at('18:00'), attemptedAt: at('19:00'), failure: 'unreachable' }]);
  });

  it('is not changed by an answer that was overtaken on its way', async () => {
    await tell('19:00', [told(randomUUID())]);
    await tell('18:00', []);
    expect(await onDuty('19:00')).toHaveLength(1);
  });

  it('cannot take over a shift of another actor, nor one that the regisseur planned', async () => {
    const [theirs, planned] = [randomUUID(), randomUUID()];
    await tell('18:00', [told(theirs)], eik);
    const own = { id: planned, practitioner: { identifier: noor, name: 'Noor de Wit', roleName: 'Verpleegkundige' }, actor: nacht, period: { from: at('17:00'), until: at('22:00') } };
    await as(regie, (tx) => new ShiftTable(tx).addShift(own));
    await tell('19:00', [told(theirs, { name: 'Iemand anders' }), told(planned, { name: 'Iemand anders' })]);
    expect((await onDuty('19:00')).map(({ id, actor, practitioner }) => [id, actor, practitioner.name])).toEqual([[theirs, eik, 'Noor de Wit'], [planned, nacht, 'Noor de Wit']]);
    await tell('20:00', []);
    expect(await onDuty('20:00')).toHaveLength(2);
  });

  it('is nothing to another organisation', async () => {
    await tell('18:00', [told(randomUUID())]);
    regie = OrganisationId.parse(randomUUID());
    expect(await onDuty('18:00')).toEqual([]);
    expect(await as(regie, (tx) => new ReceivedDutyTable(tx).listDuties())).toEqual([]);
  });
});

describe('regisseurs that an actor works for, in PostgreSQL', () => {
  const regisseur = { did: Did.parse('did:web:regie.example:iam:9'), name: 'Regie Oost' };

  it('are known from when they are added until they are removed, to that actor alone', async () => {
    const isKnown = (organisation = regie) => as(organisation, (tx) => new KnownRegisseurTable(tx).isKnown(regisseur.did));
    expect(await isKnown()).toBe(false);
    await as(regie, (tx) => new KnownRegisseurTable(tx).saveRegisseur({ ...regisseur, name: 'Oost' }));
    await as(regie, (tx) => new KnownRegisseurTable(tx).saveRegisseur(regisseur));
    expect(await as(regie, (tx) => new KnownRegisseurTable(tx).listRegisseurs())).toEqual([regisseur]);
    await as(regie, (tx) => new KnownRegisseurTable(tx).saveRegisseur({ ...regisseur, telephone: '0575 99 90 10' }));
    expect(await as(regie, (tx) => new KnownRegisseurTable(tx).findRegisseur(regisseur.did))).toEqual({ ...regisseur, telephone: '0575 99 90 10' });
    expect([await isKnown(), await isKnown(OrganisationId.parse(randomUUID()))]).toEqual([true, false]);
    const remove = () => as(regie, (tx) => new KnownRegisseurTable(tx).removeRegisseur(regisseur.did));
    expect([await remove(), await remove(), await isKnown()]).toEqual([true, false, false]);
  });
});
