import { parseDidX509, parseCertifiedJws, verifyCertifiedJws } from '@anw/identity';
import { createUziAuthority, didX509Of, issueX509Credential, type UziAuthority } from '@anw/testing/certificates';
import { Did } from '@anw/values';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CertificateRevocations, type CertificateRevocationsOptions } from './certificate-revocations.js';

const host = 'uzi-register.localhost';

let server: Server;
let uzi: UziAuthority;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let opened: CertificateRevocations[];

beforeEach(async () => {
  opened = [];
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://${host}:${(server.address() as AddressInfo).port}`;
  uzi = await createUziAuthority(new Date(), base);
  answer = (request, response) => void uzi.revocationList(`${base}${request.url}`).then((list) => response.writeHead(list === undefined ? 404 : 200).end(list));
});
afterEach(async () => {
  for (const revocations of opened) await revocations.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(change: Partial<CertificateRevocationsOptions> = {}): CertificateRevocations {
  const revocations = new CertificateRevocations({ clock: () => new Date(), internalHosts: [host], timeoutMilliseconds: 500, listHours: 1, ...change });
  opened.push(revocations);
  return revocations;
}

/** Whether a signature with a certificate of the register counts, as the token endpoint asks it. */
async function verify(revocation: CertificateRevocations, certificate?: Awaited<ReturnType<UziAuthority['issue']>>): Promise<string> {
  const signing = certificate ?? (await uzi.issue({ name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' }));
  const jws = issueX509Credential({ authority: uzi, certificate: signing, organisation: Did.parse('did:web:zorg.example'), validFrom: new Date(), validUntil: new Date(Date.now() + 3_600_000) });
  try {
    const { did } = await verifyCertifiedJws(parseCertifiedJws(jws), { authorities: [uzi.fingerprint], revocation }, new Date());
    expect(did).toEqual(parseDidX509(didX509Of(uzi, signing)));
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('revocation lists of certificate authorities, fetched over plain HTTP', () => {
  it('let a certificate count that they do not hold, and not one that they hold', async () => {
    expect(await verify(open())).toBe('accepted');
    const taken = await uzi.issue({ name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' });
    uzi.revoke(taken);
    expect(await verify(open(), taken)).toBe('revoked');
  });

  it('are fetched once for many, without telling who asks', async () => {
    const asked: IncomingMessage['headers'][] = [];
    const serve = answer;
    answer = (request, response) => (asked.push(request.headers), serve(request, response));
    const revocations = open();
    await Promise.all([verify(revocations), verify(revocations), verify(revocations)]);
    expect(asked).toHaveLength(2);
    for (const headers of asked) expect(Object.keys(headers).sort()).toEqual(['connection', 'host']);
  });

  it.each<[string, typeof answer]>([
    ['is answered with an error', (_, response) => void response.writeHead(503).end()],
    ['is not there', (_, response) => void response.writeHead(404).end()],
    ['is elsewhere: redirects are not followed', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1/x' }).end()],
    ['is something else', (_, response) => void response.writeHead(200).end('<html>')],
    ['is larger than any list', (_, response) => void response.writeHead(200, { 'content-length': 17 * 1024 * 1024 }).end()],
    ['never comes', () => undefined],
  ])('leave the status unknown when a list %s: hard fail', async (_what, otherwise) => {
    answer = otherwise;
    expect(await verify(open())).toBe('revocation-unknown');
  });

  it('are not looked for inside our own network, unless the operator named the host', async () => {
    let asked = 0;
    answer = (_, response) => void ((asked += 1), response.end());
    expect([await verify(open({ internalHosts: [] })), asked]).toEqual(['revocation-unknown', 0]);
  });
});
