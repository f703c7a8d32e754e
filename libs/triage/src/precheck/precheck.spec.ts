import { InMemoryDesk } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { answerPrecheck } from './answer-precheck.js';
import { CustodianDoorError } from './custodian-door.js';
import { createPrecheck, type PrecheckPorts } from './precheck.js';
import type { ReceivedDelegation } from './received-delegation.js';

const custodian = Did.parse('did:web:linde.example:iam:1');
const actor = Did.parse('did:web:nacht.example:iam:2');
const question = { custodian, actor, handle: PatientHandle.parse('urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69') };
const start = new Date('2026-01-01T20:00:00Z');
const delegation: ReceivedDelegation = {
  id: DidUrl.parse(`${custodian}#d1`),
  custodian,
  actors: [actor],
  maxAuthorizationSeconds: 86_400,
  period: { from: new Date('2025-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') },
  jwt: 'jwt',
  fetchedAt: start,
};

function green() {
  const desk = { now: start, asked: 0, allowed: true };
  const ports: PrecheckPorts = {
    partners: { findPartner: async (did, role) => ({ did, role, name: 'Thuiszorg De Linde' }) },
    door: {
      askPrecheck: async () => {
        desk.asked += 1;
        return desk.allowed;
      },
    },
    currentDelegation: async () => delegation,
    clock: () => desk.now,
  };
  return { desk, ports };
}

describe('pre-check at the desk (design §2 step 2)', () => {
  it('is green when the custodian allows it, and names the delegation to act under', async () => {
    expect(await createPrecheck(green().ports).ask(question)).toEqual({ light: 'green', delegation });
  });

  it.each<[string, string, Partial<PrecheckPorts>]>([
    ['the custodian says no', 'not-allowed', { door: { askPrecheck: async () => false } }],
    ['the custodian is not a partner', 'custodian-unknown', { partners: { findPartner: async () => undefined } }],
    ['the delegation does not list the actor', 'actor-not-listed', { currentDelegation: async () => ({ ...delegation, actors: [] }) }],
    ['there is no valid delegation', 'delegation-not-valid', { currentDelegation: async () => undefined }],
    ['the delegation is over', 'delegation-not-valid', { currentDelegation: async () => ({ ...delegation, period: { ...delegation.period, until: start } }) }],
    ['the custodian does not answer', 'custodian-unreachable', { door: { askPrecheck: async () => Promise.reject(new CustodianDoorError('unreachable', custodian, 'time-out')) } }],
    ['the custodian answers what we cannot read', 'custodian-unreachable', { door: { askPrecheck: async () => Promise.reject(new CustodianDoorError('unreadable', custodian, 'no JSON')) } }],
    ['the custodian does not let this regisseur in', 'delegation-not-valid', { currentDelegation: async () => Promise.reject(new CustodianDoorError('refused', custodian, 'invalid_scope')) }],
    ['the custodian does not give its allowlist', 'custodian-unreachable', { currentDelegation: async () => Promise.reject(new CustodianDoorError('unreachable', custodian, 'time-out')) }],
  ])('is red when %s', async (_when, reason, broken) => {
    expect(await createPrecheck({ ...green().ports, ...broken }).ask(question)).toEqual({ light: 'red', reason });
  });

  it('does not take a fault of our own for a red light', async () => {
    const ports = { ...green().ports, currentDelegation: async () => Promise.reject(new Error('database')) };
    await expect(createPrecheck(ports).ask(question)).rejects.toThrow('database');
  });
});

describe('pre-check in the log', () => {
  const triagist = { identifier: EmployeeIdentifier.parse('t-1'), name: 'T. Riage', roleName: 'Triagist' };
  const answer = async (allowed: boolean) => {
    const desk = new InMemoryDesk();
    const { ports } = green();
    const precheck = createPrecheck({ ...ports, door: { askPrecheck: async () => allowed } });
    const light = await answerPrecheck(question, triagist, { regisseur: Did.parse('did:web:regie.example:iam:9'), precheck, audit: desk.stores.audit, clock: () => start, uuid: randomUUID });
    return { light, rows: desk.state.audit };
  };

  it('is a row with the triagist and the actor', async () => {
    expect(await answer(true)).toMatchObject({ light: { light: 'green' }, rows: [{ name: 'precheck.answered', outcome: 'success', practitioner: triagist, actor }] });
  });

  it('is a row with the reason when it is red', async () => {
    expect(await answer(false)).toMatchObject({ light: { light: 'red' }, rows: [{ outcome: 'minor-failure', reason: 'not-allowed' }] });
  });

  it('does not name the patient', async () => expect(JSON.stringify((await answer(true)).rows)).not.toContain(question.handle));
});

describe('pre-check when the triagist clicks', () => {
  it('rests on the green light that the desk showed', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'green', delegation });
    expect(desk.asked).toBe(1);
  });

  it('asks again after a minute', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    desk.now = new Date(start.getTime() + 60_000);
    desk.allowed = false;
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'red', reason: 'not-allowed' });
  });

  it('asks when another patient, actor or custodian was green', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    await precheck.askUnlessGreen({ ...question, handle: PatientHandle.parse('urn:uuid:11111111-9a0b-4f7e-8f0f-2f1d3c4b5a69') });
    expect(desk.asked).toBe(2);
  });

  it('forgets a green light that has turned red', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    desk.allowed = false;
    await precheck.ask(question);
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'red', reason: 'not-allowed' });
  });
});
