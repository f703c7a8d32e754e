import type { Shift } from '@anw/scheduling';
import { Did, EmployeeIdentifier } from '@anw/values';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import { fetchDuty } from './fetch-duty.js';
import { actorsToAsk, practitionersOnDuty } from './practitioners-on-duty.js';
import type { PractitionerTold, ReceivedDuty } from './received-duty.js';

const now = new Date('2026-01-01T20:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const nacht = { did: Did.parse('did:web:nacht.example:iam:1'), name: 'Wijkzorg Nacht', role: 'actor' as const };
const eik = { did: Did.parse('did:web:eik.example:iam:2'), name: 'Buurtzorg De Eik', role: 'actor' as const };

const shift = (id: string, identifier: string, change: Partial<Shift> = {}): Shift => ({
  id,
  practitioner: { identifier: EmployeeIdentifier.parse(identifier), name: `Zuster ${identifier}`, roleName: 'Verpleegkundige' },
  actor: nacht.did,
  period: { from: ago(3600), until: ago(-3600) },
  ...change,
});
const answered = (change: Partial<ReceivedDuty> = {}): ReceivedDuty => ({ actor: nacht.did, fetchedAt: ago(10), attemptedAt: ago(10), ...change });

describe('who is on duty, as the desk sees it (design §2 step 2)', () => {
  it('is whom the regisseur planned and whom actors name, with who says so', () => {
    const roster = practitionersOnDuty([shift('own', 'e-1', { actor: eik.did }), shift('told', 'e-2', { toldAt: ago(10), district: 'Noord' })], [nacht, eik], [answered()], now);
    expect(roster).toEqual({
      practitioners: [
        { shift: expect.objectContaining({ id: 'own' }), actor: eik, source: { kind: 'regisseur' } },
        { shift: expect.objectContaining({ id: 'told', district: 'Noord' }), actor: nacht, source: { kind: 'actor', toldAt: ago(10) } },
      ],
      silent: [],
    });
  });

  it('has a practitioner once whom both name, as her actor said', () => {
    const { practitioners } = practitionersOnDuty([shift('own', 'e-1'), shift('told', 'e-1', { toldAt: ago(10) }), shift('elsewhere', 'e-1', { actor: eik.did })], [nacht, eik], [], now);
    expect(practitioners.map((one) => one.shift.id).toSorted()).toEqual(['elsewhere', 'told']);
  });

  it('has nobody whose shift is over, was ended, or whom her actor names no more', () => {
    const { practitioners } = practitionersOnDuty([shift('over', 'e-1', { period: { from: ago(7200), until: now } }), shift('ended', 'e-2', { endedAt: ago(1), toldAt: ago(10) })], [nacht], [], now);
    expect(practitioners).toEqual([]);
  });

  it('shows an actor that does not answer as silent, beside what it last said', () => {
    const duties = [answered({ failure: 'unreachable', attemptedAt: now, fetchedAt: ago(600) }), { actor: eik.did, attemptedAt: now, failure: 'refused' as const }];
    const roster = practitionersOnDuty([shift('told', 'e-1', { toldAt: ago(600) })], [nacht, eik], duties, now);
    expect(roster.practitioners).toHaveLength(1);
    expect(roster.silent).toEqual([{ actor: nacht, failure: 'unreachable', fetchedAt: ago(600) }, { actor: eik, failure: 'refused' }]);
  });

  it('says nothing of an actor that is no partner any more', () => {
    expect(practitionersOnDuty([], [eik], [answered({ failure: 'unreachable' })], now).silent).toEqual([]);
  });

  it.each<[string, boolean, readonly ReceivedDuty[]]>([
    ['was never asked', true, []],
    ['was asked half a minute ago', true, [answered({ attemptedAt: ago(30) })]],
    ['was asked just now', false, [answered()]],
    ['gave no answer just now', false, [answered({ failure: 'unreachable' })]],
  ])('asks an actor that %s: %p', (_when, asks, duties) => expect(actorsToAsk([nacht], duties, now)).toEqual(asks ? [nacht.did] : []));
});

describe('asking an actor who is on duty', () => {
  const told = (change: Partial<PractitionerTold> = {}): PractitionerTold => ({ shift: 's-1', identifier: EmployeeIdentifier.parse('e-1'), name: 'N. Acht', roleName: 'Verpleegkundige', until: ago(-3600), ...change });
  const ask = (answer: () => Promise<readonly PractitionerTold[]>) => fetchDuty(nacht.did, { door: { fetchPractitioners: answer }, clock: () => now });

  it('takes whom it names', async () => expect(await ask(async () => [told()])).toEqual({ actor: nacht.did, attemptedAt: now, practitioners: [told()] }));

  it.each([
    ['has left already', now],
    ['would stay longer than a shift can last', ago(-86_401)],
  ])('leaves out whoever %s', async (_who, until) => expect(await ask(async () => [told({ until })])).toMatchObject({ practitioners: [] }));

  it.each(['unreachable', 'unreadable', 'refused', 'limited'] as const)('keeps that it was %s', async (failure) => {
    expect(await ask(() => Promise.reject(new PartnerDoorError(failure, nacht.did, 'so it was')))).toEqual({ actor: nacht.did, attemptedAt: now, failure });
  });

  it('does not take a fault of our own for silence', async () => {
    await expect(ask(() => Promise.reject(new Error('database')))).rejects.toThrow('database');
  });
});
