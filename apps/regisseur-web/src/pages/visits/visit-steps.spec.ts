import { visitSteps } from './visit-steps.js';

const sent = { issuedAt: '2026-11-22T21:10:00Z', state: 'valid' as const, period: { from: '2026-11-22T21:10:00Z', until: '2026-11-23T06:00:00Z' } };
const statesOf = (visit: Parameters<typeof visitSteps>[0]) => visitSteps(visit).map(({ name, state }) => `${name} ${state}`);

describe('how far a visit came', () => {
  it('waits for delivery once it is sent', () => expect(statesOf(sent)).toEqual(['sent done', 'received awaited', 'opened ahead', 'reported ahead']));
  it('waits for the nurse once it is delivered', () => expect(statesOf({ ...sent, receivedAt: '2026-11-22T21:10:01Z' })).toEqual(['sent done', 'received done', 'opened awaited', 'reported ahead']));
  it('is done with the first report', () => expect(statesOf({ ...sent, receivedAt: 'a', openedAt: 'b', reportedAt: 'c' })).toEqual(['sent done', 'received done', 'opened done', 'reported done']));
  it('was delivered when it was opened, whichever receipt came first', () => expect(statesOf({ ...sent, openedAt: 'b' })[1]).toBe('received done'));
  it('of an extension waits until it has arrived, also when the visit was opened before', () => {
    expect(statesOf({ ...sent, follows: 'extended', openedAt: 'a', reportedAt: 'b' })).toEqual(['sent done', 'received awaited', 'opened done', 'reported done']);
  });
  it('stops where the other organisation refused it', () => expect(statesOf({ ...sent, receivedAt: 'a', refusedAt: 'b' })).toEqual(['sent done', 'refused failed']));
  it('awaits nothing once it is revoked', () => expect(statesOf({ ...sent, receivedAt: 'a', state: 'revoked', revokedAt: 'b' })).toEqual(['sent done', 'received done', 'opened never', 'reported never', 'over failed']));
  it('awaits nothing once the shift is over', () => expect(statesOf({ ...sent, openedAt: 'b', state: 'ended' }).slice(-2)).toEqual(['reported never', 'over done']));
});
