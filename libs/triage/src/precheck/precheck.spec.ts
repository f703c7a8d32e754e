import { InMemoryDesk } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle, HomeAccessId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { repairers, triageMessages } from '../triage-error.js';
import { answerPrecheck } from './answer-precheck.js';
import { PartnerDoorError, type PartnerDoorFailure } from '../partners/partner-door-error.js';
import { createPrecheck, type PrecheckPorts } from './precheck.js';
import type { ReceivedAllowlist, ReceivedDelegation } from '../allowlists/received-allowlist.js';

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

const fetchedAt = start;
const allowlist: ReceivedAllowlist = { custodian, rows: [{ actor, period: delegation.period }], fetchedAt, attemptedAt: fetchedAt, delegation };
const newer: ReceivedDelegation = { ...delegation, id: DidUrl.parse(`${custodian}#d2`) };
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

/** A desk that has fetched the custodian's rows; the custodian allows what names the delegation that it knows. */
function green({ known = allowlist, now = allowlist }: { readonly known?: ReceivedAllowlist | 'none'; readonly now?: ReceivedAllowlist } = {}) {
  const desk = { now: start, known: known === 'none' ? undefined : known, custodian: now, allowed: true, asked: 0, fetched: 0, homeAccess: undefined as HomeAccessId | undefined };
  const ports: PrecheckPorts = {
    partners: { findPartner: async (did, role) => ({ did, role, name: 'Thuiszorg De Linde' }) },
    door: {
      askPrecheck: async (_custodian, { delegation: named }) => {
        desk.asked += 1;
        return { allowed: desk.allowed && named === desk.custodian.delegation?.id, ...(desk.homeAccess && { homeAccess: desk.homeAccess }) };
      },
    },
    allowlists: { findAllowlistOf: async () => desk.known },
    refresh: async () => {
      desk.fetched += 1;
      return (desk.known = desk.custodian);
    },
    maxAgeSeconds: 900,
    clock: () => desk.now,
  };
  return { desk, ports };
}

const withoutDelegation = (change: Partial<ReceivedAllowlist> = {}): ReceivedAllowlist => ({ custodian, rows: [], fetchedAt, attemptedAt: fetchedAt, ...change });
const unanswered = (failure: ReceivedAllowlist['failure']): ReceivedAllowlist => ({ custodian, rows: [], attemptedAt: start, failure });
const silent = (code: PartnerDoorFailure): Partial<PrecheckPorts> => ({ door: { askPrecheck: async () => Promise.reject(new PartnerDoorError(code, custodian, 'so it was')) } });

describe('pre-check at the desk (design §2 step 2)', () => {
  it('is green when the custodian allows it, names the delegation to act under, and rests on rows at hand', async () => {
    const { desk, ports } = green();
    expect(await createPrecheck(ports).ask(question)).toEqual({ light: 'green', delegation });
    expect([desk.asked, desk.fetched]).toEqual([1, 0]);
  });

  it.each<[string, ReceivedAllowlist | 'none']>([
    ['there are none', 'none'],
    ['they are older than the maximum', { ...allowlist, fetchedAt: minutes(-16) }],
    ['the custodian said that they changed', { ...allowlist, toldAt: minutes(1) }],
    ['they do not list the actor', { ...allowlist, delegation: { ...delegation, actors: [] } }],
    ['they came without a delegation', withoutDelegation()],
    ['their delegation is over', { ...allowlist, delegation: { ...delegation, period: { ...delegation.period, until: start } } }],
  ])('fetches rows first when %s', async (_when, known) => {
    const { desk, ports } = green({ known });
    expect(await createPrecheck(ports).ask(question)).toEqual({ light: 'green', delegation });
    expect(desk.fetched).toBe(1);
  });

  it('looks again before it says red: what was at hand may be older than what the custodian has', async () => {
    const { desk, ports } = green({ now: { ...allowlist, delegation: newer } });
    expect(await createPrecheck(ports).ask(question)).toEqual({ light: 'green', delegation: newer });
    expect([desk.asked, desk.fetched]).toEqual([2, 1]);
  });

  it('tells whether there is a home access to hand along, now and from a light of a moment ago', async () => {
    const { desk, ports } = green();
    desk.homeAccess = HomeAccessId.parse('5b1f0a52-7a34-4a57-9a0c-9a1f3c1f7f10');
    const precheck = createPrecheck(ports);
    expect(await precheck.ask(question)).toEqual({ light: 'green', delegation, homeAccess: desk.homeAccess });
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'green', delegation, homeAccess: desk.homeAccess });
    expect(desk.asked).toBe(1);
    desk.homeAccess = undefined;
    expect(await precheck.ask(question)).toEqual({ light: 'green', delegation });
  });

  it.each<[string, string, Parameters<typeof green>[0], Partial<PrecheckPorts>]>([
    ['the custodian says no', 'not-allowed', {}, { door: { askPrecheck: async () => ({ allowed: false }) } }],
    ['the custodian is not a partner', 'custodian-unknown', {}, { partners: { findPartner: async () => undefined } }],
    ['the delegation does not list the actor', 'actor-not-listed', { known: 'none', now: { ...allowlist, delegation: { ...delegation, actors: [] } } }, {}],
    ['there is no valid delegation', 'delegation-not-valid', { known: 'none', now: withoutDelegation() }, {}],
    ['the delegation is over', 'delegation-not-valid', { known: 'none', now: { ...allowlist, delegation: { ...delegation, period: { ...delegation.period, until: start } } } }, {}],
    ['the custodian does not answer', 'custodian-unreachable', {}, silent('unreachable')],
    ['the custodian answers what we cannot read', 'custodian-unreachable', {}, silent('unreadable')],
    ['the custodian lets this regisseur ask nothing', 'delegation-not-valid', {}, silent('refused')],
    ['the custodian does not let this regisseur in', 'delegation-not-valid', { known: 'none', now: withoutDelegation({ failure: 'refused' }) }, {}],
    ['the custodian has never given its rows', 'custodian-unreachable', { known: 'none', now: unanswered('unreachable') }, {}],
    ['its rows are old and it does not answer', 'allowlist-stale', { known: { ...allowlist, fetchedAt: minutes(-16) }, now: unanswered('unreachable') }, {}],
    ['its rows are old and it gives others that we cannot read', 'allowlist-stale', { known: { ...allowlist, fetchedAt: minutes(-16) }, now: unanswered('unreadable') }, {}],
  ])('is red when %s, and says in Dutch who must repair it', async (_when, reason, desk, broken) => {
    const answer = await createPrecheck({ ...green(desk).ports, ...broken }).ask(question);
    expect(answer).toEqual({ light: 'red', reason });
    const named = { custodian: /bronhouder/, regisseur: /regisseur/, actor: /zorgverlener/ };
    expect(triageMessages[reason as keyof typeof triageMessages]).toMatch(named[repairers[reason as keyof typeof triageMessages]!]);
  });

  it('does not take a fault of our own for a red light', async () => {
    const ports = { ...green({ known: 'none' }).ports, refresh: async () => Promise.reject(new Error('database')) };
    await expect(createPrecheck(ports).ask(question)).rejects.toThrow('database');
  });
});

describe('pre-check in the log', () => {
  const triagist = { identifier: EmployeeIdentifier.parse('t-1'), name: 'T. Riage', roleName: 'Triagist' };
  const answer = async (allowed: boolean) => {
    const desk = new InMemoryDesk();
    const { ports } = green();
    const precheck = createPrecheck({ ...ports, door: { askPrecheck: async () => ({ allowed }) } });
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

  it('asks again once the custodian has said that its rows changed', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    desk.known = { ...allowlist, toldAt: minutes(0.1) };
    desk.custodian = withoutDelegation();
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'red', reason: 'delegation-not-valid' });
  });

  it('asks again once the rows came with another delegation', async () => {
    const { desk, ports } = green();
    const precheck = createPrecheck(ports);
    await precheck.ask(question);
    desk.known = desk.custodian = { ...allowlist, delegation: newer };
    expect(await precheck.askUnlessGreen(question)).toEqual({ light: 'green', delegation: newer });
    expect(desk.asked).toBe(2);
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
