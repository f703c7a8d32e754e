import { type CertificateAuthority, type CertificatePair, createCertificateAuthority, createUziAuthority, type UziAuthority } from '@anw/testing/certificates';
import { X509Certificate } from 'node:crypto';
import { parseCertificateChain, verifyCertificateChain } from './certificate-chain.js';

const now = new Date('2026-01-01T19:00:00Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const linde = { name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' };

let uzi: UziAuthority;
let other: UziAuthority;
let leaf: string;
let issuing: string;
let root: string;
beforeAll(async () => {
  [uzi, other] = [await createUziAuthority(now), await createUziAuthority(now)];
  [leaf, issuing, root] = (await uzi.issue(linde)).x5c as [string, string, string];
});

function failureOf(x5c: unknown, at = now): string {
  try {
    verifyCertificateChain(parseCertificateChain(x5c), at);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const base64Of = ({ certificatePem }: CertificatePair) => new X509Certificate(certificatePem).raw.toString('base64');

describe('chain of certificates (RFC 5280 §6.1, RFC 7515 §4.1.6)', () => {
  it('holds from a leaf by way of its authorities to a root that signed itself', () => expect(failureOf([leaf, issuing, root])).toBe('accepted'));

  it('tells what the leaf says of its organisation, its dates and its lists', () => {
    const [certificate] = parseCertificateChain([leaf, issuing, root]);
    const { subject, san } = certificate.attributes;
    expect([subject.get('O'), subject.get('L'), san.get('otherName')]).toEqual([['Thuiszorg De Linde'], ['Zwolle'], [expect.stringMatching(/-S-90000382-/)]]);
    expect(certificate).toMatchObject({ isAuthority: false, validFrom: days(-365), validUntil: days(365), crlUrls: [uzi.crlUrls.issuing], hasUnknownCriticalExtension: false });
  });

  it.each([
    ['without its root', () => [leaf, issuing]],
    ['without the authority between', () => [leaf, root]],
    ['in another order', () => [leaf, root, issuing]],
    ['with its root first', () => [root, issuing, leaf]],
    ['of the leaf alone', () => [leaf]],
    ['with its root twice', () => [leaf, issuing, root, root]],
    ['of more than six certificates', () => Array(7).fill(leaf)],
    ['that is no array', () => leaf],
    ['that begins with an authority', () => [issuing, root]],
  ])('is broken %s', (_what, x5c) => expect(failureOf(x5c())).toBe('chain-broken'));

  it('is broken under an authority of the same name with another key', async () => {
    const [, issuingOfOther, rootOfOther] = (await other.issue(linde)).x5c;
    expect([failureOf([leaf, issuingOfOther, rootOfOther]), failureOf([leaf, issuing, rootOfOther])]).toEqual(['chain-broken', 'chain-broken']);
  });

  it('is broken under a certificate that is no authority', async () => {
    const small = await createCertificateAuthority({ name: 'A', validDays: 30, pathLength: 1 });
    const server = await small.issue({ dnsNames: ['a.example'], days: 1 });
    expect(failureOf([leaf, base64Of(server), base64Of(small)], new Date())).not.toBe('accepted');
    expect(failureOf([base64Of(server), leaf, base64Of(small)], new Date())).not.toBe('accepted');
  });

  it('is broken with more authorities than one of them allows', async () => {
    const short = await createCertificateAuthority({ name: 'Short', validDays: 30, pathLength: 0 });
    const long = await createCertificateAuthority({ name: 'Long', validDays: 30, pathLength: 1 });
    const outcome = async (top: CertificateAuthority) => {
      const between = await top.issueAuthority({ name: 'Between', validDays: 30 });
      return failureOf([await between.issue({ dnsNames: ['a.example'], days: 1 }), between, top].map(base64Of), new Date());
    };
    expect([await outcome(long), await outcome(short)]).toEqual(['accepted', 'chain-broken']);
  });

  it.each([
    ['before it begins', days(-366)],
    ['after it ended', days(366)],
  ])('counts for nothing %s', (_when, at) => expect(failureOf([leaf, issuing, root], at)).toBe('outside-validity'));

  it('counts for nothing when one of its certificates has ended', async () => {
    const { x5c } = await uzi.issue({ ...linde, validUntil: days(-1) });
    expect(failureOf(x5c)).toBe('outside-validity');
  });

  it('counts for nothing with a critical extension that we do not process', async () => {
    const { x5c } = await uzi.issue({ ...linde, critical: true });
    expect(failureOf(x5c)).toBe('malformed');
  });

  it.each([
    ['no base64', () => ['%%%', issuing, root]],
    ['base64url', () => [leaf.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''), issuing, root]],
    ['no certificate', () => ['AAAA', issuing, root]],
    ['a certificate with something behind it', () => [Buffer.concat([Buffer.from(leaf, 'base64'), Buffer.from([0])]).toString('base64'), issuing, root]],
    ['a number', () => [1, issuing, root]],
  ])('is refused with %s in it', (_what, x5c) => expect(failureOf(x5c())).toBe('malformed'));
});
