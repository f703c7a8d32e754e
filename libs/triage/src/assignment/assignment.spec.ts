import type { AuditEvent } from '@anw/audit';
import { parseCredential, readAuthorizationCredential, verifyCredential } from '@anw/credentials';
import { NotificationEvent } from '@anw/notifications';
import { createTestParty, InMemoryDesk, keysOfParties } from '@anw/testing';
import { contains, DidUrl, EmployeeIdentifier, PatientHandle, type ValidityPeriod, HomeAccessId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { acknowledgeAlarm } from '../alarm/acknowledge-alarm.js';
import { alarmOf } from '../alarm/alarm.js';
import { decideTriage } from '../care-requests/decide-triage.js';
import { presentLoad } from '../duty/present-load.js';
import type { PrecheckAnswer } from '../precheck/precheck.js';
import { visitProgress } from '../triage-systems/triage-system.js';
import { authorizationState, deliveryProgress } from './authorization.js';
import { endShift, endShiftOnWordOfActor } from './end-shift.js';
import { extend } from './extend.js';
import { handOverAuthorization } from './hand-over-authorization.js';
import { type AuthorizationOrder, authorizationPeriod, issueAuthorization, type IssuePorts } from './issue-authorization.js';
import { reassign } from './reassign.js';
import { recordReceipt } from './record-receipt.js';
import { reissueAuthorizations } from './reissue-authorizations.js';
import { revokeAuthorization } from './revoke-authorization.js';

const regie = createTestParty('regie');
const linde = createTestParty('linde');
const nacht = createTestParty('nacht');
const eik = createTestParty('eik');
const start = new Date('2026-01-01T20:00:00.400Z');
const triagist = { identifier: EmployeeIdentifier.parse('t-1'), name: 'T. Riage', roleName: 'Triagist' };
const evening: ValidityPeriod = { from: new Date('2026-01-01T15:00:00Z'), until: new Date('2026-01-01T23:00:00Z') };
const resources: IssuePorts['resources'] = [{ path: '/Observation', operations: ['search', 'read', 'create'], userContext: true, assuranceLevel: 'low' }];

const delegation = {
  id: DidUrl.parse(`${linde.did}#d1`),
  custodian: linde.did,
  actors: [nacht.did],
  maxAuthorizationSeconds: 86_400,
  period: { from: new Date('2025-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') },
  jwt: 'jwt',
  fetchedAt: start,
};

function night() {
  const careRequest = {
    id: randomUUID(),
    kind: 'unplanned' as const,
    reportedBy: 'Dochter',
    description: 'Gevallen, kan niet opstaan. Sleutel bij de buren.',
    urgency: 'urgent' as const,
    receivedAt: start,
    triage: { outcome: 'out-of-hours-care' as const, decidedAt: start, decidedBy: triagist.identifier },
  };
  const shift = { id: randomUUID(), practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'N. Acht', roleName: 'Verpleegkundige' }, actor: nacht.did, period: evening };
  const desk = new InMemoryDesk({
    careRequests: [careRequest],
    shifts: [shift],
    partners: [
      { did: linde.did, role: 'custodian', name: 'Thuiszorg De Linde' },
      { did: nacht.did, role: 'actor', name: 'Wijkzorg Nacht' },
    ],
  });
  const order: AuthorizationOrder = {
    requestId: randomUUID(),
    careRequest: careRequest.id,
    custodian: linde.did,
    handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`),
    patient: { name: 'A. de Vries', birthDate: '1941-03-02', address: 'Dorpsstraat 1, Zutphen' },
    shift: shift.id,
    visitWindow: { from: new Date('2026-01-01T20:30:00Z'), until: new Date('2026-01-01T21:30:00Z') },
    homeAccess: false,
  };
  const state: { now: Date; answer: PrecheckAnswer } = { now: start, answer: { light: 'green', delegation } };
  const ports: IssuePorts = {
    signer: regie.signer,
    statusLists: { door: 'https://regie.example', uuid: regie.organisation.id },
    precheck: { askUnlessGreen: async () => state.answer },
    resources,
    hrefOf: (id) => `https://regie.example/anw/regie/authorizations/${id}`,
    transaction: desk.transaction,
    clock: () => state.now,
    uuid: randomUUID,
  };
  return { desk, order, ports, state, shift, careRequest };
}

const readIssued = async (jwt: string) => readAuthorizationCredential(await verifyCredential(parseCredential(jwt), { keys: keysOfParties(regie), now: start }));

describe('issuing an authorization (design §2 step 3)', () => {
  it('makes a credential signed by the regisseur, about the actor, bound to custodian, patient handle, practitioner and delegation', async () => {
    const { order, ports } = night();
    const { credential, credentialId } = await issueAuthorization(order, triagist, ports);
    expect(await readIssued(credential)).toMatchObject({
      id: credentialId,
      regisseur: regie.did,
      actor: nacht.did,
      custodian: linde.did,
      handle: order.handle,
      practitioner: 'e-10442',
      delegation: delegation.id,
      purposeOfUse: 'anw-zorg-2022',
      resources,
    });
  });

  it('opens how to get into the home only when the triagist hands it along, and names no more of it than an id', async () => {
    const homeAccess = HomeAccessId.parse('5b1f0a52-7a34-4a57-9a0c-9a1f3c1f7f10');
    const { order, ports, state } = night();
    state.answer = { light: 'green', delegation, homeAccess };
    const without = await readIssued((await issueAuthorization(order, triagist, ports)).credential);
    expect(without.resources).toEqual(resources);
    const handed = await issueAuthorization({ ...order, requestId: randomUUID(), homeAccess: true }, triagist, ports);
    expect(handed.homeAccess).toBe(true);
    expect((await readIssued(handed.credential)).resources).toEqual([...resources, { path: `/Location/${homeAccess}`, operations: ['read'], userContext: true, assuranceLevel: 'low' }]);
  });

  it('keeps name, birth date, address and note out of the credential', async () => {
    const { order, ports, careRequest } = night();
    const { credential } = await issueAuthorization(order, triagist, ports);
    const payload = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString();
    for (const personal of [order.patient.name, order.patient.birthDate, order.patient.address as string, careRequest.description]) expect(payload).not.toContain(personal);
  });

  it('gives the credential an entry in both status lists, with the same index', async () => {
    const { order, ports } = night();
    const { status } = await readIssued((await issueAuthorization(order, triagist, ports)).credential);
    expect(status.map(({ type }) => type)).toEqual(['StatusList2021Entry', 'BitstringStatusListEntry']);
    expect(new Set(status.map(({ statusListIndex }) => statusListIndex)).size).toBe(1);
  });

  it('is valid from now until the end of the shift', async () => {
    const { order, ports } = night();
    const issued = await issueAuthorization(order, triagist, ports);
    expect(issued.period).toEqual({ from: new Date('2026-01-01T20:00:00Z'), until: evening.until });
    const { period } = await readIssued(issued.credential);
    expect(period.until).toEqual(evening.until);
    expect(contains(period, start)).toBe(true);
  });

  it('stores the context that the actor pulls: note, urgency, visit window, patient', async () => {
    const { desk, order, ports, careRequest } = night();
    const issued = await issueAuthorization(order, triagist, ports);
    expect(desk.state.authorizations).toEqual([issued]);
    expect(issued).toMatchObject({ note: careRequest.description, urgency: 'urgent', visitWindow: order.visitWindow, patient: order.patient, custodian: { did: linde.did, name: 'Thuiszorg De Linde' } });
  });

  it('leaves one notification for the actor, which holds references only', async () => {
    const { desk, order, ports } = night();
    const issued = await issueAuthorization(order, triagist, ports);
    expect(desk.state.outbox).toEqual([
      NotificationEvent.parse({
        specversion: '1.0',
        id: issued.offer,
        source: regie.did,
        type: 'nl.anw.authorization.offered.v1',
        subject: issued.credentialId,
        time: start.toISOString(),
        datacontenttype: 'application/json',
        data: { recipient: nacht.did, href: `https://regie.example/anw/regie/authorizations/${issued.id}` },
      }),
    ]);
  });

  it('is in the log, with the triagist who did it', async () => {
    const { desk, order, ports } = night();
    const { credentialId } = await issueAuthorization(order, triagist, ports);
    expect(desk.state.audit).toMatchObject([{ name: 'authorization.issued', outcome: 'success', practitioner: triagist, authorization: credentialId }]);
  });

  it('happens once when the triagist clicks twice at the same moment', async () => {
    const { desk, order, ports } = night();
    const [first, second] = await Promise.all([issueAuthorization(order, triagist, ports), issueAuthorization(order, triagist, ports)]);
    expect(second).toEqual(first);
    expect([desk.state.authorizations, desk.state.outbox, desk.state.audit, desk.state.allocated].map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  it('answers a later repeat with what was issued first', async () => {
    const { desk, order, ports, state } = night();
    const first = await issueAuthorization(order, triagist, ports);
    state.answer = { light: 'red', reason: 'not-allowed' };
    expect(await issueAuthorization(order, triagist, ports)).toEqual(first);
    expect(desk.state.authorizations).toHaveLength(1);
  });

  it('leaves nothing behind when the notification cannot be stored', async () => {
    const { desk, order, ports } = night();
    const broken = { ...ports, transaction: <T>(work: Parameters<typeof desk.transaction<T>>[0]) => desk.transaction<T>((stores) => work({ ...stores, outbox: { ...stores.outbox, put: async () => Promise.reject(new Error('full')) } })) };
    await expect(issueAuthorization(order, triagist, broken)).rejects.toThrow('full');
    expect(desk.state).toMatchObject({ authorizations: [], outbox: [], audit: [], allocated: [] });
  });

  it.each<[string, string, (given: ReturnType<typeof night>) => Partial<AuthorizationOrder>]>([
    ['the pre-check is red', 'actor-not-listed', ({ state }) => ((state.answer = { light: 'red', reason: 'actor-not-listed' }), {})],
    ['there is no home access to hand along', 'no-home-access', () => ({ homeAccess: true })],
    ['the care request is unknown', 'care-request-unknown', () => ({ careRequest: randomUUID() })],
    ['the shift is unknown', 'shift-unknown', () => ({ shift: randomUUID() })],
    ['the shift is over', 'shift-over', ({ state }) => ((state.now = evening.until), {})],
    ['the visit is after the shift', 'visit-window-outside-shift', () => ({ visitWindow: { from: evening.until, until: new Date('2026-01-02T01:00:00Z') } })],
    ['the visit is in the past', 'visit-window-outside-shift', () => ({ visitWindow: { from: evening.from, until: new Date('2026-01-01T16:00:00Z') } })],
  ])('is refused when %s, and the refusal is in the log', async (_when, code, change) => {
    const given = night();
    const order = { ...given.order, ...change(given) };
    await expect(issueAuthorization(order, triagist, given.ports)).rejects.toMatchObject({ name: 'TriageError', code });
    expect(given.desk.state).toMatchObject({ authorizations: [], outbox: [], allocated: [] });
    expect(given.desk.state.audit).toMatchObject([{ name: 'authorization.issued', outcome: 'minor-failure', reason: code, reference: order.requestId }] satisfies Partial<AuditEvent>[]);
  });

  it.each(['nothing-needed', 'informal-carer', 'emergency-112', undefined] as const)('is refused when triage ended in %s', async (outcome) => {
    const given = night();
    const { triage, ...untriaged } = given.careRequest;
    given.desk.state = { ...given.desk.state, careRequests: [outcome === undefined ? untriaged : { ...untriaged, triage: { ...triage, outcome } }] };
    await expect(issueAuthorization(given.order, triagist, given.ports)).rejects.toMatchObject({ code: 'care-request-needs-no-visit' });
  });

  it.each<[string, (order: AuthorizationOrder) => Partial<AuthorizationOrder>]>([
    ['patient', () => ({ handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`) })],
    ['custodian', () => ({ custodian: eik.did })],
    ['shift', () => ({ shift: randomUUID() })],
    ['choice about home access', ({ homeAccess }) => ({ homeAccess: !homeAccess })],
    ['visit window', ({ visitWindow }) => ({ visitWindow: { ...visitWindow, until: evening.until } })],
  ])('is refused when a request id comes back with another %s', async (_what, change) => {
    const { order, ports, state } = night();
    state.answer = { light: 'green', delegation, homeAccess: HomeAccessId.parse(randomUUID()) };
    await issueAuthorization(order, triagist, ports);
    await expect(issueAuthorization({ ...order, ...change(order) }, triagist, ports)).rejects.toMatchObject({ code: 'request-id-reused' });
  });
});

describe('period of an authorization (design §4: "`exp - nbf` at most 24 h")', () => {
  const day = { from: new Date('2026-01-01T20:00:00Z'), until: new Date('2026-01-02T20:00:00Z') };
  const seconds = ({ from, until }: ValidityPeriod) => (until.getTime() - from.getTime()) / 1000;

  it('begins with a shift that is still to come', () => expect(authorizationPeriod(day, 86_400, evening.from).from).toEqual(day.from));
  it('leaves room for the back-dated start of the credential', () => expect(seconds(authorizationPeriod(day, 86_400, day.from))).toBe(86_395));
  it('is no longer than the delegation allows', () => expect(seconds(authorizationPeriod(day, 3_600, day.from))).toBe(3_595));
  it('is in whole seconds', () => expect(authorizationPeriod(day, 3_600, new Date('2026-01-01T21:00:00.999Z')).from).toEqual(new Date('2026-01-01T21:00:00Z')));
});

describe('revoking an authorization (design D10)', () => {
  const issued = async () => {
    const given = night();
    return { ...given, authorization: await issueAuthorization(given.order, triagist, given.ports) };
  };

  it('sets the status bit, tells actor and custodian, and is in the log', async () => {
    const { desk, ports, authorization } = await issued();
    expect(await revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction })).toMatchObject({ revokedAt: start });
    expect(desk.state.revoked).toEqual([authorization.credentialId]);
    expect(desk.state.outbox.slice(1).map(({ type, subject, data }) => [type, subject, data])).toEqual([
      ['nl.anw.authorization.revoked.v1', authorization.credentialId, { recipient: nacht.did }],
      ['nl.anw.authorization.revoked.v1', authorization.credentialId, { recipient: linde.did }],
    ]);
    expect(desk.state.audit.at(-1)).toMatchObject({ name: 'authorization.revoked', outcome: 'success', practitioner: triagist, authorization: authorization.credentialId });
  });

  it('happens once when it is done twice', async () => {
    const { desk, ports, authorization } = await issued();
    const revoke = () => revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction });
    await revoke();
    const after = desk.state;
    expect(await revoke()).toMatchObject({ revokedAt: start });
    expect(desk.state).toEqual(after);
  });

  it('is refused for an authorization that is unknown', async () => {
    const { desk, ports } = await issued();
    await expect(revokeAuthorization(randomUUID(), undefined, triagist, { ...ports, transaction: desk.transaction })).rejects.toMatchObject({ code: 'authorization-unknown' });
  });

  it('is refused once the shift has ended by itself', async () => {
    const { desk, ports, state, authorization } = await issued();
    state.now = evening.until;
    await expect(revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction })).rejects.toMatchObject({ code: 'authorization-over' });
  });

  it('comes before triage can be revised', async () => {
    const { desk, ports, order, authorization } = await issued();
    const revise = () => decideTriage(order.careRequest, { outcome: 'emergency-112' }, triagist, ports.clock, desk.stores);
    await expect(revise()).rejects.toMatchObject({ code: 'triage-has-authorization' });
    await revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction });
    expect((await revise()).triage?.outcome).toBe('emergency-112');
  });
});

describe('the end of a shift before its time (design §2 step 7)', () => {
  const onDuty = async () => {
    const given = night();
    const authorization = await issueAuthorization(given.order, triagist, given.ports);
    const ports = { ...given.ports, transaction: given.desk.transaction };
    const word = (change: Partial<NotificationEvent> = {}): NotificationEvent => ({
      specversion: '1.0',
      id: randomUUID(),
      source: nacht.did,
      type: 'nl.anw.shift.ended.v1',
      subject: authorization.credentialId,
      time: start.toISOString(),
      datacontenttype: 'application/json',
      data: { recipient: regie.did },
      ...change,
    });
    return { ...given, ports, authorization, word };
  };

  it('by the desk revokes every authorization of the shift, at actor and custodian too', async () => {
    const { desk, shift, ports, authorization } = await onDuty();
    expect(await endShift(shift.id, triagist, ports)).toEqual({ shift: { ...shift, endedAt: start }, revoked: 1 });
    expect(desk.state.revoked).toEqual([authorization.credentialId]);
    expect(desk.state.outbox.slice(1).map(({ type, data }) => [type, data.recipient])).toEqual([nacht.did, linde.did].map((did) => ['nl.anw.authorization.revoked.v1', did]));
    expect(desk.state.audit.slice(-2).map(({ name, practitioner, reason }) => [name, practitioner, reason])).toEqual([
      ['shift.ended', triagist, undefined],
      ['authorization.revoked', triagist, 'shift-ended'],
    ]);
  });

  it('happens once when it is done twice', async () => {
    const { desk, shift, ports } = await onDuty();
    await endShift(shift.id, triagist, ports);
    const after = desk.state;
    expect(await endShift(shift.id, triagist, ports)).toMatchObject({ shift: { endedAt: start }, revoked: 0 });
    expect(desk.state).toEqual(after);
  });

  it('leaves the authorizations of other shifts as they are', async () => {
    const { desk, shift, ports } = await onDuty();
    const other = { ...shift, id: randomUUID() };
    desk.state = { ...desk.state, shifts: [...desk.state.shifts, other] };
    expect(await endShift(other.id, triagist, ports)).toMatchObject({ revoked: 0 });
    expect(desk.state.revoked).toEqual([]);
  });

  it('is refused of a shift that is unknown, or that has ended by itself', async () => {
    const { shift, ports, state } = await onDuty();
    await expect(endShift(randomUUID(), triagist, ports)).rejects.toMatchObject({ code: 'shift-unknown' });
    state.now = evening.until;
    await expect(endShift(shift.id, triagist, ports)).rejects.toMatchObject({ code: 'shift-over' });
  });

  it('leaves nobody to be sent on it', async () => {
    const { shift, order, ports } = await onDuty();
    await endShift(shift.id, triagist, ports);
    await expect(issueAuthorization({ ...order, requestId: randomUUID() }, triagist, ports)).rejects.toMatchObject({ code: 'shift-over' });
  });

  it('while the custodian is being asked leaves nobody to be sent on it either', async () => {
    const { shift, order, ports, state } = await onDuty();
    const askUnlessGreen = async () => (await endShift(shift.id, triagist, ports), state.answer);
    await expect(issueAuthorization({ ...order, requestId: randomUUID() }, triagist, { ...ports, precheck: { askUnlessGreen } })).rejects.toMatchObject({ code: 'shift-over' });
  });

  it('by the nurse is told by her actor, and revokes what the shift had', async () => {
    const { desk, ports, authorization, word } = await onDuty();
    await endShiftOnWordOfActor(word(), desk.stores, ports);
    expect(desk.state.revoked).toEqual([authorization.credentialId]);
    expect(desk.state.shifts).toEqual([expect.objectContaining({ endedAt: start })]);
    expect(desk.state.audit.at(-2)).toMatchObject({ name: 'shift.ended', actor: nacht.did });
  });

  it.each([
    ['another organisation', { source: eik.did }],
    ['the custodian', { source: linde.did }],
    ['the actor of an authorization that this regisseur did not issue', { subject: `${eik.did}#${randomUUID()}` }],
    ['an actor about nothing that we know', { subject: 'dienst' }],
  ])('on the word of %s changes nothing', async (_who, change) => {
    const { desk, ports, word } = await onDuty();
    const before = desk.state;
    await endShiftOnWordOfActor(word(change), desk.stores, ports);
    expect(desk.state).toEqual(before);
  });
});

describe('authorizations signed anew, after a key was withdrawn', () => {
  const withdrawn = async () => {
    const given = night();
    const old = { ...regie.signer, kid: DidUrl.parse(`${regie.did}#leaked`) };
    const authorization = await issueAuthorization(given.order, triagist, { ...given.ports, signer: old });
    const reissue = () => reissueAuthorizations({ ...given.ports, transaction: given.desk.transaction });
    return { ...given, authorization, reissue };
  };

  it('have the same terms, can be verified again, and are offered again', async () => {
    const { desk, authorization, reissue } = await withdrawn();
    expect(await reissue()).toBe(1);
    const [reissued] = desk.state.authorizations;
    expect(await readIssued(reissued!.credential)).toMatchObject({ id: authorization.credentialId, actor: nacht.did, custodian: linde.did, period: { until: authorization.period.until } });
    expect(reissued).toEqual({ ...authorization, credential: reissued!.credential });
    expect(desk.state.outbox.at(-1)).toMatchObject({ type: 'nl.anw.authorization.offered.v1', subject: authorization.credentialId, data: { recipient: nacht.did, href: `https://regie.example/anw/regie/authorizations/${authorization.id}` } });
    expect(desk.state.audit.at(-1)).toMatchObject({ name: 'authorization.issued', reason: 'signed-anew', authorization: authorization.credentialId });
  });

  it('are those that no good key signed: the second time there are none', async () => {
    const { desk, reissue } = await withdrawn();
    await reissue();
    const after = desk.state;
    expect(await reissue()).toBe(0);
    expect(desk.state).toEqual(after);
  });

  it('are those in force: what was revoked or is over stays as it was', async () => {
    const { desk, ports, state, authorization, reissue } = await withdrawn();
    await revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction });
    expect(await reissue()).toBe(0);
    const another = await withdrawn();
    another.state.now = evening.until;
    expect([await another.reissue(), state.now]).toEqual([0, start]);
  });
});

describe('receipts (design D12: delivered and opened flow back to the desk)', () => {
  const later = new Date('2026-01-01T20:01:00Z');
  const offered = async () => {
    const given = night();
    const authorization = await issueAuthorization(given.order, triagist, given.ports);
    const receipt = (type: 'received' | 'opened' | 'refused', change: Partial<NotificationEvent> = {}): NotificationEvent => ({
      specversion: '1.0',
      id: randomUUID(),
      source: nacht.did,
      type: `nl.anw.authorization.${type}.v1`,
      subject: authorization.credentialId,
      time: later.toISOString(),
      datacontenttype: 'application/json',
      data: { recipient: regie.did, inReplyTo: authorization.offer },
      ...change,
    });
    const record = (event: NotificationEvent) => recordReceipt(event, given.desk.stores, { clock: () => later, uuid: randomUUID });
    const now = () => given.desk.state.authorizations[0] ?? authorization;
    return { ...given, authorization, receipt, record, now };
  };

  it.each(['received', 'opened', 'refused'] as const)('tell the desk that the authorization was %s', async (type) => {
    const { receipt, record, now } = await offered();
    await record(receipt(type));
    expect(deliveryProgress(now())).toBe(type);
    expect(now()[`${type}At`]).toEqual(later);
  });

  it('count once', async () => {
    const { desk, receipt, record } = await offered();
    await record(receipt('received'));
    await record(receipt('received'));
    expect(desk.state.audit.filter(({ name }) => name === 'authorization.received')).toHaveLength(1);
  });

  it('show an authorization as refused though the notification of it was confirmed', async () => {
    const { receipt, record, now } = await offered();
    await record(receipt('refused'));
    await record(receipt('received'));
    expect(deliveryProgress(now())).toBe('refused');
  });

  it('say nothing when another organisation sends them', async () => {
    const { receipt, record, now } = await offered();
    await record(receipt('opened', { source: eik.did }));
    expect(deliveryProgress(now())).toBe('pending');
  });

  it('say nothing about an authorization of another regisseur', async () => {
    const { authorization, receipt, record, now } = await offered();
    await record(receipt('opened', { subject: `${eik.did}#${authorization.id}` }));
    expect(deliveryProgress(now())).toBe('pending');
  });

  it('of a revocation do not count as receipt of the offer', async () => {
    const { receipt, record, now } = await offered();
    await record(receipt('received', { data: { recipient: regie.did, inReplyTo: randomUUID() } }));
    expect(deliveryProgress(now())).toBe('pending');
  });
});

describe('pulling an authorization (design §6)', () => {
  const offered = async () => {
    const given = night();
    const authorization = await issueAuthorization(given.order, triagist, given.ports);
    const pull = (actor = nacht.did, id = authorization.id, at = start) => handOverAuthorization(id, actor, given.desk.stores, { clock: () => at, uuid: randomUUID });
    return { ...given, authorization, pull };
  };

  it('hands it to the actor it is for, after a row in the log', async () => {
    const { desk, authorization, pull } = await offered();
    expect(await pull()).toEqual({ kind: 'handed-over', authorization, visitKind: 'unplanned' });
    expect(desk.state.audit.at(-1)).toMatchObject({ name: 'authorization.pulled', outcome: 'success', actor: nacht.did, authorization: authorization.credentialId });
  });

  it('does not tell another actor that it exists, and logs the attempt', async () => {
    const { desk, pull } = await offered();
    expect(await pull(eik.did)).toEqual({ kind: 'unknown' });
    expect(desk.state.audit.at(-1)).toMatchObject({ name: 'authorization.pulled', outcome: 'minor-failure', actor: eik.did, reason: 'authorization-for-another-actor' });
  });

  it('finds nothing under an unknown id', async () => expect(await (await offered()).pull(nacht.did, randomUUID())).toEqual({ kind: 'unknown' }));

  it('no longer tells the context once the shift has ended', async () => {
    const { pull } = await offered();
    expect(await pull(nacht.did, undefined, evening.until)).toEqual({ kind: 'over' });
  });

  it('no longer tells the context once it is revoked', async () => {
    const { desk, ports, authorization, pull } = await offered();
    await revokeAuthorization(authorization.id, undefined, triagist, { ...ports, transaction: desk.transaction });
    expect(await pull()).toEqual({ kind: 'over' });
  });
});

describe('state of an authorization', () => {
  it('is valid until the shift ends, also when the shift is still to come', () => expect(authorizationState({ period: evening }, new Date('2026-01-01T10:00:00Z'))).toBe('valid'));
  it('is ended from the end of the shift', () => expect(authorizationState({ period: evening }, evening.until)).toBe('ended'));
  it('is revoked even after the shift', () => expect(authorizationState({ period: evening, revokedAt: start }, evening.until)).toBe('revoked'));
});

describe('what comes after sending', () => {
  const later = { id: randomUUID(), practitioner: { identifier: EmployeeIdentifier.parse('e-9'), name: 'O. Pvolger', roleName: 'Verpleegkundige' }, actor: nacht.did, period: evening };
  const sent = async () => {
    const given = night();
    given.desk.state = { ...given.desk.state, shifts: [...given.desk.state.shifts, later], allowlists: [{ custodian: linde.did, rows: [{ actor: nacht.did, period: delegation.period }], delegation, fetchedAt: start }] };
    const ports = { ...given.ports, transaction: given.desk.transaction };
    const issued = await issueAuthorization(given.order, triagist, ports);
    const now = () => given.desk.state.authorizations;
    return { ...given, ports, issued, now };
  };
  const instead = (change: object = {}) => ({ requestId: randomUUID(), shift: later.id, explanation: 'Noor is ziek', ...change });

  it('is due within the agreed minutes from the begin of the visit window', async () => expect((await sent()).issued.openBefore).toEqual(new Date('2026-01-01T20:40:00Z')));

  it('rings until it is opened, and not for one that was taken back', async () => {
    const { issued } = await sent();
    const at = new Date('2026-01-01T21:00:00Z');
    const ringing = { ...issued, alarmAt: at };
    expect(alarmOf(ringing, at)).toEqual({ kind: 'not-opened', since: at });
    expect([{ openedAt: at }, { revokedAt: at }, { replacedBy: 'x' }].map((change) => alarmOf({ ...ringing, ...change }, at))).toEqual([undefined, undefined, undefined]);
    expect(alarmOf({ ...issued, refusedAt: at }, at)?.kind).toBe('refused');
  });

  it('is reassigned in one act: the new one is issued and the old one revoked, once for a double click', async () => {
    const { issued, ports, now } = await sent();
    const order = instead();
    const [first, second] = await Promise.all([reassign(issued.id, order, triagist, ports), reassign(issued.id, order, triagist, ports)]);
    expect(second.id).toBe(first.id);
    expect(now()).toMatchObject([{ id: issued.id, replacedBy: first.id, revokedAt: start, revokeReason: 'Noor is ziek' }, { id: first.id, follows: { authorization: issued.id, how: 'reassigned' }, practitioner: { identifier: 'e-9' } }]);
  });

  it('stays as it was when the new one is refused', async () => {
    const { issued, ports, now, state } = await sent();
    state.answer = { light: 'red', reason: 'not-allowed' };
    await expect(reassign(issued.id, instead(), triagist, ports)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(now()).toEqual([issued]);
    await expect(reassign(issued.id, instead({ shift: issued.shift }), triagist, ports)).rejects.toMatchObject({ code: 'same-practitioner' });
  });

  it('is extended as a whole, no longer than a day together; taking it back takes back both', async () => {
    const { issued, ports, now } = await sent();
    const longer = (until: string) => extend(issued.id, { requestId: randomUUID(), until: new Date(until), explanation: 'Loopt uit' }, triagist, ports);
    await expect(longer('2026-01-01T23:00:00Z')).rejects.toMatchObject({ code: 'extension-not-later' });
    await expect(longer('2026-01-02T20:00:01Z')).rejects.toMatchObject({ code: 'extension-too-long' });
    const extension = await longer('2026-01-02T01:00:00Z');
    expect(extension).toMatchObject({ period: { from: issued.period.from, until: new Date('2026-01-02T01:00:00Z') }, follows: { how: 'extended' }, extendedSince: issued.period.from });
    expect(now()[0]?.revokedAt).toBeUndefined();
    await expect(longer('2026-01-02T02:00:00Z')).rejects.toMatchObject({ code: 'authorization-followed' });
    await revokeAuthorization(issued.id, 'Niet meer nodig', triagist, ports);
    expect(now().map(({ revokedAt }) => revokedAt)).toEqual([start, start]);
  });

  describe('stays one visit when it is extended', () => {
    const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
    const extended = async () => {
      const given = await sent();
      const { desk, issued, ports, now } = given;
      const tell = (id: string, type: 'opened' | 'refused' | 'reported', time: string) => {
        const source = type === 'reported' ? linde.did : nacht.did;
        const event = NotificationEvent.parse({ specversion: '1.0', id: randomUUID(), source, type: `nl.anw.authorization.${type}.v1`, subject: `${regie.did}#${id}`, time: at(time).toISOString(), datacontenttype: 'application/json', data: { recipient: regie.did } });
        return recordReceipt(event, desk.stores, { clock: () => at(time), uuid: randomUUID });
      };
      const extendTo = (id: string, until: string) => extend(id, { requestId: randomUUID(), until: new Date(until), explanation: 'Loopt uit' }, triagist, ports);
      const find = (id: string) => now().find((one) => one.id === id)!;
      const heard = (time: string) => visitProgress([...now()].reverse(), at(time));
      return { ...given, tell, find, heard, first: issued.id, extendFirst: () => extendTo(issued.id, '2026-01-02T01:00:00Z'), extendTo };
    };

    it('what was opened and reported on stays so, and nobody hears of it as unopened', async () => {
      const { tell, find, heard, first, extendFirst } = await extended();
      await tell(first, 'opened', '20:31');
      await tell(first, 'reported', '20:40');
      expect(heard('20:41')).toEqual({ state: 'reported', alarm: false });
      const { id } = await extendFirst();
      expect(find(id)).toMatchObject({ openedAt: at('20:31'), reportedAt: at('20:40') });
      expect(heard('20:42')).toEqual({ state: 'reported', alarm: false });
    });

    it('what is opened under what was extended is opened for each that extends it, and stands in the log once', async () => {
      const { desk, tell, find, first, extendFirst, extendTo } = await extended();
      const { id } = await extendFirst();
      const further = await extendTo(id, '2026-01-02T02:00:00Z');
      await tell(first, 'opened', '20:50');
      await tell(id, 'opened', '20:55');
      expect([first, id, further.id].map((each) => find(each).openedAt)).toEqual([at('20:50'), at('20:50'), at('20:50')]);
      expect(desk.state.audit.filter(({ name }) => name === 'authorization.opened')).toHaveLength(1);
    });

    it('one that nobody opened rings as it would have rung, and stays seen', async () => {
      const { desk, find, heard, extendFirst, extendTo } = await extended();
      const { id, openBefore } = await extendFirst();
      expect(openBefore).toEqual(at('20:40'));
      await desk.stores.authorizations.raiseAlarms(at('20:40'));
      expect(heard('20:41')).toEqual({ state: 'sent', alarm: true });
      await acknowledgeAlarm(id, triagist, () => at('20:42'), desk.stores);
      const further = await extendTo(id, '2026-01-02T02:00:00Z');
      expect(alarmOf(find(further.id), at('20:43'))).toEqual({ kind: 'not-opened', since: at('20:40'), acknowledged: { by: triagist.identifier, at: at('20:42') } });
    });

    it('an extension that her system refuses rings, though the visit was opened and an earlier alarm seen', async () => {
      const { desk, tell, find, heard, first, extendFirst } = await extended();
      await desk.stores.authorizations.raiseAlarms(at('20:40'));
      await acknowledgeAlarm(first, triagist, () => at('20:41'), desk.stores);
      await tell(first, 'opened', '20:45');
      const { id } = await extendFirst();
      await tell(id, 'refused', '20:50');
      expect(alarmOf(find(id), at('20:51'))).toEqual({ kind: 'refused', since: at('20:50') });
      expect([deliveryProgress(find(id)), heard('20:51')]).toEqual(['refused', { state: 'refused', alarm: true }]);
      await acknowledgeAlarm(id, triagist, () => at('20:52'), desk.stores);
      expect(alarmOf(find(id), at('20:53'))?.acknowledged).toEqual({ by: triagist.identifier, at: at('20:52') });
    });

    it('is one visit on her hands, before and after the seam, until she reported', async () => {
      const { tell, now, first, extendFirst, extendTo } = await extended();
      const { id } = await extendFirst();
      await extendTo(id, '2026-01-02T02:00:00Z');
      const load = (time: string) => presentLoad(now(), now()[0]!, new Date(time));
      expect([load('2026-01-01T21:00:00Z'), load('2026-01-02T00:00:00Z'), load('2026-01-02T01:30:00Z')]).toEqual(Array(3).fill({ openVisits: 1, plannedBlocks: 0 }));
      await tell(first, 'reported', '21:10');
      expect(load('2026-01-02T00:00:00Z')).toEqual({ openVisits: 0, plannedBlocks: 0 });
    });
  });
});
