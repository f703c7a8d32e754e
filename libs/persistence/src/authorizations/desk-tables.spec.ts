import type { AllowlistAnswer, Authorization } from '@anw/triage';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CareRequestTable } from '../care-requests/care-request-table.js';
import { createCareRequestTables } from '../care-requests/care-request-tables.js';
import type { Transaction } from '../database/database.js';
import { createReceivedDutyTables } from '../duty/received-duty-tables.js';
import { PartnerTable } from '../partners/partner-table.js';
import { createPartnerTables } from '../partners/partner-tables.js';
import { ReceivedAllowlistTable } from '../received-allowlists/received-allowlist-table.js';
import { createReceivedAllowlistTables, createReceivedDelegationTables } from '../received-allowlists/received-allowlist-tables.js';
import { ShiftTable } from '../shifts/shift-table.js';
import { createShiftTables, letShiftsEnd } from '../shifts/shift-tables.js';
import { AuthorizationTable } from './authorization-table.js';
import { AlarmTimesTable } from '../alarm-times/alarm-times-table.js';
import { createAlarmTimesTables } from '../alarm-times/alarm-times-tables.js';
import { DecisionTreeTable } from '../decision-trees/decision-tree-table.js';
import { createDecisionTreeTables } from '../decision-trees/decision-tree-tables.js';
import { HandoverTable } from '../handovers/handover-table.js';
import { createHandoverTables } from '../handovers/handover-tables.js';
import { PostcodeAreaTable } from '../places/postcode-area-table.js';
import { addStartOfShift, createPostcodeAreaTables } from '../places/postcode-area-tables.js';
import { createAuthorizationTables, followAuthorizations, handHomeAccessAlong } from './authorization-tables.js';
import { deskEntities } from './desk-entities.js';

class CreateDesk1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCareRequestTables(runner);
    await createShiftTables(runner);
    await createPartnerTables(runner);
    await createReceivedDelegationTables(runner);
    await createReceivedAllowlistTables(runner);
    await createReceivedDutyTables(runner);
    await createAuthorizationTables(runner);
    await letShiftsEnd(runner);
    await handHomeAccessAlong(runner);
    for (const create of [createDecisionTreeTables, createPostcodeAreaTables, addStartOfShift, followAuthorizations, createAlarmTimesTables, createHandoverTables]) await create(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE handover, alarm_times, postcode_area, decision_tree, issued_authorization, authorization_request, received_delegation, received_allowlist, partner, shift, care_request');
  }
}

const regie = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const other = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const custodian = Did.parse('did:web:linde.example:iam:1');
const actor = Did.parse('did:web:nacht.example:iam:2');
const triagist = EmployeeIdentifier.parse('t-1');
const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);

const careRequest = () => ({ id: randomUUID(), kind: 'unplanned' as const, reportedBy: 'Dochter', description: 'Gevallen.', urgency: 'urgent' as const, receivedAt: at('19:00') });
const shift = () => ({ id: randomUUID(), practitioner: { identifier: EmployeeIdentifier.parse('e-1'), name: 'N. Acht', roleName: 'Verpleegkundige' }, actor, period: { from: at('15:00'), until: at('23:00') } });
const authorization = (request: string, onShift: string, change: Partial<Authorization> = {}): Authorization => {
  const id = randomUUID();
  return {
    id,
    credentialId: DidUrl.parse(`did:web:regie.example:iam:9#${id}`),
    credential: 'jwt',
    requestId: randomUUID(),
    careRequest: request,
    shift: onShift,
    custodian: { did: custodian, name: 'Thuiszorg De Linde' },
    actor: { did: actor, name: 'Wijkzorg Nacht' },
    practitioner: { identifier: EmployeeIdentifier.parse('e-1'), name: 'N. Acht' },
    handle: PatientHandle.parse('urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69'),
    delegation: DidUrl.parse(`${custodian}#d1`),
    patient: { name: 'A. de Vries', birthDate: '1941-03-02' },
    note: 'Gevallen.',
    urgency: 'urgent',
    visitWindow: { from: at('20:00'), until: at('21:00') },
    homeAccess: true,
    period: { from: at('19:30'), until: at('23:00') },
    issuedAt: at('19:30'),
    issuedBy: triagist,
    offer: randomUUID(),
    ...change,
  };
};

describe('tables of the desk', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateDesk1700000000000], deskEntities);
  });
  afterAll(() => test.drop());

  const as = <T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(organisation, work);
  const addAuthorization = async (change: Partial<Authorization> = {}) => {
    const [request, onShift] = [careRequest(), shift()];
    const issued = authorization(request.id, onShift.id, change);
    await as(regie, async (tx) => {
      await new CareRequestTable(tx).addCareRequest(request);
      await new ShiftTable(tx).addShift(onShift);
      await new AuthorizationTable(tx).addAuthorization(issued);
    });
    return issued;
  };

  describe('what happens after sending', () => {
    it('rings for what nobody opened in time, once, and for nothing that was opened, revoked, followed or is over', async () => {
      const openBefore = at('20:10');
      const due = await addAuthorization({ openBefore });
      const opened = await addAuthorization({ openBefore });
      const revoked = await addAuthorization({ openBefore });
      const followed = await addAuthorization({ openBefore });
      const extension = await addAuthorization({});
      await as(regie, async (tx) => {
        await new AuthorizationTable(tx).markReceipt(opened.id, 'opened', at('20:00'));
        await new AuthorizationTable(tx).markRevoked(revoked.id, { at: at('20:00'), by: triagist, reason: 'Verkeerde cliënt' });
        expect(await new AuthorizationTable(tx).markReplaced(followed.id, extension.id)).toBe(true);
        expect(await new AuthorizationTable(tx).markReplaced(followed.id, extension.id)).toBe(false);
        expect(await new AuthorizationTable(tx).markReplaced(revoked.id, extension.id)).toBe(false);
      });
      const ring = (time: string) => as(regie, (tx) => new AuthorizationTable(tx).raiseAlarms(at(time)));
      await ring('20:09');
      expect((await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(due.id)))?.alarmAt).toBeUndefined();
      expect(await ring('20:10')).toBe(1);
      expect(await ring('20:11')).toBe(0);
      const colleague = EmployeeIdentifier.parse('t-2');
      const acknowledge = (by: EmployeeIdentifier, time: string, rangAt: string) => as(regie, (tx) => new AuthorizationTable(tx).markAcknowledged(due.id, by, at(time), at(rangAt)));
      await acknowledge(triagist, '20:12', '20:10');
      await acknowledge(colleague, '20:13', '20:10');
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(due.id))).toEqual({ ...due, alarmAt: at('20:10'), acknowledged: { by: triagist, at: at('20:12') } });
      // It rang again, for something else.
      await acknowledge(colleague, '20:31', '20:30');
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(due.id))).toMatchObject({ acknowledged: { by: colleague, at: at('20:31') } });
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(revoked.id))).toMatchObject({ revokedBy: triagist, revokeReason: 'Verkeerde cliënt' });
    });

    it('is found by period and by care request', async () => {
      const tomorrow = { from: new Date('2026-03-03T20:00:00Z'), until: new Date('2026-03-03T23:00:00Z') };
      const late = await addAuthorization({ period: tomorrow, visitWindow: tomorrow });
      const list = (from: string, until: string) => as(regie, (tx) => new AuthorizationTable(tx).listInPeriod({ from: new Date(from), until: new Date(until) }, 10));
      expect((await list('2026-03-03T22:00:00Z', '2026-03-04T00:00:00Z')).map(({ id }) => id)).toEqual([late.id]);
      expect(await list('2026-03-03T23:00:00Z', '2026-03-04T00:00:00Z')).toEqual([]);
      expect((await as(regie, (tx) => new AuthorizationTable(tx).listOfCareRequests([late.careRequest]))).map(({ id }) => id)).toEqual([late.id]);
      expect(await as(other, (tx) => new AuthorizationTable(tx).listOfCareRequests([late.careRequest]))).toEqual([]);
    });
  });

  describe('what a region keeps as data', () => {
    const tree = { title: 'Boom', start: 'q', questions: [{ id: 'q', text: 'Vraag?', answers: [{ id: 'ja', text: 'Ja', then: { end: { outcome: 'emergency-112' as const, advice: 'Bel 112.' } } }] }] };

    it('has one decision tree in use, and keeps the ones before it', async () => {
      const add = () => as(regie, (tx) => new DecisionTreeTable(tx).addDraft(tree, 'operator', at('19:00')));
      const [first, second] = [await add(), await add()];
      expect([first, second]).toEqual([1, 2]);
      const publish = (version: number, time: string) => as(regie, (tx) => new DecisionTreeTable(tx).publish(version, triagist, at(time)));
      expect([await publish(1, '19:10'), await publish(2, '19:20'), await publish(1, '19:30'), await publish(9, '19:30')]).toEqual([true, true, false, false]);
      expect(await as(regie, (tx) => new DecisionTreeTable(tx).listVersions())).toMatchObject([{ version: 2, state: 'published', publishedBy: triagist }, { version: 1, state: 'retired', tree }]);
      expect((await as(regie, (tx) => new DecisionTreeTable(tx).findPublished()))?.version).toBe(2);
      expect(await as(other, (tx) => new DecisionTreeTable(tx).listVersions())).toEqual([]);
    });

    it('knows where postcode areas lie until it supplies others', async () => {
      const [a, b] = [{ area: '7311', latitude: 52.21, longitude: 5.96, district: 'Centrum' }, { area: '7201', latitude: 52.14, longitude: 6.2 }];
      await as(regie, (tx) => new PostcodeAreaTable(tx).replaceAreas([a, b]));
      expect(await as(regie, (tx) => new PostcodeAreaTable(tx).findAreas(['7311', '9999']))).toEqual([a]);
      await as(regie, (tx) => new PostcodeAreaTable(tx).replaceAreas([b]));
      expect(await as(regie, (tx) => new PostcodeAreaTable(tx).findAreas(['7311', '7201']))).toEqual([b]);
      expect(await as(other, (tx) => new PostcodeAreaTable(tx).countAreas())).toBe(0);
    });

    it('agrees on times for the alarm, and has usual ones until it does', async () => {
      expect(await as(regie, (tx) => new AlarmTimesTable(tx).findAlarmTimes())).toEqual({ urgent: 10, soon: 20, routine: 60 });
      for (const urgent of [5, 7]) await as(regie, (tx) => new AlarmTimesTable(tx).saveAlarmTimes({ urgent, soon: 15, routine: 30 }));
      expect(await as(regie, (tx) => new AlarmTimesTable(tx).findAlarmTimes())).toEqual({ urgent: 7, soon: 15, routine: 30 });
      expect(await as(other, (tx) => new AlarmTimesTable(tx).findAlarmTimes())).toEqual({ urgent: 10, soon: 20, routine: 60 });
    });
  });

  describe('handovers', () => {
    const handover = { id: randomUUID(), from: { identifier: triagist, name: 'T. Riage' }, writtenAt: at('22:00'), remark: 'Rustig.', items: [{ careRequest: randomUUID(), note: 'Belt terug.' }] };

    it('are written once, and taken over by the first who does', async () => {
      const next = { identifier: EmployeeIdentifier.parse('t-2'), name: 'V. Olgende' };
      await as(regie, async (tx) => {
        const table = new HandoverTable(tx);
        expect([await table.addHandover(handover), await table.addHandover({ ...handover, remark: 'Anders.' })]).toEqual([true, false]);
        expect([await table.markAccepted(handover.id, next, at('22:30')), await table.markAccepted(handover.id, handover.from, at('22:31'))]).toEqual([true, false]);
      });
      expect(await as(regie, (tx) => new HandoverTable(tx).listHandovers(5))).toEqual([{ ...handover, accepted: { by: next, at: at('22:30') } }]);
      expect(await as(other, (tx) => new HandoverTable(tx).findHandover(handover.id))).toBeUndefined();
    });
  });

  describe('care requests', () => {
    it('come back as they were recorded, with their triage', async () => {
      const request = careRequest();
      const triage = { outcome: 'out-of-hours-care' as const, decidedAt: at('19:05'), decidedBy: triagist };
      await as(regie, async (tx) => {
        await new CareRequestTable(tx).addCareRequest(request);
        await new CareRequestTable(tx).saveTriage(request.id, triage, request.urgency);
      });
      expect(await as(regie, (tx) => new CareRequestTable(tx).findCareRequest(request.id))).toEqual({ ...request, triage });
      expect(await as(regie, (tx) => new CareRequestTable(tx).lockCareRequest(request.id))).toEqual({ ...request, triage });
    });

    it('are recorded once', async () => {
      const request = careRequest();
      expect(await as(regie, (tx) => new CareRequestTable(tx).addCareRequest(request))).toBe(true);
      expect(await as(regie, (tx) => new CareRequestTable(tx).addCareRequest({ ...request, description: 'Anders.' }))).toBe(false);
      expect(await as(regie, (tx) => new CareRequestTable(tx).findCareRequest(request.id))).toEqual(request);
    });

    it('are listed newest first', async () => {
      const late = { ...careRequest(), receivedAt: new Date('2027-01-01T00:00:00Z') };
      await as(regie, (tx) => new CareRequestTable(tx).addCareRequest(late));
      expect((await as(regie, (tx) => new CareRequestTable(tx).listCareRequests(1))).map(({ id }) => id)).toEqual([late.id]);
    });

    it('are nothing to another organisation', async () => {
      const request = careRequest();
      await as(regie, (tx) => new CareRequestTable(tx).addCareRequest(request));
      expect(await as(other, (tx) => new CareRequestTable(tx).findCareRequest(request.id))).toBeUndefined();
      expect(await as(other, (tx) => new CareRequestTable(tx).listCareRequests(100))).toEqual([]);
    });
  });

  describe('shifts', () => {
    it('end once, and keep what was planned', async () => {
      const added = shift();
      await as(regie, (tx) => new ShiftTable(tx).addShift(added));
      expect(await as(regie, (tx) => new ShiftTable(tx).endShift(added.id, at('20:00')))).toBe(true);
      expect(await as(regie, (tx) => new ShiftTable(tx).endShift(added.id, at('21:00')))).toBe(false);
      expect(await as(regie, (tx) => new ShiftTable(tx).findShift(added.id))).toEqual({ ...added, endedAt: at('20:00') });
    });

    it('are ended by nobody while an authorization is being issued for them', async () => {
      const added = shift();
      await as(regie, (tx) => new ShiftTable(tx).addShift(added));
      const order: string[] = [];
      await as(regie, async (tx) => {
        expect(await new ShiftTable(tx).holdShift(added.id)).toEqual(added);
        const ending = as(regie, (another) => new ShiftTable(another).endShift(added.id, at('20:00'))).then(() => order.push('ended'));
        await new Promise((resolve) => setTimeout(resolve, 200));
        order.push('issued');
        return { ending };
      }).then(({ ending }) => ending);
      expect(order).toEqual(['issued', 'ended']);
    });

    it('of another organisation cannot be ended', async () => {
      const added = shift();
      await as(regie, (tx) => new ShiftTable(tx).addShift(added));
      expect(await as(other, (tx) => new ShiftTable(tx).endShift(added.id, at('20:00')))).toBe(false);
      expect(await as(other, (tx) => new ShiftTable(tx).holdShift(added.id))).toBeUndefined();
    });

    it('come back as they were added, once', async () => {
      const added = shift();
      expect(await as(regie, (tx) => new ShiftTable(tx).addShift(added))).toBe(true);
      expect(await as(regie, (tx) => new ShiftTable(tx).addShift(added))).toBe(false);
      expect(await as(regie, (tx) => new ShiftTable(tx).findShift(added.id))).toEqual(added);
    });

    it('are found by any moment they cover', async () => {
      const added = { ...shift(), period: { from: new Date('2028-01-01T15:00:00Z'), until: new Date('2028-01-01T23:00:00Z') } };
      await as(regie, (tx) => new ShiftTable(tx).addShift(added));
      const covering = (from: string, until: string) => as(regie, (tx) => new ShiftTable(tx).listShifts({ from: new Date(`2028-01-01T${from}Z`), until: new Date(`2028-01-01T${until}Z`) }));
      expect((await covering('22:59:59.998', '22:59:59.999')).map(({ id }) => id)).toEqual([added.id]);
      expect(await covering('23:00:00', '23:30:00')).toEqual([]);
      expect(await covering('14:00:00', '15:00:00')).toEqual([]);
    });

    it('are nothing to another organisation', async () => {
      const added = shift();
      await as(regie, (tx) => new ShiftTable(tx).addShift(added));
      expect(await as(other, (tx) => new ShiftTable(tx).findShift(added.id))).toBeUndefined();
    });
  });

  describe('partners', () => {
    it('take the last name they were given', async () => {
      const save = (name: string) => as(regie, (tx) => new PartnerTable(tx).savePartner({ did: custodian, role: 'custodian', name }));
      await save('De Linde');
      await save('Thuiszorg De Linde');
      expect(await as(regie, (tx) => new PartnerTable(tx).findPartner(custodian, 'custodian'))).toEqual({ did: custodian, role: 'custodian', name: 'Thuiszorg De Linde' });
    });

    it('are known in one role at a time', async () => {
      await as(regie, (tx) => new PartnerTable(tx).savePartner({ did: actor, role: 'actor', name: 'Wijkzorg Nacht' }));
      expect(await as(regie, (tx) => new PartnerTable(tx).findPartner(actor, 'custodian'))).toBeUndefined();
      expect((await as(regie, (tx) => new PartnerTable(tx).listPartners('actor'))).map(({ did }) => did)).toEqual([actor]);
    });

    it('are nothing to another organisation', async () => {
      expect(await as(other, (tx) => new PartnerTable(tx).listPartners())).toEqual([]);
    });
  });

  describe('received allowlists', () => {
    const answer = (id: string, fetched: string): AllowlistAnswer => ({
      custodian,
      rows: [{ actor, period: { from: at('00:00'), until: at('23:00') } }],
      fetchedAt: at(fetched),
      attemptedAt: at(fetched),
      delegation: {
        id: DidUrl.parse(`${custodian}#${id}`),
        custodian,
        actors: [actor],
        maxAuthorizationSeconds: 28_800,
        period: { from: at('00:00'), until: at('23:59') },
        jwt: `jwt-${id}`,
        fetchedAt: at(fetched),
      },
    });
    const save = (received: AllowlistAnswer) => as(regie, (tx) => new ReceivedAllowlistTable(tx).saveAnswer(received));
    const tell = (time: string) => as(regie, (tx) => new ReceivedAllowlistTable(tx).markTold(custodian, at(time)));
    const find = (organisation = regie) => as(organisation, (tx) => new ReceivedAllowlistTable(tx).findAllowlistOf(custodian));

    it('are replaced by newer ones, never by older ones', async () => {
      for (const [id, fetched] of [['first', '10:00'], ['third', '12:00'], ['second', '11:00']] as const) await save(answer(id, fetched));
      expect(await find()).toEqual(answer('third', '12:00'));
    });

    it('stay known when the custodian gives no answer, with the attempt', async () => {
      await save({ custodian, rows: [], attemptedAt: at('12:30'), failure: 'unreachable' });
      expect(await find()).toEqual({ ...answer('third', '12:00'), attemptedAt: at('12:30'), failure: 'unreachable' });
    });

    it('remember the last time that the custodian said they changed', async () => {
      await tell('12:40');
      await tell('12:35');
      expect((await find())?.toldAt).toEqual(at('12:40'));
      await save(answer('fourth', '12:41'));
      expect(await find()).toEqual({ ...answer('fourth', '12:41'), toldAt: at('12:40') });
    });

    it('are empty, without a delegation, once the custodian lets the regisseur in no more', async () => {
      const refused = { custodian, rows: [], fetchedAt: at('13:00'), attemptedAt: at('13:00'), failure: 'refused' as const };
      await save(refused);
      expect(await find()).toEqual({ ...refused, toldAt: at('12:40') });
      expect(await as(regie, (tx) => new ReceivedAllowlistTable(tx).listAllowlists())).toEqual([{ ...refused, toldAt: at('12:40') }]);
    });

    it('are saved one after another when two that were told of a change and asked by interval meet', async () => {
      const both = Array.from({ length: 20 }, (_, count) => as(regie, async (tx) => {
        if (count % 2 === 0) await new ReceivedAllowlistTable(tx).markTold(custodian, at('14:00'));
        await new ReceivedAllowlistTable(tx).saveAnswer(answer(`meeting-${count}`, '14:30'));
      }));
      await expect(Promise.all(both)).resolves.toHaveLength(20);
      expect((await find())?.delegation?.id).toMatch(/#meeting-\d+$/);
    });

    it('may be told to have changed before anything was fetched', async () => {
      const unheard = Did.parse('did:web:unheard.example:iam:9');
      await as(regie, (tx) => new ReceivedAllowlistTable(tx).markTold(unheard, at('12:00')));
      expect(await as(regie, (tx) => new ReceivedAllowlistTable(tx).findAllowlistOf(unheard))).toEqual({ custodian: unheard, rows: [], toldAt: at('12:00') });
    });

    it('are nothing to another organisation', async () => expect(await find(other)).toBeUndefined());
  });

  describe('authorizations', () => {
    it('come back as they were issued', async () => {
      const issued = await addAuthorization({ patient: { name: 'A. de Vries', birthDate: '1941-03-02', address: 'Dorpsstraat 1' } });
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(issued.id))).toEqual(issued);
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findByRequest(issued.requestId))).toEqual(issued);
    });

    it('are issued once per request, also by simultaneous transactions', async () => {
      const request = randomUUID();
      const claims = await Promise.all(Array.from({ length: 8 }, () => as(regie, (tx) => new AuthorizationTable(tx).claimRequest(request, randomUUID()))));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('leave a request free when the transaction that claimed it rolls back', async () => {
      const request = randomUUID();
      await as(regie, async (tx) => {
        await new AuthorizationTable(tx).claimRequest(request, randomUUID());
        throw new Error('rolled back');
      }).catch(() => undefined);
      expect(await as(regie, (tx) => new AuthorizationTable(tx).claimRequest(request, randomUUID()))).toBe(true);
    });

    it('in force are those neither revoked nor over, of one shift or of all', async () => {
      const [one, revoked, over] = [await addAuthorization(), await addAuthorization(), await addAuthorization({ period: { from: at('17:00'), until: at('18:00') } })];
      await as(regie, (tx) => new AuthorizationTable(tx).markRevoked(revoked.id, { at: at('19:40') }));
      const inForce = (await as(regie, (tx) => new AuthorizationTable(tx).listInForce(at('20:00')))).map(({ id }) => id);
      expect([one, revoked, over].map(({ id }) => inForce.includes(id))).toEqual([true, false, false]);
      expect((await as(regie, (tx) => new AuthorizationTable(tx).listInForceOfShift(one.shift, at('20:00')))).map(({ id }) => id)).toEqual([one.id]);
      expect(await as(other, (tx) => new AuthorizationTable(tx).listInForce(at('20:00')))).toEqual([]);
    });

    it('may be signed anew, by their own regisseur', async () => {
      const issued = await addAuthorization();
      await as(other, (tx) => new AuthorizationTable(tx).replaceCredential(issued.id, 'forged'));
      await as(regie, (tx) => new AuthorizationTable(tx).replaceCredential(issued.id, 'anew'));
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(issued.id))).toEqual({ ...issued, credential: 'anew' });
    });

    it('are revoked once', async () => {
      const issued = await addAuthorization();
      const revoke = (time: string) => as(regie, (tx) => new AuthorizationTable(tx).markRevoked(issued.id, { at: at(time) }));
      expect(await revoke('20:00')).toBe(true);
      expect(await revoke('21:00')).toBe(false);
      expect(await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(issued.id))).toEqual({ ...issued, revokedAt: at('20:00') });
    });

    it.each([
      ['received', 'receivedAt'],
      ['opened', 'openedAt'],
      ['refused', 'refusedAt'],
    ] as const)('keep the first moment they were %s', async (receipt, member) => {
      const issued = await addAuthorization();
      const mark = (time: string) => as(regie, (tx) => new AuthorizationTable(tx).markReceipt(issued.id, receipt, at(time)));
      expect(await mark('20:00')).toBe(true);
      expect(await mark('21:00')).toBe(false);
      expect((await as(regie, (tx) => new AuthorizationTable(tx).findAuthorization(issued.id)))?.[member]).toEqual(at('20:00'));
    });

    it('are in force for their care request until they end or are revoked, and known to their actor until they end', async () => {
      const lonely = Did.parse(`did:web:${randomUUID()}.example:iam:1`);
      const issued = await addAuthorization({ actor: { did: lonely, name: 'Ver weg' } });
      const inForce = (time: string) =>
        as(regie, async (tx) => [await new AuthorizationTable(tx).hasAuthorizationInForce(issued.careRequest, at(time)), await new AuthorizationTable(tx).hasAuthorizationSince(lonely, at(time))]);
      expect(await inForce('22:59')).toEqual([true, true]);
      expect(await inForce('23:00')).toEqual([false, false]);
      await as(regie, (tx) => new AuthorizationTable(tx).markRevoked(issued.id, { at: at('20:00') }));
      expect(await inForce('22:00')).toEqual([false, true]);
    });

    it('are nothing to another organisation, which can neither read, revoke nor mark them', async () => {
      const issued = await addAuthorization();
      const seen = await as(other, async (tx) => {
        const table = new AuthorizationTable(tx);
        return [await table.findAuthorization(issued.id), await table.findByRequest(issued.requestId), await table.markRevoked(issued.id, { at: at('20:00') }), await table.markReceipt(issued.id, 'opened', at('20:00')), await table.hasAuthorizationSince(actor, at('20:00'))];
      });
      expect(seen).toEqual([undefined, undefined, false, false, false]);
      expect(await as(other, (tx) => tx.query('SELECT id FROM issued_authorization'))).toEqual([]);
    });
  });
});
