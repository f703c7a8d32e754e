import type { AuthorizationCredential } from '@anw/credentials';
import { createTestCustodian, createTestParties, heldAuthorization } from '@anw/testing/parties';
import { EmployeeIdentifier } from '@anw/values';
import { checkAuthorizationFromRegisseur } from './check-authorization-from-regisseur.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const held = await createTestCustodian(parties, now);
const nurse = EmployeeIdentifier.parse('e-10442');
const authorization = (change: Partial<AuthorizationCredential> = {}) => heldAuthorization(parties, held, now, change);
const check = (presented: AuthorizationCredential | 'malformed' | undefined, practitioner: EmployeeIdentifier | undefined = nurse) =>
  checkAuthorizationFromRegisseur({ authorization: presented, actor: parties.actor.did, custodian: parties.custodian.did, practitioner });

describe('check 5: the actor holds an authorization from a regisseur', () => {
  it('grants an authorization for this actor, custodian, purpose and practitioner', () => {
    expect(check(authorization())).toMatchObject({ check: 5, granted: true, fact: { source: 'authorization-credential' } });
  });

  it('grants any identified employee when the authorization names none', () => {
    expect(check(authorization({ practitioner: undefined }), EmployeeIdentifier.parse('e-2'))).toMatchObject({ granted: true });
  });

  it.each([
    ['there is none', undefined, 'authorization-missing'],
    ['it cannot be read', 'malformed', 'authorization-malformed'],
    ['it is about another actor', authorization({ actor: parties.stranger.did }), 'authorization-for-another-actor'],
    ['it names another custodian', authorization({ custodian: parties.stranger.did }), 'authorization-for-another-custodian'],
    ['it is for another purpose', authorization({ purposeOfUse: 'zorginzage' }), 'authorization-for-another-purpose'],
    ['it is for the purpose in other letters', authorization({ purposeOfUse: 'ANW-zorg-2022' }), 'authorization-for-another-purpose'],
    ['it names another practitioner', authorization({ practitioner: EmployeeIdentifier.parse('e-2') }), 'authorization-for-another-practitioner'],
  ] as const)('denies when %s', (_, presented, reason) => expect(check(presented)).toMatchObject({ granted: false, reason }));

  it('has nothing to compare a named practitioner with while nobody has been identified', () => {
    const verdict = checkAuthorizationFromRegisseur({ authorization: authorization(), actor: parties.actor.did, custodian: parties.custodian.did, practitioner: undefined });
    expect(verdict).toMatchObject({ granted: false, reason: 'not-evaluated' });
  });
});
