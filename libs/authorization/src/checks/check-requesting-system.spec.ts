import { certificateOf, createTestParties } from '@anw/testing/parties';
import { checkRequestingSystem, type SystemEvidence } from './check-requesting-system.js';

const parties = createTestParties();
const actor = parties.actor.did;
const atLeast = (minimum: SystemEvidence) => ({ minimumFor: () => minimum });

describe('check 1: which requesting system connects', () => {
  it('grants on a trusted client certificate and names it', () => {
    const certificate = certificateOf(parties.actor);
    expect(checkRequestingSystem({ actor, certificate }, atLeast('client-certificate'))).toMatchObject({
      check: 1,
      granted: true,
      fact: { source: 'connection', value: expect.stringContaining(certificate.thumbprint) },
    });
  });

  it('grants without a certificate when the custodian takes the host of the DID for evidence', () => {
    expect(checkRequestingSystem({ actor, certificate: undefined }, atLeast('did-web-host'))).toMatchObject({ granted: true });
  });

  it('asks the minimum of this partner and of no other', () => {
    const policy = { minimumFor: (partner: string) => (partner === actor ? 'client-certificate' : 'did-web-host') } as const;
    expect(checkRequestingSystem({ actor, certificate: undefined }, policy)).toMatchObject({ granted: false });
    expect(checkRequestingSystem({ actor: parties.stranger.did, certificate: undefined }, policy)).toMatchObject({ granted: true });
  });

  it('denies a system that shows no certificate', () => {
    expect(checkRequestingSystem({ actor, certificate: undefined }, atLeast('client-certificate'))).toMatchObject({ granted: false, reason: 'no-client-certificate' });
  });

  it.each(['client-certificate', 'did-web-host'] as const)('denies a certificate that is not to be trusted, also where the minimum is %s', (minimum) => {
    const certificate = certificateOf(parties.actor, { trusted: false });
    expect(checkRequestingSystem({ actor, certificate }, atLeast(minimum))).toMatchObject({ granted: false, reason: 'certificate-not-trusted' });
  });

  it.each([
    ['of an authority that this door does not trust', 'not-trusted', 'certificate-not-trusted'],
    ['without a complete chain', 'chain-broken', 'certificate-not-trusted'],
    ['that is not for clients', 'policy-mismatch', 'certificate-not-trusted'],
    ['with a weak key or signature', 'weak', 'certificate-not-trusted'],
    ['that cannot be read', 'malformed', 'certificate-not-trusted'],
    ['outside its dates', 'outside-validity', 'certificate-outside-validity'],
    ['that was revoked', 'revoked', 'certificate-revoked'],
    ['of which nobody can say whether it was revoked', 'revocation-unknown', 'certificate-status-unknown'],
  ] as const)('denies a certificate %s, and tells so in the decision record', (_, flaw, reason) => {
    const certificate = certificateOf(parties.actor, { trusted: false, flaw });
    expect(checkRequestingSystem({ actor, certificate }, atLeast('did-web-host'))).toEqual({ check: 1, granted: false, reason, fact: { source: 'connection', value: `x5t#S256 ${certificate.thumbprint}: ${flaw}` } });
  });
});
