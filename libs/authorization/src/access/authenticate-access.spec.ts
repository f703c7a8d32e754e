import { certificateOf, createTestParties } from '@anw/testing/parties';
import type { AccessToken } from '../access-token.js';
import { createAccessToken } from '../token-request/create-access-token.js';
import { authenticateAccess, type PresentedAccess } from './authenticate-access.js';

const now = new Date('2026-01-01T22:00:00Z');
const { actor, regisseur } = createTestParties();
const certificate = certificateOf(regisseur);
const { text, token } = createAccessToken(
  { facts: { kind: 'organisation-access', client: regisseur.did }, certificateThumbprint: certificate.thumbprint, until: new Date(now.getTime() + 3_600_000), scope: 'anw-regisseur', issuedAt: now, decision: 'reference' },
  () => new Uint8Array(32).fill(7),
);

function authenticate(change: Partial<PresentedAccess> = {}, { at = now, tokens = [token] as readonly AccessToken[] } = {}) {
  return authenticateAccess(
    { authorization: `Bearer ${text}`, certificate, scope: 'anw-regisseur', ...change },
    { findToken: async (hash) => tokens.find((candidate) => candidate.hash === hash), clock: () => at },
  );
}

describe('access token in a request (design D9)', () => {
  it('is let in over the certificate it is bound to, for its scope, while it lasts', async () => {
    expect(await authenticate()).toEqual({ authenticated: true, token });
  });

  it('is opaque, of 256 bit, and kept as its hash only', () => {
    expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(token)).not.toContain(text);
    expect(token.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lasts five minutes at most, and no longer than what it rests on', () => {
    const lasting = (milliseconds: number) => createAccessToken({ ...token, until: new Date(now.getTime() + milliseconds) }, () => new Uint8Array(32));
    expect(lasting(3_600_000)).toMatchObject({ expiresIn: 300 });
    expect(lasting(42_900)).toMatchObject({ expiresIn: 42, token: { expiresAt: new Date(now.getTime() + 42_900) } });
  });

  it.each([
    ['there is none', { authorization: undefined }, 'token-missing'],
    ['it is of another scheme', { authorization: `DPoP ${text}` }, 'token-malformed'],
    ['it has another length', { authorization: `Bearer ${text}x` }, 'token-malformed'],
    ['something follows it', { authorization: `Bearer ${text}, Bearer ${text}` }, 'token-malformed'],
    ['nobody issued it', { authorization: `Bearer ${'A'.repeat(43)}` }, 'token-unknown'],
    ['the connection shows no certificate', { certificate: undefined }, 'token-of-another-certificate'],
    ['the connection shows another certificate', { certificate: certificateOf(actor) }, 'token-of-another-certificate'],
    ['the certificate is no longer trusted', { certificate: { ...certificate, trusted: false } }, 'token-of-another-certificate'],
    ['the route is for another scope', { scope: 'anw-zorg-2022' }, 'token-of-another-scope'],
  ] as const)('is refused when %s', async (_, change, failure) => {
    expect(await authenticate(change)).toMatchObject({ authenticated: false, failure });
  });

  it('is refused from its last instant on', async () => {
    expect(await authenticate({}, { at: token.expiresAt })).toMatchObject({ authenticated: false, failure: 'token-expired' });
  });

  it('is unknown at another organisation', async () => {
    expect(await authenticate({}, { tokens: [] })).toMatchObject({ failure: 'token-unknown' });
  });

  it('for a named authorization counts for the scope of that name', async () => {
    const named = { ...token, scope: 'anw-zorg-2022:b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de' };
    expect(await authenticate({ scope: 'anw-zorg-2022' }, { tokens: [named] })).toMatchObject({ authenticated: true });
  });
});
