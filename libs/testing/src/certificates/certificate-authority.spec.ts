import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { type CertificateAuthority, createCertificateAuthority, openCertificateAuthority } from './certificate-authority.js';

describe('private certificate authority', () => {
  let authority: CertificateAuthority;
  beforeAll(async () => {
    authority = await createCertificateAuthority({ name: 'Region CA', validDays: 30 });
  });

  it('issues certificates that its root vouches for, with the names asked', async () => {
    const issued = new X509Certificate((await authority.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, days: 2 })).certificatePem);
    const root = new X509Certificate(authority.certificatePem);
    expect(root.ca).toBe(true);
    expect(issued.checkIssued(root)).toBe(true);
    expect(issued.verify(root.publicKey)).toBe(true);
    expect(issued.subjectAltName).toBe('DNS:custodian.localhost');
    expect(issued.ca).toBe(false);
  });

  it('goes on issuing after it was kept as PEM and opened again', async () => {
    const reopened = await openCertificateAuthority(authority);
    const issued = new X509Certificate((await reopened.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 2 })).certificatePem);
    expect(issued.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
  });

  it('issues what both ends of a mutual TLS connection accept', async () => {
    const server = await authority.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, clientAuth: true, days: 2 });
    const client = await authority.issue({ dnsNames: ['actor.localhost'], serverAuth: true, clientAuth: true, days: 2 });
    const listener = createServer({ cert: server.certificatePem, key: server.privateKeyPem, ca: authority.certificatePem, requestCert: true });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const accepted = once(listener, 'secureConnection') as Promise<[TLSSocket]>;
    const socket = connect({
      port: (listener.address() as AddressInfo).port,
      host: '127.0.0.1',
      servername: 'custodian.localhost',
      ca: authority.certificatePem,
      cert: client.certificatePem,
      key: client.privateKeyPem,
    });
    await once(socket, 'secureConnect');
    const [peer] = await accepted;
    expect(peer.authorized).toBe(true);
    expect(peer.getPeerCertificate().subjectaltname).toBe('DNS:actor.localhost');
    socket.destroy();
    listener.closeAllConnections();
    listener.close();
  });
});
