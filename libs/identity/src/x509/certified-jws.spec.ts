import { didX509Of, issueX509Credential, createUziAuthority, type UziAuthority, type UziCertificate } from '@anw/testing/certificates';
import { createTestParty, createOtherKey } from '@anw/testing/parties';
import { createHash, createPublicKey } from 'node:crypto';
import { hasCertificates, isCertifiedBy, parseCertifiedJws } from './certified-jws.js';

const now = new Date('2026-01-01T19:00:00Z');
const { did } = createTestParty('zorg');
let uzi: UziAuthority;
let certificate: UziCertificate;

beforeAll(async () => {
  uzi = await createUziAuthority(now);
  certificate = await uzi.issue({ name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' });
});

const jwsWith = (header: Readonly<Record<string, unknown>> = {}) => issueX509Credential({ authority: uzi, certificate, organisation: did, validFrom: now, validUntil: new Date(now.getTime() + 3_600_000), header });

const failureOf = (jws: string) => {
  try {
    parseCertifiedJws(jws);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a JWS that brings its certificates along (RFC 7515 §4.1.6)', () => {
  it('is read with its key id, algorithm, certificates and payload', () => {
    const { kid, algorithm, x5c, payload } = parseCertifiedJws(jwsWith());
    expect([kid, algorithm, x5c]).toEqual([`${didX509Of(uzi, certificate)}#0`, 'ES256', certificate.x5c]);
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ sub: did });
  });

  it('is signed by the key of its certificate, and by no other', () => {
    const jws = parseCertifiedJws(jwsWith());
    expect(isCertifiedBy(jws, createPublicKey(certificate.privateKey))).toBe(true);
    expect(isCertifiedBy(jws, createOtherKey(did, 'ES256').publicKey)).toBe(false);
    expect(isCertifiedBy(jws, createOtherKey(did, 'EdDSA').publicKey)).toBe(false);
  });

  it('is told from one that does not', async () => {
    expect([hasCertificates(jwsWith()), hasCertificates(await createOtherKey(did, 'ES256').signJwt({})), hasCertificates(''), hasCertificates('x'.repeat(100_000))]).toEqual([true, false, false, false]);
  });

  it('may leave the thumbprint of its certificate out', () => expect(failureOf(jwsWith({ 'x5t#S256': undefined }))).toBe('accepted'));

  it.each([
    ['with the thumbprint of another certificate', { 'x5t#S256': createHash('sha256').update('x').digest('base64url') }, 'malformed'],
    ['with one certificate', { x5c: ['AAAA'] }, 'unsupported-header'],
    ['with seven certificates', { x5c: Array(7).fill('AAAA') }, 'unsupported-header'],
    ['with a key beside them', { jwk: {} }, 'unsupported-header'],
    ['with a place to fetch others', { x5u: 'https://evil.example/' }, 'unsupported-header'],
    ['with an extension', { crit: ['b64'] }, 'unsupported-header'],
    ['without typ', { typ: undefined }, 'unsupported-header'],
    ['without kid', { kid: undefined }, 'unsupported-header'],
    ['with alg none', { alg: 'none' }, 'unsupported-algorithm'],
    ['with alg RS256', { alg: 'RS256' }, 'unsupported-algorithm'],
    ['with a header beyond 32 KiB', { typ: 'x'.repeat(33_000) }, 'too-large'],
  ])('is refused %s', (_what, header, code) => expect(failureOf(jwsWith(header))).toBe(code));

  it.each(['', 'a.b', 'a.b.c.d', '.e30.'])('is refused as %j', (jws) => expect(failureOf(jws)).toBe('malformed'));
});
