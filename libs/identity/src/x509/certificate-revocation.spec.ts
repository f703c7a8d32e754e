import { createUziAuthority, type UziAuthority, type UziCertificate } from '@anw/testing/certificates';
import { parseCertificate } from './certificate.js';
import { type CrlRevocationOptions, createCrlRevocation } from './certificate-revocation.js';

const start = new Date('2026-01-01T19:00:00Z');
const linde = { name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' };
const hour = 3_600_000;

let uzi: UziAuthority;
let certificate: UziCertificate;
beforeEach(async () => {
  uzi = await createUziAuthority(start);
  certificate = await uzi.issue(linde);
});

/** Who asks for the status of that certificate, and how often a list was fetched for it. */
function openLists(fetchList: (url: string) => Promise<Uint8Array> = async (url) => (await uzi.revocationList(url))!, options: Partial<CrlRevocationOptions> = {}) {
  const time = { now: start };
  const asked: string[] = [];
  const revocation = createCrlRevocation({ fetchList: (url) => (asked.push(url), fetchList(url)), clock: () => time.now, ...options });
  const statusOf = (of = certificate) => {
    const [leaf, issuer] = of.x5c.map((entry) => parseCertificate(Buffer.from(entry, 'base64')));
    return revocation.statusOf(leaf!, issuer!);
  };
  const pass = (milliseconds: number) => void (time.now = new Date(time.now.getTime() + milliseconds));
  return { asked, statusOf, pass };
}

describe('revocation by the lists that certificates name (RFC 5280 §5, §6.3)', () => {
  it('is good of a certificate that the list does not hold, and revoked of one that it holds', async () => {
    expect(await openLists().statusOf()).toBe('good');
    uzi.revoke(certificate);
    expect(await openLists().statusOf()).toBe('revoked');
    expect(await openLists().statusOf(await uzi.issue(linde))).toBe('good');
  });

  it('is asked for at the place that the certificate names', async () => {
    const { asked, statusOf } = openLists();
    await statusOf();
    expect(asked).toEqual([uzi.crlUrls.issuing]);
  });

  it('is unknown of a certificate that names none', async () => {
    const { asked, statusOf } = openLists();
    expect([await statusOf(await uzi.issue({ ...linde, withCrl: false })), asked]).toEqual(['unknown', []]);
  });

  it.each<[string, (url: string) => Promise<Uint8Array>]>([
    ['cannot be had', () => Promise.reject(new Error('unreachable'))],
    ['is empty', async () => new Uint8Array()],
    ['is no list', async () => new Uint8Array([0x30, 3, 1, 2, 3])],
    ['is of the root in the place of the authority', async () => (await uzi.revocationList(uzi.crlUrls.root))!],
    ['is signed by another than it says', async (url) => (await uzi.revocationList(url, { byOther: true }))!],
    ['is over', async (url) => (await uzi.revocationList(url, { nextUpdate: new Date(start.getTime() - 1_000) }))!],
    ['is of the future', async (url) => (await uzi.revocationList(url, { thisUpdate: new Date(start.getTime() + hour) }))!],
    ['was altered', async (url) => (await uzi.revocationList(url))!.map((byte, at, all) => (at === all.length - 1 ? byte ^ 1 : byte))],
  ])('is unknown when the list %s', async (_what, fetchList) => expect(await openLists(fetchList).statusOf()).toBe('unknown'));

  it('is fetched once for certificates of one authority, however many ask at a time', async () => {
    const { asked, statusOf } = openLists();
    const others = await Promise.all([uzi.issue(linde), uzi.issue(linde)]);
    await Promise.all([statusOf(), ...others.map((other) => statusOf(other)), statusOf()]);
    expect(asked).toHaveLength(1);
  });

  it('is fetched anew after an hour, and serves on meanwhile only as long as allowed', async () => {
    let reachable = true;
    const { asked, statusOf, pass } = openLists(async (url) => (reachable ? (await uzi.revocationList(url))! : Promise.reject(new Error('unreachable'))), { maxAgeSeconds: 3_600, staleAfterSeconds: 2 * 3_600 });
    await statusOf();
    pass(hour - 1);
    await statusOf();
    expect(asked).toHaveLength(1);
    reachable = false;
    pass(2);
    expect(await statusOf()).toBe('good');
    pass(hour);
    expect(await statusOf()).toBe('unknown');
    expect(asked.length).toBeGreaterThan(1);
  });

  it('is not asked for again within five seconds after it could not be had', async () => {
    const { asked, statusOf, pass } = openLists(() => Promise.reject(new Error('unreachable')));
    await statusOf();
    pass(4_999);
    await statusOf();
    expect(asked).toHaveLength(1);
    pass(2);
    await statusOf();
    expect(asked).toHaveLength(2);
  });

  it('holds no more lists than it was told to', async () => {
    const others = await Promise.all(['http://a.example', 'http://b.example'].map((base) => createUziAuthority(start, base)));
    const [one, two] = await Promise.all(others.map((authority) => authority.issue(linde)));
    const find = async (url: string) => (await Promise.all(others.map((authority) => authority.revocationList(url)))).find((list) => list !== undefined)!;
    const { asked, statusOf } = openLists(find, { maxEntries: 1 });
    expect([await statusOf(one), await statusOf(two), await statusOf(one)]).toEqual(['good', 'good', 'good']);
    expect(asked).toHaveLength(3);
  });

  it('is never looked for elsewhere than over HTTP', async () => {
    const elsewhere = await createUziAuthority(start, 'file:///etc');
    const { asked, statusOf } = openLists();
    expect([await statusOf(await elsewhere.issue(linde)), asked]).toEqual(['unknown', []]);
  });
});
