import { createTestParties } from '@anw/testing/parties';
import { checkUserRepresentsActor } from './check-user-represents-actor.js';

const { actor, stranger } = createTestParties();
const own = { issuer: actor.did, subject: actor.did };

describe('check 4: the person represents the actor', () => {
  it('grants when the actor vouches for her and signs the presentation', () => {
    expect(checkUserRepresentsActor({ actor: actor.did, employee: own, signedWith: actor.signer.kid })).toMatchObject({ check: 4, granted: true });
  });

  it.each([
    ['another organisation issued her credential', { ...own, issuer: stranger.did }],
    ['her credential is about another organisation', { ...own, subject: stranger.did }],
  ])('denies when %s', (_, employee) => {
    expect(checkUserRepresentsActor({ actor: actor.did, employee, signedWith: actor.signer.kid })).toMatchObject({ granted: false, reason: 'employee-of-another-organisation' });
  });

  it('denies when another organisation signed the presentation', () => {
    expect(checkUserRepresentsActor({ actor: actor.did, employee: own, signedWith: stranger.signer.kid })).toMatchObject({ granted: false, reason: 'presentation-not-signed-by-actor' });
  });

  it('has nothing to evaluate without an employee credential', () => {
    expect(checkUserRepresentsActor({ actor: actor.did, employee: undefined, signedWith: actor.signer.kid })).toMatchObject({ granted: false, reason: 'not-evaluated' });
  });
});
