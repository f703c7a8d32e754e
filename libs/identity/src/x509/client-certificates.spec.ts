import { type CertificateAuthority, type CertificatePair, createCertificateAuthority, type IssuedCertificate, openCertificateAuthority } from '@anw/testing/certificates';
import { createHash, X509Certificate } from 'node:crypto';
import { createCrlRevocation } from './certificate-revocation.js';
import { type ClientCertificates, type ClientCertificatesOptions, createClientCertificates, presentCertificate } from './client-certificates.js';

const HOUR = 3_600_000;
const rootList = 'http://crl.example/root.crl';
const issuingList = 'http://crl.example/issuing.crl';
const bundleOf = (...authorities: readonly CertificatePair[]) => authorities.map(({ certificatePem }) => certificatePem).join('\n');
const derOf = ({ certificatePem }: Pick<CertificatePair, 'certificatePem'>) => new X509Certificate(certificatePem).raw;

let root: CertificateAuthority;
let issuing: CertificateAuthority & IssuedCertificate;
let elsewhere: CertificateAuthority;
let client: IssuedCertificate;

const request = { dnsNames: ['zorg.example'], clientAuth: true, days: 2, crlUrls: [issuingList] };

beforeAll(async () => {
  root = await createCertificateAuthority({ name: 'Root', validDays: 30, pathLength: 1 });
  issuing = await root.issueAuthority({ name: 'Issuing', validDays: 30, crlUrls: [rootList] });
  elsewhere = await createCertificateAuthority({ name: 'Elsewhere', validDays: 30, pathLength: 1 });
  client = await issuing.issue(request);
});

/** A door that trusts both authorities, and the lists that they publish. */
class Door {
  now = new Date();
  readonly asked: string[] = [];
  revoked: IssuedCertificate[] = [];
  revokedAuthorities: IssuedCertificate[] = [];
  list: (url: string) => Promise<Uint8Array> = (url) => this.publish(url);
  private readonly certificates: ClientCertificates;

  constructor({ staleAfterSeconds, ...options }: Partial<ClientCertificatesOptions> & { readonly staleAfterSeconds?: number } = {}) {
    const clock = () => this.now;
    const fetchList = (url: string) => (this.asked.push(url), this.list(url));
    const revocation = createCrlRevocation({ fetchList, clock, maxAgeSeconds: 3_600, ...(staleAfterSeconds && { staleAfterSeconds }) });
    this.certificates = createClientCertificates({ authorities: bundleOf(root, issuing), revocation, revocationMode: 'hard', clock, ...options });
  }

  /** Editions last for two days around now. */
  publish(url: string, nextUpdate = new Date(this.now.getTime() + 48 * HOUR)): Promise<Uint8Array> {
    const thisUpdate = new Date(this.now.getTime() - HOUR);
    return url === rootList ? root.revocationList({ revoked: this.revokedAuthorities, thisUpdate, nextUpdate }) : issuing.revocationList({ revoked: this.revoked, thisUpdate, nextUpdate });
  }

  judge(certificate: Pick<CertificatePair, 'certificatePem'>) {
    return this.certificates.judge(presentCertificate(derOf(certificate)));
  }

  pass(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds);
  }
}

const unreachable = () => Promise.reject(new Error('unreachable'));

describe('client certificates (check 1; RFC 5280, RFC 8705)', () => {
  describe('a certificate of an authority that the door trusts', () => {
    it('is known by the SHA-256 of its DER form, and by its host names', async () => {
      const thumbprint = createHash('sha256').update(derOf(client)).digest('base64url');
      expect(await new Door().judge(client)).toEqual({ hosts: ['zorg.example'], thumbprint, trusted: true });
    });

    it('names no host by a wildcard', async () => {
      const wide = await issuing.issue({ ...request, dnsNames: ['Zorg.example', '*.zorg.example'] });
      expect(await new Door().judge(wide)).toMatchObject({ trusted: true, hosts: ['zorg.example'] });
    });

    it('counts when the root stands before or behind the authority between, among others', async () => {
      const other = await elsewhere.issueAuthority({ name: 'Issuing', validDays: 30 });
      expect(await new Door({ authorities: bundleOf(elsewhere, other, issuing, root) }).judge(client)).toMatchObject({ trusted: true });
    });

    it('counts through the path that holds, where an authority was renewed', async () => {
      const expired = await root.issueAuthority({ name: 'Issuing', validDays: -1 });
      expect(await new Door({ authorities: bundleOf(root, expired, issuing) }).judge(client)).toMatchObject({ trusted: true });
    });
  });

  describe('a certificate is not to be trusted', () => {
    const flawOf = async (certificate: Pick<CertificatePair, 'certificatePem'>, ...authorities: readonly CertificatePair[]) => (await new Door(authorities.length > 0 ? { authorities: bundleOf(...authorities) } : {}).judge(certificate)).flaw;

    it('of an authority that the door does not know', async () => expect(await flawOf(await elsewhere.issue(request))).toBe('not-trusted'));

    it('of an authority that took the name of one that the door knows', async () => {
      const namesake = await createCertificateAuthority({ name: 'Root', validDays: 30 });
      expect(await flawOf(await namesake.issue(request))).toBe('chain-broken');
    });

    it('that no authority signed', async () => expect(await flawOf(await createCertificateAuthority({ name: 'zorg.example', validDays: 1 }))).toBe('not-trusted'));

    it('while the authority between is missing', async () => expect(await flawOf(client, root)).toBe('not-trusted'));

    it('under an authority whose own root is not in the bundle', async () => expect(await flawOf(client, issuing)).toBe('not-trusted'));

    it('that an ordinary certificate signed', async () => {
      const posing = await openCertificateAuthority(client);
      expect(await flawOf(await posing.issue(request), root, issuing, client)).toBe('chain-broken');
    });

    it('with more authorities above it than one of them allows', async () => {
      const narrow = await root.issueAuthority({ name: 'Narrow', validDays: 30, pathLength: 0 });
      const deeper = await narrow.issueAuthority({ name: 'Deeper', validDays: 30 });
      expect(await flawOf(await deeper.issue(request), deeper, narrow, root)).toBe('chain-broken');
    });

    it('that is an authority itself', async () => expect(await flawOf(issuing)).toBe('chain-broken'));

    it('that is for servers only', async () => expect(await flawOf(await issuing.issue({ ...request, clientAuth: false, serverAuth: true }))).toBe('policy-mismatch'));

    it('that does not say what it is for', async () => expect(await flawOf(await issuing.issue({ ...request, clientAuth: false }))).toBe('policy-mismatch'));

    it('of an authority that vouches for servers only', async () => {
      const servers = await root.issueAuthority({ name: 'Servers', validDays: 30, forServersOnly: true, crlUrls: [rootList] });
      expect(await flawOf(await servers.issue(request), root, servers)).toBe('policy-mismatch');
    });

    it('that has expired', async () => expect(await flawOf(await issuing.issue({ ...request, days: -1 }))).toBe('outside-validity'));

    it('from the moment that it expires, though it was trusted before', async () => {
      const door = new Door({ revocationMode: 'soft' });
      expect(await door.judge(client)).toMatchObject({ trusted: true });
      door.pass(49 * HOUR);
      expect(await door.judge(client)).toMatchObject({ trusted: false, flaw: 'outside-validity', hosts: ['zorg.example'] });
    });

    it('before it begins', async () => {
      const door = new Door({ revocationMode: 'soft' });
      door.pass(-HOUR);
      expect(await door.judge(client)).toMatchObject({ flaw: 'outside-validity' });
    });
  });

  describe('revocation', () => {
    it('makes a certificate worthless', async () => {
      const door = new Door();
      door.revoked = [client];
      expect(await door.judge(client)).toMatchObject({ trusted: false, flaw: 'revoked' });
    });

    it('of the authority between makes every certificate below it worthless', async () => {
      const door = new Door();
      door.revokedAuthorities = [issuing];
      expect(await door.judge(client)).toMatchObject({ trusted: false, flaw: 'revoked' });
    });

    it('is seen within the hour in which a list is used', async () => {
      const door = new Door();
      expect(await door.judge(client)).toMatchObject({ trusted: true });
      door.revoked = [client];
      door.pass(HOUR);
      await door.judge(client);
      await settled();
      door.pass(61_000);
      expect(await door.judge(client)).toMatchObject({ flaw: 'revoked' });
    });

    it('is looked up once for many requests', async () => {
      const door = new Door();
      for (let times = 0; times < 5; times += 1) await Promise.all([door.judge(client), door.judge(client)]);
      expect(door.asked.toSorted()).toEqual([issuingList, rootList]);
    });

    it.each([
      ['the list cannot be had', unreachable],
      ['the list is no list', async () => new Uint8Array([1, 2, 3])],
      ['the list is of another authority', () => elsewhere.revocationList({ revoked: [] })],
      ['the list is over', async () => issuing.revocationList({ revoked: [], thisUpdate: new Date(Date.now() - 2 * HOUR), nextUpdate: new Date(Date.now() - HOUR) })],
      ['the list is still to begin', async () => issuing.revocationList({ revoked: [], thisUpdate: new Date(Date.now() + HOUR), nextUpdate: new Date(Date.now() + 2 * HOUR) })],
    ])('that cannot be established because %s refuses (hard fail)', async (_why, list) => {
      const door = new Door();
      door.list = (url) => (url === issuingList ? list() : door.publish(url));
      expect(await door.judge(client)).toMatchObject({ trusted: false, flaw: 'revocation-unknown' });
    });

    it('refuses a certificate that names no list', async () => {
      expect(await new Door().judge(await issuing.issue({ ...request, crlUrls: [] }))).toMatchObject({ flaw: 'revocation-unknown' });
    });

    it('asks no list for a certificate of an authority that is not trusted', async () => {
      const door = new Door();
      await door.judge(await elsewhere.issue(request));
      expect(door.asked).toEqual([]);
    });

    it('that is known counts more than what is unknown of the chain', async () => {
      const door = new Door({ revocationMode: 'soft' });
      door.revoked = [client];
      door.list = (url) => (url === rootList ? unreachable() : door.publish(url));
      expect(await door.judge(client)).toMatchObject({ flaw: 'revoked' });
    });

    it('counts for as many hours as are allowed while no newer list can be had, and refuses after that', async () => {
      const door = new Door({ staleAfterSeconds: 4 * 3_600 });
      await door.judge(client);
      door.list = unreachable;
      door.pass(4 * HOUR - 120_000);
      expect(await door.judge(client)).toMatchObject({ trusted: true });
      await settled();
      door.pass(121_000);
      expect(await door.judge(client)).toMatchObject({ flaw: 'revocation-unknown' });
    });

    it('counts again once the list can be had again', async () => {
      const door = new Door();
      door.list = unreachable;
      await door.judge(client);
      door.list = (url) => door.publish(url);
      door.pass(5_000);
      expect(await door.judge(client)).toMatchObject({ trusted: true });
    });

    it('stays known when the list that tells of it has become old', async () => {
      const door = new Door({ revocationMode: 'soft' });
      door.revoked = [client];
      await door.judge(client);
      door.list = unreachable;
      door.pass(20 * HOUR);
      expect(await door.judge(client)).toMatchObject({ flaw: 'revoked' });
    });

    describe('that nobody insists on (soft fail)', () => {
      it('takes a certificate whose status cannot be established', async () => {
        const door = new Door({ revocationMode: 'soft' });
        door.list = unreachable;
        expect(await door.judge(client)).toMatchObject({ trusted: true });
      });

      it('takes none that was revoked', async () => {
        const door = new Door({ revocationMode: 'soft' });
        door.revoked = [client];
        expect(await door.judge(client)).toMatchObject({ flaw: 'revoked' });
      });
    });
  });
});

/** Until a list that is fetched beside a request has come. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
