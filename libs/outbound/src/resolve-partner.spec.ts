import { createDidDocument, createDidWeb, createDidWebResolver, createLocalSigner, createVerificationKeys, PublicKeyJwk, signCompactJws, verifyCompactJws } from '@anw/identity';
import { createCertificateAuthority } from '@anw/testing';
import { DidUrl } from '@anw/values';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createDocumentFetch } from './fetch-did-document.js';
import { createOutbound, type Outbound } from './outbound.js';

describe('partner known by its DID alone', () => {
  const uuid = '41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10';
  let server: Server;
  let outbound: Outbound;
  let answer: { path: string; body: string };

  beforeAll(async () => {
    const authority = await createCertificateAuthority({ name: 'Region CA', validDays: 1 });
    const { certificatePem, privateKeyPem } = await authority.issue({ dnsNames: ['actor.localhost'], serverAuth: true, days: 1 });
    server = createServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
      response.writeHead(request.url === answer.path ? 200 : 404, { 'content-type': 'application/json', 'cache-control': 'max-age=300' }).end(answer.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    outbound = createOutbound({ ca: authority.certificatePem, allowedInternalHosts: ['*.localhost'], requireTls: true, timeoutMilliseconds: 2_000, maxResponseBytes: 1_000_000 });
  });
  afterAll(async () => {
    await outbound.close();
    server.close();
  });

  it('has its signature verified with the key that its own door publishes over TLS', async () => {
    const did = createDidWeb({ host: 'actor.localhost', port: (server.address() as AddressInfo).port, path: ['iam', uuid] });
    const kid = DidUrl.parse(`${did}#key-1`);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const document = createDidDocument({ did, keys: [{ kid, publicKeyJwk: PublicKeyJwk.parse(publicKey.export({ format: 'jwk' })), state: 'active' }], services: [] });
    answer = { path: `/iam/${uuid}/did.json`, body: JSON.stringify(document) };
    const resolver = createDidWebResolver({ fetchDocument: createDocumentFetch(outbound.fetch), clock: () => new Date() });
    const jws = await signCompactJws(createLocalSigner(kid, privateKey), { typ: 'JWT' }, { iss: did });
    expect((await verifyCompactJws(jws, createVerificationKeys(resolver), { typ: ['JWT'] })).kid).toBe(kid);
  });

  it('is not found when its door serves no such document', async () => {
    const did = createDidWeb({ host: 'actor.localhost', port: (server.address() as AddressInfo).port, path: ['iam', 'absent'] });
    const resolver = createDidWebResolver({ fetchDocument: createDocumentFetch(outbound.fetch), clock: () => new Date() });
    await expect(resolver.resolve(did)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is unreachable when it lies inside our own network', async () => {
    const closed = createOutbound({ allowedInternalHosts: [], requireTls: true, timeoutMilliseconds: 500, maxResponseBytes: 1_000 });
    const did = createDidWeb({ host: 'actor.localhost', port: (server.address() as AddressInfo).port, path: ['iam', uuid] });
    const resolver = createDidWebResolver({ fetchDocument: createDocumentFetch(closed.fetch), clock: () => new Date() });
    await expect(resolver.resolve(did)).rejects.toMatchObject({ code: 'unreachable', cause: { code: 'forbidden-url' } });
  });
});
