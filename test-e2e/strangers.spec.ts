import type { AuthorizationView } from '@anw/api-contracts';
import { createPresentation, parseCredential } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';
import { createStoryContext, type Region } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { PEX } from '@sphereon/pex';
import { verifyCredential } from 'did-jwt-vc';
import { Resolver } from 'did-resolver';
import * as dpop from 'dpop';
import { Client as FhirKitClient } from 'fhir-kit-client';
import type { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { globalAgent } from 'node:https';
import * as oauth from 'oauth4webapi';
import { getResolver } from 'web-did-resolver';
import { bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { authorizationOf, employeeOf, organisationOf } from './support/stranger-credentials.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken, type RequestChange, tokenForm } from './support/token-request.js';

const resolver = new Resolver(getResolver());

let region: Region;
let network: PartnerNetwork;
let strangers: Strangers;
let authorization: string;

beforeAll(async () => {
  region = await startTemporaryRegion();
  // The resolver of strangers takes no agent: what they would have by their own DNS and trust, it gets here.
  Object.assign(globalAgent.options, { ca: await readFile(region.file.authority.certificate, 'utf8'), lookup: lookUpLoopback });
  network = await openPartnerNetwork(region);
  strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
  const patient = region.file.patients[0];
  if (patient === undefined) throw new Error('the region has no patients');
  const story = createStoryContext(region, patient);
  await playPart(story, { to: 'delivered' });
  authorization = await credentialOf(story.kept<AuthorizationView>('authorization').id);
  story.kept<AbortController>('listening').abort();
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

type Lookup = (error: null, address: string | { address: string; family: number }[], family?: number) => void;

/** RFC 6761 §6.3: names below `localhost` are loopback. */
function lookUpLoopback(_host: string, { all }: { readonly all?: boolean }, callback: Lookup): void {
  if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
}

/** The authorization as the regisseur keeps it and hands it over, letter for letter. */
async function credentialOf(id: string): Promise<string> {
  const [row] = await queryDatabase<{ credential: string }>(region, 'regisseur', 'SELECT credential FROM issued_authorization WHERE id = $1', [id]);
  return row?.credential ?? '';
}

describe('DID documents (design D4)', () => {
  it('of every organisation resolve with a resolver that is not ours', async () => {
    for (const { did } of region.file.organisations) {
      const { didDocument, didResolutionMetadata } = await resolver.resolve(did);
      expect(didResolutionMetadata).not.toHaveProperty('error');
      expect(didDocument).toMatchObject({ id: did, verificationMethod: [{ controller: did, type: 'JsonWebKey2020', publicKeyJwk: { kty: 'EC', crv: 'P-256' } }] });
      expect(didDocument?.assertionMethod).toContain(didDocument?.verificationMethod?.[0]?.id);
      expect(JSON.stringify(didDocument)).not.toContain('"d":');
    }
  });
});

describe('credentials (design D5)', () => {
  it('an authorization is verified by a library that is not ours', async () => {
    const { verifiableCredential, issuer } = await verifyCredential(authorization, resolver);
    expect(verifiableCredential.type).toEqual(['VerifiableCredential', 'ANWAuthorizationCredential']);
    expect(issuer).toBe(region.file.organisations.find(({ service }) => service === 'regisseur')?.did);
  });

  it('an authorization with one letter changed is refused by that library', async () => {
    const [header, payload, signature = ''] = authorization.split('.');
    const other = signature.startsWith('A') ? 'B' : 'A';
    await expect(verifyCredential(`${header}.${payload}.${other}${signature.slice(1)}`, resolver)).rejects.toThrow();
  });

  it('names one place on two status lists, and the one that is a JWT is verified by that library as the issuer’s own', async () => {
    const { verifiableCredential, issuer } = await verifyCredential(authorization, resolver);
    const entries = [verifiableCredential.credentialStatus].flat() as unknown as { type: string; statusListCredential: string; statusListIndex: string }[];
    expect(entries.map(({ type }) => type).sort()).toEqual(['BitstringStatusListEntry', 'StatusList2021Entry']);
    expect(new Set(entries.map(({ statusListIndex }) => statusListIndex)).size).toBe(1);
    const list = await verifyCredential(await listOf(entries, 'BitstringStatusListEntry'), resolver);
    expect([list.issuer, list.verifiableCredential.type]).toEqual([issuer, ['VerifiableCredential', 'BitstringStatusListCredential']]);
    expect(JSON.parse(await listOf(entries, 'StatusList2021Entry'))).toMatchObject({ issuer, proof: { type: 'JsonWebSignature2020', verificationMethod: expect.stringContaining(`${issuer}#`) } });
  });

  async function listOf(entries: readonly { readonly type: string; readonly statusListCredential: string }[], type: string): Promise<string> {
    const response = await network.connect()(entries.find((entry) => entry.type === type)?.statusListCredential ?? '');
    expect(response.status).toBe(200);
    return response.text();
  }
});

describe('OAuth, for a client that was made without knowing us (oauth4webapi)', () => {
  const fetchWith = (fetch: OutboundFetch) => (url: string, { method, headers, body }: oauth.CustomFetchOptions<string, unknown>) => fetch(url, { method, headers, body: (body as URLSearchParams | undefined) ?? null });
  const client = (): oauth.Client => ({ client_id: strangers.actor.did });
  const options = () => ({ [oauth.customFetch]: fetchWith(strangers.fetch) });
  const pressures = () => new URL(`${strangers.custodian.door}/fhir/${strangers.custodian.name}/${bloodPressuresOf(strangers.custodian.patient)}`);

  async function discovered(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(strangers.custodian.issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options() }));
  }

  async function ask(server: oauth.AuthorizationServer, change: RequestChange = {}, DPoP?: oauth.DPoPHandle): Promise<oauth.TokenEndpointResponse> {
    const { grant_type: grantType, ...parameters } = Object.fromEntries(await tokenForm(strangers, change));
    const response = await oauth.genericTokenEndpointRequest(server, client(), oauth.None(), grantType!, parameters, { ...options(), ...(DPoP && { DPoP }) });
    return oauth.processGenericTokenEndpointResponse(server, client(), response);
  }

  it('finds the token endpoint by our metadata (RFC 8414)', async () => {
    const { issuer } = strangers.custodian;
    expect(await discovered()).toMatchObject({ issuer, token_endpoint: `${issuer}/token`, grant_types_supported: expect.arrayContaining(['vp_token-bearer']), dpop_signing_alg_values_supported: expect.arrayContaining(['ES256', 'EdDSA', 'PS256']) });
  });

  it('reads our token response (RFC 6749 §5.1)', async () => {
    const { access_token: token, token_type: type, patient } = await ask(await discovered());
    expect([type, patient]).toEqual(['bearer', strangers.custodian.patient]);
    expect((await oauth.protectedResourceRequest(token, 'GET', pressures(), undefined, undefined, options())).status).toBe(200);
  });

  it('reads our refusal (RFC 6749 §5.2)', async () => {
    const refusal = await ask(await discovered(), { authorization: null }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(oauth.ResponseBodyError);
    expect(refusal).toMatchObject({ status: 400, error: 'invalid_request', error_description: 'The request is not authorized.', cause: { reference: expect.any(String) } });
  });

  it.each([false, true])('gets a token bound to its key, and reads FHIR with it (RFC 9449); our nonce asked for: %s', async (dpopNonce) => {
    await strangers.custodian.operator.demand({ tokenBinding: 'dpop', dpopNonce });
    try {
      const DPoP = oauth.DPoP(client(), await keyPairOf(strangers.actor));
      const server = await discovered();
      const answered = await ask(server, {}, DPoP).catch(async (error: unknown) => {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return ask(server, {}, DPoP);
      });
      expect(answered.token_type).toBe('dpop');
      expect((await oauth.protectedResourceRequest(answered.access_token, 'GET', pressures(), undefined, undefined, { DPoP, ...options() })).status).toBe(200);
    } finally {
      await strangers.custodian.operator.demand({});
    }
  });
});

/** The partner's own key, as the platform's cryptography wants it. */
async function keyPairOf({ keys: { publicKey, privateKey } }: TestPartner): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return { publicKey: publicKey.toCryptoKey(algorithm, true, ['verify']), privateKey: privateKey.toCryptoKey(algorithm, false, ['sign']) };
}

describe('DPoP proofs of a library that is not ours (dpop)', () => {
  async function askToken(proof: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
    const response = await strangers.fetch(`${strangers.custodian.issuer}/token`, { method: 'POST', headers: { dpop: proof }, body: await tokenForm(strangers) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('are accepted at the token endpoint and at FHIR, each once', async () => {
    const keys = (await keyPairOf(strangers.actor)) as dpop.KeyPair;
    const { status, body } = await askToken(await dpop.generateProof(keys, `${strangers.custodian.issuer}/token`, 'POST'));
    expect([status, body['token_type']]).toEqual([200, 'DPoP']);

    const token = String(body['access_token']);
    const url = `${strangers.custodian.door}/fhir/${strangers.custodian.name}/Patient/${strangers.custodian.patient}`;
    const headers = { authorization: `DPoP ${token}`, dpop: await dpop.generateProof(keys, url, 'GET', undefined, token) };
    expect([(await strangers.fetch(url, { headers })).status, (await strangers.fetch(url, { headers })).status]).toEqual([200, 401]);
  });

  it('of a key that does not sign the presentation are refused', async () => {
    const keys = await dpop.generateKeyPair('ES256');
    expect(await askToken(await dpop.generateProof(keys, `${strangers.custodian.issuer}/token`, 'POST'))).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
  });
});

describe('Presentation Exchange, for a library that is not ours (@sphereon/pex)', () => {
  type Definition = Parameters<PEX['evaluateCredentials']>[0];

  /** In its own words: see `libs/credentials/src/presentation-exchange/strangers.spec.ts`. */
  function inItsWords(definition: object): Definition {
    return JSON.parse(JSON.stringify(definition), (name, value: Record<string, unknown>) => {
      if (name === 'optional' || name === 'format') return undefined;
      if (Array.isArray(value?.['path']) && value['path'][0] === '$.type') return { ...value, filter: { type: 'array', contains: value['filter'] } };
      return value;
    }) as Definition;
  }

  it('a submission that it makes of our definition gets a token', async () => {
    const { issuer } = strangers.custodian;
    const definition = (await (await strangers.fetch(`${issuer}/presentation_definition?scope=anw-zorg-2022`)).json()) as object & { readonly id: string };
    const wallet = [await authorizationOf(strangers), await employeeOf(strangers.actor), await organisationOf(strangers.actor)];
    const proof = { type: 'JsonWebSignature2020', proofPurpose: 'assertionMethod', created: '2026-01-01T00:00:00Z', verificationMethod: 'not looked at', jws: 'a..b' };
    const objects = wallet.map((raw) => ({ ...parseCredential(raw).document, proof })) as unknown as Parameters<PEX['evaluateCredentials']>[1];
    const { value, errors } = new PEX().evaluateCredentials(inItsWords(definition), objects);
    expect(errors).toEqual([]);

    const descriptor_map = value?.descriptor_map.map(({ id, path }) => ({ id, format: 'jwt_vc', path: `$.verifiableCredential${/\[\d\]$/.exec(path)?.[0]}` }));
    const form = await tokenForm(strangers, { assertion: await createPresentation(strangers.actor.signer, { audience: issuer, credentials: wallet, now: new Date() }) });
    form.set('presentation_submission', JSON.stringify({ id: value?.id, definition_id: value?.definition_id, descriptor_map }));
    const response = await strangers.fetch(`${issuer}/token`, { method: 'POST', body: form });
    expect([response.status, value?.definition_id]).toEqual([200, definition.id]);
  });
});

describe('FHIR (design D14)', () => {
  const { fetch: ownFetch } = globalThis;
  afterEach(() => void (globalThis.fetch = ownFetch));

  /** That client takes no fetch of ours, so it finds ours in the place of the platform's: with the actor's certificate. */
  async function fhirKit(): Promise<FhirKitClient> {
    const bearerToken = await obtainToken(strangers);
    const { custodian, fetch } = strangers;
    globalThis.fetch = async (input) => {
      const { url, method, headers } = input as Request;
      return (await fetch(url, { method, headers: Object.fromEntries(headers) })) as unknown as Response;
    };
    return new FhirKitClient({ baseUrl: `${custodian.door}/fhir/${custodian.name}`, bearerToken });
  }

  it('a client that is not ours reads the capability statement', async () => {
    const statement = await (await fhirKit()).capabilityStatement();
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });

  it('a client that is not ours reads the patient and her blood pressures with a token of the eight checks', async () => {
    const client = await fhirKit();
    const { patient } = strangers.custodian;
    expect(await client.read({ resourceType: 'Patient', id: patient })).toMatchObject({ resourceType: 'Patient', id: patient });
    const bundle = await client.search({ resourceType: 'Observation', searchParams: { patient, code: 'http://loinc.org|85354-9' } });
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
  });

  it('a client that is not ours understands a refusal', async () => {
    const client = await fhirKit();
    await expect(client.read({ resourceType: 'Patient', id: 'vecht-2001' })).rejects.toMatchObject({ response: { status: 403, data: { resourceType: 'OperationOutcome' } } });
  });
});
