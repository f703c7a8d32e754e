import type { AuthorizationView } from '@anw/api-contracts';
import { createStoryContext, type Region } from '@anw/region';
import { verifyCredential } from 'did-jwt-vc';
import { Resolver } from 'did-resolver';
import { Client as FhirKitClient } from 'fhir-kit-client';
import { readFile } from 'node:fs/promises';
import { globalAgent } from 'node:https';
import { Client as PostgresClient } from 'pg';
import { getResolver } from 'web-did-resolver';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

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
}, 120_000);
afterAll(async () => {
  await network?.close();
  await region?.stop();
}, 60_000);

type Lookup = (error: null, address: string | { address: string; family: number }[], family?: number) => void;

/** RFC 6761 §6.3: names below `localhost` are loopback. */
function lookUpLoopback(_host: string, { all }: { readonly all?: boolean }, callback: Lookup): void {
  if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
}

/** The authorization as the regisseur keeps it and hands it over, letter for letter. */
async function credentialOf(id: string): Promise<string> {
  const { server, services } = region.file.database;
  const client = new PostgresClient({ connectionString: Object.assign(new URL(server), { pathname: new URL(services.regisseur.url).pathname }).toString() });
  await client.connect();
  try {
    const { rows } = await client.query<{ credential: string }>('SELECT credential FROM issued_authorization WHERE id = $1', [id]);
    return rows[0]?.credential ?? '';
  } finally {
    await client.end();
  }
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
