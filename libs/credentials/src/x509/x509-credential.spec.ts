import { createCrlRevocation, encodeDidX509Value } from '@anw/identity';
import { createUziAuthority, didX509Of, issueX509Credential, type RevocationListChange, type UziAuthority, type UziCertificate, type X509CredentialToIssue } from '@anw/testing/certificates';
import { createTestParties, InMemoryNonces, keysOfParties } from '@anw/testing/parties';
import { createHash } from 'node:crypto';
import { CredentialError } from '../credential.js';
import { parseCredential } from '../parse-credential.js';
import { createPresentation } from '../presentation/create-presentation.js';
import { parsePresentation } from '../presentation/parse-presentation.js';
import { verifyPresentation } from '../presentation/verify-presentation.js';
import { readX509Credential } from '../types/x509-credential.js';
import { verifyCredential } from '../verify-credential.js';

const now = new Date('2026-01-01T19:00:00Z');
const { actor, stranger } = createTestParties();
const keys = keysOfParties(actor, stranger);
const linde = { name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' };
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

let uzi: UziAuthority;
let other: UziAuthority;
let certificate: UziCertificate;

beforeAll(async () => {
  uzi = await createUziAuthority(now);
  other = await createUziAuthority(now);
  certificate = await uzi.issue(linde);
});

const credentialOf = (change: Partial<X509CredentialToIssue> = {}) => issueX509Credential({ authority: uzi, certificate, organisation: actor.did, validFrom: days(-1), validUntil: days(30), ...change });

interface Circumstances {
  readonly now?: Date;
  readonly authorities?: readonly string[];
  readonly crl?: RevocationListChange;
  readonly fetchList?: (url: string) => Promise<Uint8Array>;
}

async function verify(jwt: string, { now: at = now, authorities = [uzi.fingerprint], crl = {}, fetchList = async (url) => (await uzi.revocationList(url, crl))! }: Circumstances = {}) {
  const certificates = { authorities, revocation: createCrlRevocation({ fetchList, clock: () => at }) };
  return verifyCredential(parseCredential(jwt), { keys, certificates, now: at });
}

async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CredentialError) return error.code === 'certificate-refused' ? error.message : error.code;
    throw error;
  }
  return 'accepted';
}

describe('X509Credential (Nuts RFC023; spec nuts-protocols §3.4)', () => {
  it.each(['PS256', 'ES256'] as const)('tells name, city and URA of an organisation, signed with %s', async (algorithm) => {
    const signing = await uzi.issue({ ...linde, algorithm });
    const credential = await verify(credentialOf({ certificate: signing }));
    expect(credential).toMatchObject({ type: 'X509Credential', issuer: didX509Of(uzi, signing), subject: actor.did, format: 'jwt_vc' });
    expect(readX509Credential(credential)).toMatchObject({ organisation: actor.did, ...linde });
  });

  it('travels in a presentation of the organisation that it is about', async () => {
    const present = async (organisation = actor.did) => {
      const jwt = await createPresentation(actor.signer, { audience: 'https://bron.example', credentials: [credentialOf({ organisation })], now });
      const certificates = { authorities: [uzi.fingerprint], revocation: createCrlRevocation({ fetchList: async (url) => (await uzi.revocationList(url))!, clock: () => now }) };
      return verifyPresentation(parsePresentation(jwt), { audience: 'https://bron.example', keys, certificates, nonces: new InMemoryNonces(), now });
    };
    expect((await present()).credentials).toHaveLength(1);
    expect(await refusalOf(() => present(stranger.did))).toBe('holder-mismatch');
  });

  it('may say less than its DID, and then reads as no organisation', async () => {
    const credential = await verify(credentialOf({ claims: { subject: undefined } }));
    expect(() => readX509Credential(credential)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('is refused where no authority is trusted', async () => {
    expect(await refusalOf(() => verifyCredential(parseCredential(credentialOf()), { keys, now }))).toBe('certificate-refused: no certificate authority is trusted here');
  });

  describe('form', () => {
    it.each<[string, () => string]>([
      ['without certificates', () => credentialOf({ header: { x5c: undefined } })],
      ['of another type', () => credentialOf({ payload: { vc: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiableCredential', 'NutsOrganizationCredential'], credentialSubject: { id: actor.did } } } })],
      ['issued by a did:web', () => credentialOf({ payload: { iss: actor.did, jti: `${actor.did}#1` } })],
      ['with a key beside its certificates', () => credentialOf({ header: { jwk: {} } })],
      ['with a thumbprint of another certificate', () => credentialOf({ header: { 'x5t#S256': 'AAAA' } })],
      ['without typ', () => credentialOf({ header: { typ: undefined } })],
      ['without end', () => credentialOf({ payload: { exp: undefined } })],
      ['with a claim beside the policies', () => credentialOf({ claims: { organization: { name: 'De Eik' } } })],
    ])('is refused %s', async (_, jwt) => expect(await refusalOf(async () => verify(jwt()))).toMatch(/^(malformed|unsupported-algorithm|key-unknown)/));

    it.each(['RS256', 'HS256', 'none'])('is refused with algorithm %s', async (alg) => expect(await refusalOf(async () => verify(credentialOf({ header: { alg } })))).toBe('unsupported-algorithm'));
    it('is refused with an algorithm that is not for its key', async () => expect(await refusalOf(async () => verify(credentialOf({ header: { alg: 'PS256' } })))).toBe('signature-invalid'));
  });

  describe('issuer', () => {
    const issuedBy = (issuer: string) => refusalOf(async () => verify(credentialOf({ issuer })));
    const san = () => `::san:otherName:${certificate.otherName}`;

    it('is what the certificate says', async () => {
      expect(await issuedBy(`did:x509:0:sha256:${uzi.fingerprint}${san()}::subject:O:Thuiszorg%20De%20Eik:L:Zwolle`)).toBe('certificate-refused: policy-mismatch: subject O');
      expect(await issuedBy(`did:x509:0:sha256:${uzi.fingerprint}::san:otherName:${certificate.otherName.replace(linde.ura, '90000999')}::subject:O:Thuiszorg%20De%20Linde:L:Zwolle`)).toBe('certificate-refused: policy-mismatch: san otherName');
    });

    it('says all that the credential says', async () => {
      expect(await issuedBy(`did:x509:0:sha256:${uzi.fingerprint}${san()}::subject:O:Thuiszorg%20De%20Linde`)).toBe('certificate-refused: the DID does not say subject L');
      expect(await refusalOf(async () => verify(credentialOf({ claims: { subject: { O: 'Thuiszorg De Eik', L: 'Zwolle' } } })))).toBe('certificate-refused: the DID does not say subject O');
    });

    it.each([
      ['names a policy twice', (fp: string, name: string) => `did:x509:0:sha256:${fp}::san:otherName:${name}::subject:O:A::subject:L:B`],
      ['names an attribute twice', (fp: string, name: string) => `did:x509:0:sha256:${fp}::san:otherName:${name}:otherName:${name}`],
      ['asks for extended key usage', (fp: string) => `did:x509:0:sha256:${fp}::eku:1.3.6.1.5.5.7.3.2`],
      ['has no policy', (fp: string) => `did:x509:0:sha256:${fp}`],
      ['is of another version', (fp: string, name: string) => `did:x509:1:sha256:${fp}::san:otherName:${name}`],
      ['names its authority by an older digest', (_: string, name: string) => `did:x509:0:sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk::san:otherName:${name}`],
    ])('is refused when it %s', async (_, issuer) => expect(await issuedBy(issuer(uzi.fingerprint, certificate.otherName))).toBe('issuer-unresolvable'));

    it('names an authority, never the certificate itself', async () => {
      const fingerprint = createHash('sha256').update(Buffer.from(certificate.x5c[0]!, 'base64')).digest('base64url');
      const issuer = `did:x509:0:sha256:${fingerprint}${san()}::subject:O:${encodeDidX509Value(linde.name)}:L:${linde.city}`;
      expect(await refusalOf(async () => verify(credentialOf({ issuer }), { authorities: [fingerprint] }))).toBe('certificate-refused: not-trusted: the authority of the DID is not in the chain');
    });

    it('is not trusted on the word of another register', async () => {
      const forged = issueX509Credential({ authority: other, certificate: await other.issue(linde), organisation: actor.did, validFrom: days(-1), validUntil: days(30) });
      expect(await refusalOf(() => verify(forged))).toBe('certificate-refused: not-trusted: the DID names an authority that we do not trust');
    });

    it("is not trusted when it borrows the register's name: another register's chain does not hold that authority", async () => {
      const forged = issueX509Credential({ authority: uzi, certificate: await other.issue(linde), organisation: actor.did, validFrom: days(-1), validUntil: days(30) });
      expect(await refusalOf(() => verify(forged))).toBe('certificate-refused: not-trusted: the authority of the DID is not in the chain');
    });

    it("is not trusted when the register's root hangs above a chain that it did not sign", async () => {
      const own = await other.issue(linde);
      const spliced = { ...own, x5c: [...own.x5c.slice(0, 2), certificate.x5c[2]!] };
      expect(await refusalOf(async () => verify(credentialOf({ certificate: spliced })))).toMatch(/^certificate-refused: chain-broken/);
    });
  });

  describe('chain', () => {
    const withChain = (change: (x5c: readonly string[]) => readonly string[]) => refusalOf(async () => verify(credentialOf({ certificate: { ...certificate, x5c: change(certificate.x5c) } })));

    it('is complete up to its root', async () => expect(await withChain((x5c) => x5c.slice(0, 2))).toBe('certificate-refused: not-trusted: the authority of the DID is not in the chain'));
    it('has its leaf first and the others in order', async () => expect(await withChain(([leaf, issuing, root]) => [leaf!, root!, issuing!])).toMatch(/chain-broken/));
    it('has no certificate too many', async () => expect(await withChain((x5c) => [...x5c, x5c[2]!])).toMatch(/chain-broken/));
    it('is of certificates', async () => expect(await withChain(([, ...above]) => ['AAAA', ...above])).toMatch(/malformed/));
    it('ends in a leaf that is no authority', async () => {
      const authority = await uzi.issue({ ...linde, isAuthority: true });
      expect(await refusalOf(async () => verify(credentialOf({ certificate: authority })))).toMatch(/chain-broken/);
    });
    it('is valid now', async () => expect(await refusalOf(async () => verify(credentialOf(), { now: days(400) }))).toMatch(/outside-validity/));
    it('holds no critical extension that we do not process', async () => {
      const critical = await uzi.issue({ ...linde, critical: true });
      expect(await refusalOf(async () => verify(credentialOf({ certificate: critical })))).toMatch(/critical extension/);
    });
    it('ends in a certificate for signing', async () => {
      const encrypting = await uzi.issue({ ...linde, forSigning: false });
      expect(await refusalOf(async () => verify(credentialOf({ certificate: encrypting })))).toMatch(/policy-mismatch: the certificate is not for signing/);
    });
  });

  describe('period', () => {
    it('does not begin before the certificate and does not end after it', async () => {
      const short = await uzi.issue({ ...linde, validFrom: days(-2), validUntil: days(2) });
      expect(await refusalOf(async () => verify(credentialOf({ certificate: short, validUntil: days(2) })))).toBe('accepted');
      expect(await refusalOf(async () => verify(credentialOf({ certificate: short, validUntil: days(3) })))).toBe('lives-too-long');
      expect(await refusalOf(async () => verify(credentialOf({ certificate: short, validFrom: days(-3), validUntil: days(1) })))).toBe('lives-too-long');
    });
    it('is now', async () => expect(await refusalOf(async () => verify(credentialOf({ validFrom: days(1) })))).toBe('not-yet-valid'));
  });

  describe('signature', () => {
    it('is that of the certificate', async () => {
      const impostor = await other.issue(linde);
      expect(await refusalOf(async () => verify(credentialOf({ certificate: { ...certificate, privateKey: impostor.privateKey } })))).toBe('signature-invalid');
    });
    it('covers every claim', async () => {
      const [header, payload, signature] = credentialOf().split('.');
      const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString());
      const altered = Buffer.from(JSON.stringify({ ...claims, sub: stranger.did })).toString('base64url');
      expect(await refusalOf(() => verify(`${header}.${altered}.${signature}`))).toBe('signature-invalid');
    });
    it('is made with the key #0', async () => {
      expect(await refusalOf(async () => verify(credentialOf({ header: { kid: `${didX509Of(uzi, certificate)}#1` } })))).toBe('key-unknown');
    });
  });

  describe('revocation (hard fail, spec nuts-protocols §10 pitfall 16)', () => {
    it('refuses a certificate that was taken back', async () => {
      const compromised = await uzi.issue(linde);
      uzi.revoke(compromised);
      expect(await refusalOf(async () => verify(credentialOf({ certificate: compromised })))).toBe('certificate-refused: revoked: certificate 0 of the chain');
      expect(await refusalOf(async () => verify(credentialOf()))).toBe('accepted');
    });

    it('refuses all that an authority issued once it was taken back itself', async () => {
      const fallen = await createUziAuthority(now);
      const jwt = issueX509Credential({ authority: fallen, certificate: await fallen.issue(linde), organisation: actor.did, validFrom: days(-1), validUntil: days(30) });
      fallen.revokeIssuing();
      expect(await refusalOf(() => verify(jwt, { authorities: [fallen.fingerprint], fetchList: async (url) => (await fallen.revocationList(url))! }))).toBe('certificate-refused: revoked: certificate 1 of the chain');
    });

    it.each<[string, Circumstances]>([
      ['cannot be had', { fetchList: () => Promise.reject(new Error('unreachable')) }],
      ['is no list', { fetchList: async () => new Uint8Array([0x30, 0]) }],
      ['is over', { crl: { nextUpdate: new Date(now.getTime() - 1000) } }],
      ['is from the future', { crl: { thisUpdate: new Date(now.getTime() + 1000) } }],
      ['was signed by another authority', { crl: { byOther: true } }],
      ['is that of another authority', { fetchList: async () => (await uzi.revocationList(uzi.crlUrls.root))! }],
    ])('refuses when the list %s', async (_, circumstances) => {
      expect(await refusalOf(async () => verify(credentialOf(), circumstances))).toMatch(/^certificate-refused: revocation-unknown/);
    });

    it('refuses a certificate that names no list', async () => {
      const unlisted = await uzi.issue({ ...linde, withCrl: false });
      expect(await refusalOf(async () => verify(credentialOf({ certificate: unlisted })))).toMatch(/^certificate-refused: revocation-unknown/);
    });

    it('asks for a list once for all who need it', async () => {
      const asked: string[] = [];
      const revocation = createCrlRevocation({ fetchList: async (url) => (asked.push(url), (await uzi.revocationList(url))!), clock: () => now });
      const certificates = { authorities: [uzi.fingerprint], revocation };
      await Promise.all(Array.from({ length: 5 }, () => verifyCredential(parseCredential(credentialOf()), { keys, certificates, now })));
      expect(asked.sort()).toEqual([uzi.crlUrls.root, uzi.crlUrls.issuing].sort());
    });
  });
});
