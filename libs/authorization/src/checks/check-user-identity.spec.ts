import { createTestParties, presentedEmployee } from '@anw/testing/parties';
import { checkUserIdentity } from './check-user-identity.js';

const now = new Date('2026-01-01T22:00:00Z');
const { actor } = createTestParties();
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const check = (employee: Parameters<typeof checkUserIdentity>[0]['employee'], minimum: 'low' | 'substantial' | 'high' = 'low') => checkUserIdentity({ employee, minimum, now });
const signed = (change = {}) => presentedEmployee(actor, now, change);
const selfAttested = () => {
  const { said, ...presented } = signed();
  if (typeof said === 'string') throw new Error('unreadable example');
  const { id, issuer, employer, identifier, name } = said;
  return { ...presented, said: { form: 'self-attested' as const, id, issuer, employer, identifier, name } };
};

describe('check 3: on behalf of which natural person', () => {
  it('grants a person whose employer signed for her, at the level the employer states', () => {
    expect(check(signed(), 'substantial')).toEqual({ check: 3, granted: true, fact: { source: 'employee-credential', value: 'e-10442 at level substantial, signed' } });
  });

  it('grants a self-attested person at level low', () => {
    expect(check(selfAttested())).toMatchObject({ granted: true, fact: { value: 'e-10442 at level low, self-attested' } });
  });

  it('grants a login of twelve hours ago', () => expect(check(signed({ authenticatedAt: hoursAgo(12) }))).toMatchObject({ granted: true }));

  it('writes no name into the decision record', () => expect(JSON.stringify(check(signed()))).not.toContain('Visser'));

  it.each([
    ['there is no employee credential', undefined, 'employee-missing'],
    ['it does not say who she is', { ...signed(), said: 'incomplete' }, 'employee-incomplete'],
    ['it is for more than a day', { ...signed(), said: 'lives-too-long' }, 'employee-stale'],
    ['its period is over', signed({ period: { from: hoursAgo(2), until: now } }), 'employee-stale'],
    ['its period is to begin yet', signed({ period: { from: new Date(now.getTime() + 5_001), until: hoursAgo(-1) } }), 'employee-stale'],
    ['she logged in more than twelve hours ago', signed({ authenticatedAt: new Date(hoursAgo(12).getTime() - 1) }), 'employee-stale'],
    ['she is to log in yet', signed({ authenticatedAt: new Date(now.getTime() + 5_001) }), 'employee-stale'],
  ] as const)('denies when %s', (_, employee, reason) => expect(check(employee)).toMatchObject({ granted: false, reason }));

  it.each([
    ['self-attested, where substantial is asked', selfAttested(), 'substantial'],
    ['stated as low, where substantial is asked', signed({ assuranceLevel: 'low' }), 'substantial'],
    ['stated as high by the employer alone, where high is asked', signed({ assuranceLevel: 'high' }), 'high'],
  ] as const)('denies a level that is %s', (_, employee, minimum) => expect(check(employee, minimum)).toMatchObject({ granted: false, reason: 'assurance-too-low' }));
});
