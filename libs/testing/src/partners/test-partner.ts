import { authorizationServerMetadata } from '@anw/authorization';
import { anwDefinition, issueStatusList, parseAnwScope, statusListUrl, type StatusListForm } from '@anw/credentials';
import { createDidDocument, createLocalSigner, type JwsAlgorithm, type Organisation, organisationServices, type Signer } from '@anw/identity';
import { Did, DidUrl, OrganisationId, OrganisationName } from '@anw/values';
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { CertificateAuthority, CertificatePair } from '../certificates/certificate-authority.js';
import { createOtherKey, type OtherKey } from '../parties/other-key.js';

export interface PartnerRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PartnerAnswer {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A made-up organisation with a partner door of its own: did.json, status lists and a token endpoint that gives everybody
 * a token, because what is under test is who comes, not this door. `answer` is asked first, and for everything else.
 */
export interface TestPartner {
  readonly organisation: Organisation;
  readonly did: Did;
  readonly signer: Signer;
  /** Both halves of the signer's key, for libraries that sign by themselves. */
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** Keys of other kinds, listed in its DID document as well. */
  readonly otherKeys: readonly OtherKey[];
  readonly url: string;
  /** Serves the door, and is shown as client certificate. */
  readonly certificate: CertificatePair;
  /** Everything that came to its door, oldest first. */
  readonly requests: readonly PartnerRequest[];
  answer: (request: PartnerRequest) => PartnerAnswer | undefined | Promise<PartnerAnswer | undefined>;
  /** Takes a request over before anything else sees it, down to its bytes; says whether it did. */
  takeOver: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
  /** Shown from now on to who connects; the client certificate stays. */
  serveAs(certificate: CertificatePair): void;
  /** Bits of its one status list page. */
  readonly statusBits: Uint8Array;
  stop(): Promise<void>;
}

export interface TestPartnerOptions {
  readonly authority: CertificateAuthority;
  /** For example `custodian.localhost`. */
  readonly host: string;
  readonly name: string;
  readonly displayName: string;
  /** Whether its DID document names a FHIR endpoint. */
  readonly servesFhir?: boolean;
  /** Of which it has a key besides its own. */
  readonly algorithms?: readonly JwsAlgorithm[];
}

export async function startTestPartner({ authority, host, name, displayName, servesFhir = false, algorithms = [] }: TestPartnerOptions): Promise<TestPartner> {
  const certificate = await authority.issue({ dnsNames: [host], serverAuth: true, clientAuth: true, days: 1 });
  const requests: PartnerRequest[] = [];
  const statusBits = new Uint8Array(131_072 / 8);
  const server = createServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  const port = await listen(server);
  const url = `https://${host}:${port}`;
  const { organisation, signer, keys, document } = createIdentity({ host, port, url, name, displayName, servesFhir });
  const otherKeys = algorithms.map((algorithm) => createOtherKey(organisation.did, algorithm));

  const partner: TestPartner = {
    organisation,
    did: organisation.did,
    signer,
    keys,
    otherKeys,
    url,
    certificate,
    requests,
    statusBits,
    answer: () => undefined,
    takeOver: () => false,
    serveAs: ({ certificatePem, privateKeyPem }) => server.setSecureContext({ cert: certificatePem, key: privateKeyPem }),
    stop: () => stop(server),
  };

  async function answer(request: PartnerRequest): Promise<PartnerAnswer> {
    const first = await partner.answer(request);
    if (first !== undefined) return first;
    const { pathname, searchParams } = new URL(request.path, url);
    if (pathname === `/iam/${organisation.id}/did.json`) return { status: 200, body: withKeys(document, otherKeys) };
    if (pathname === `/.well-known/oauth-authorization-server/oauth2/${name}`) return { status: 200, body: authorizationServerMetadata(organisation, []) };
    if (pathname === `/oauth2/${name}/presentation_definition`) return presentationDefinition(searchParams.get('scope') ?? '', organisation.did);
    if (pathname === `/oauth2/${name}/token`) return { status: 200, body: { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300 } };
    return (await statusList(pathname)) ?? { status: 404 };
  }

  async function statusList(pathname: string): Promise<PartnerAnswer | undefined> {
    const form = (['StatusList2021', 'BitstringStatusList'] satisfies StatusListForm[]).find((candidate) => statusListUrl(candidate, { door: url, uuid: organisation.id }, 1) === url + pathname);
    if (form === undefined) return undefined;
    const id = DidUrl.parse(`${organisation.did}#${randomUUID()}`);
    return { status: 200, body: await issueStatusList(signer, { form, url: url + pathname, id, bits: statusBits, now: new Date() }) };
  }

  server.on('request', (incoming, outgoing) => {
    if (partner.takeOver(incoming, outgoing)) return;
    void read(incoming).then(async (request) => {
      requests.push(request);
      const { status, body, headers } = await answer(request);
      outgoing.writeHead(status, { 'content-type': typeof body === 'string' && !body.startsWith('{') ? 'application/vc+jwt' : 'application/json', ...headers });
      outgoing.end(typeof body === 'object' ? JSON.stringify(body) : body);
    });
  });
  return partner;
}

interface IdentityFacts extends Pick<TestPartnerOptions, 'host' | 'name' | 'displayName'> {
  readonly port: number;
  readonly url: string;
  readonly servesFhir: boolean;
}

function createIdentity({ host, port, url, name, displayName, servesFhir }: IdentityFacts) {
  const id = OrganisationId.parse(randomUUID());
  const did = Did.parse(`did:web:${host}%3A${port}:iam:${id}`);
  const kid = DidUrl.parse(`${did}#key-1`);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const organisation: Organisation = { id, did, name: OrganisationName.parse(name), displayName, city: 'Zutphen', issuer: `${url}/oauth2/${name}` };
  const publicKeyJwk = { kty: 'EC', ...publicKey.export({ format: 'jwk' }) };
  const services = organisationServices({ organisation, partnerUrl: url, servesFhir });
  return { organisation, signer: createLocalSigner(kid, privateKey), keys: { publicKey, privateKey }, document: createDidDocument({ did, keys: [{ kid, publicKeyJwk, state: 'active' }], services }) };
}

function withKeys(document: ReturnType<typeof createDidDocument>, keys: readonly OtherKey[]): object {
  const methods = keys.map(({ kid, publicKeyJwk }) => ({ id: kid, type: 'JsonWebKey2020', controller: document.id, publicKeyJwk }));
  return { ...document, verificationMethod: [...document.verificationMethod, ...methods], assertionMethod: [...document.assertionMethod, ...keys.map(({ kid }) => kid)] };
}

function presentationDefinition(scope: string, own: Did): PartnerAnswer {
  const asked = parseAnwScope(scope);
  return asked === undefined ? { status: 400, body: { error: 'invalid_scope' } } : { status: 200, body: anwDefinition(asked, own) };
}

async function read(incoming: IncomingMessage): Promise<PartnerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { method: incoming.method ?? '', path: incoming.url ?? '', authorization: incoming.headers.authorization, headers: incoming.headers, body: Buffer.concat(chunks).toString() };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
