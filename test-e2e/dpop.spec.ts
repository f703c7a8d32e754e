import type { AuthorizationView } from '@anw/api-contracts';
import { createDpopProof, createServerNonces, requestAccessToken, type ServerNonces } from '@anw/authorization';
import { ANW_ACCESS_SCOPE } from '@anw/credentials';
import { jwkThumbprint } from '@anw/identity';
import { castOf, createStoryContext, type Region } from '@anw/region';
import { bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { authorizationOf, employeeOf, organisationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, regisseurToken, showing, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';

let region: Region;
let network: PartnerNetwork;
let linde: AskedCustodian;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  linde = custodianNamed(region, 'de-linde');
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

interface BoundToken {
  readonly scope: string;
  readonly jkt: string | null;
  readonly certificate: string | null;
}

/** What the custodian bound the tokens to that it gave since. */
function tokensSince(moment: Date): Promise<BoundToken[]> {
  return queryDatabase<BoundToken & Record<string, unknown>>(region, 'custodian', 'SELECT scope, jkt, certificate_thumbprint AS certificate FROM access_token WHERE issued_at > $1', [moment]);
}

describe('the main job at a custodian that wants tokens bound to a key (RFC 9449)', () => {
  it.each([
    ['a key', { tokenBinding: 'dpop' }],
    ['a key and a certificate', { tokenBinding: 'both' }],
    ['a key, shown with a nonce of the custodian’s own', { tokenBinding: 'dpop', dpopNonce: true }],
  ] as const)('holds from care request to log when it wants %s', async (_, settings) => {
    await linde.operator.demand(settings);
    const begun = new Date();
    const patient = region.file.patients.find(({ id }) => id === linde.patient)!;
    await playPart(createStoryContext(region, patient));

    const given = await tokensSince(begun);
    expect(given.filter(({ scope }) => scope === ANW_ACCESS_SCOPE).length).toBeGreaterThan(0);
    expect(given.every(({ jkt, certificate }) => jkt !== null && certificate !== null)).toBe(true);
    const published = await keysOf(region.file.organisations.filter(({ service }) => service !== 'custodian').map(({ did }) => did));
    expect(given.every(({ jkt }) => published.includes(jkt ?? ''))).toBe(true);
  });

  it('goes on when the actor signs with another key: a token that is bound to the one before is not used on', async () => {
    await linde.operator.demand({ tokenBinding: 'both' });
    const begun = new Date();
    const story = createStoryContext(region, region.file.patients.find(({ id }) => id === linde.patient)!);
    await playPart(story, { to: 'dossier-opened' });
    const { actor, nurse } = castOf(story);
    const rotated = await fetch(`${region.file.services.actor.operator}/operator/organisations/${actor.name}/keys/rotate`, { method: 'POST' });
    const { kid } = (await rotated.json()) as { readonly kid: string };
    // A new key signs an hour after it was published: that hour passes at once.
    await queryDatabase(region, 'actor', 'UPDATE signing_key SET sign_from = now() WHERE kid = $1', [kid]);

    const { id } = story.kept<AuthorizationView>('authorization');
    expect((await (await story.sessionOf(nurse.username)).request('GET', `/api/visits/${id}/dossier`)).status).toBe(200);
    story.kept<AbortController>('listening').abort();
    const keys = (await tokensSince(begun)).filter(({ scope }) => scope === ANW_ACCESS_SCOPE).map(({ jkt }) => jkt);
    expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
    expect(await keysOf([actor.did])).toEqual(expect.arrayContaining(keys));
  });

  /** Thumbprints of the keys in these organisations' DID documents: what signs their presentations. */
  async function keysOf(dids: readonly string[]): Promise<readonly string[]> {
    const fetch = network.connect();
    const documents = dids.map(async (did) => {
      const [, , host = '', ...path] = did.split(':');
      const { verificationMethod } = (await (await fetch(`https://${decodeURIComponent(host)}/${path.join('/')}/did.json`)).json()) as { verificationMethod: { publicKeyJwk: object }[] };
      return verificationMethod.map(({ publicKeyJwk }) => jwkThumbprint(publicKeyJwk));
    });
    return (await Promise.all(documents)).flat();
  }
});

describe('a stolen token opens nothing', () => {
  let strangers: Strangers;
  let thief: Strangers;
  beforeAll(async () => {
    await linde.operator.demand({});
    strangers = await introduceStrangers(network, linde);
    thief = await introduceStrangers(network, linde);
  });

  const clock = () => new Date();
  const places = {
    'a FHIR search': () => ({ url: `${linde.door}/fhir/${linde.name}/${bloodPressuresOf(linde.patient)}`, obtain: () => patientToken(strangers) }),
    'the allowlist': () => ({ url: `${linde.door}/anw/${linde.name}/allowlist`, obtain: () => regisseurToken(network.connect(strangers.regisseur.certificate), linde, strangers.regisseur) }),
  } as const;

  async function patientToken(asking: Strangers, serverNonces?: ServerNonces) {
    const credentials = [await organisationOf(asking.actor), await employeeOf(asking.actor), await authorizationOf(asking)];
    const { signer, organisation } = asking.actor;
    return requestAccessToken({ fetch: asking.fetch, signer, clientId: organisation.issuer, clock, authorizationServer: linde.issuer, scope: ANW_ACCESS_SCOPE, credentials, ...(serverNonces && { serverNonces }) });
  }

  describe.each(Object.keys(places) as (keyof typeof places)[])('at %s', (name) => {
    /** The token, the way of who it was given to, and the way of who stole it. */
    async function scene() {
      const { url, obtain } = places[name]();
      const owner = name === 'the allowlist' ? strangers.regisseur : strangers.actor;
      const token = await obtain();
      return { url, token, signer: owner.signer, own: network.connect(owner.certificate), of: (certificate?: typeof owner.certificate) => network.connect(certificate) };
    }

    const refused = async (answer: Response | Promise<Response>, error: string) => {
      const { status, headers } = await answer;
      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(`error="${error}"`)]);
    };

    it('opens for who it was given to', async () => {
      const { url, token, own } = await scene();
      expect((await showing(token, own)(url, {})).status).toBe(200);
    });

    it('without a proof, over no certificate, the thief’s or even the owner’s own', async () => {
      const { url, token, own, of } = await scene();
      const bare = { accessToken: token.accessToken };
      for (const fetch of [of(), of(thief.actor.certificate), own]) await refused(showing(bare, fetch)(url, {}), 'invalid_token');
    });

    it('as a DPoP token without a proof', async () => {
      const { url, token, own } = await scene();
      await refused(own(url, { headers: { authorization: `DPoP ${token.accessToken}` } }), 'invalid_token');
    });

    it('with a proof of the thief’s own key', async () => {
      const { url, token, own, of } = await scene();
      const stolen = { accessToken: token.accessToken, proofKey: thief.actor.signer };
      for (const fetch of [of(), of(thief.actor.certificate), own]) await refused(showing(stolen, fetch)(url, {}), 'invalid_token');
    });

    it('with the owner’s key but the thief’s certificate, where it is bound to both', async () => {
      const { url, token, of } = await scene();
      for (const fetch of [of(), of(thief.actor.certificate)]) await refused(showing(token, fetch)(url, {}), 'invalid_token');
    });

    it('with a proof that was overheard: it is good for one request', async () => {
      const { url, token, signer, own } = await scene();
      const overheard = { authorization: `DPoP ${token.accessToken}`, dpop: await createDpopProof(signer, { method: 'GET', url, accessToken: token.accessToken }, clock) };
      expect((await own(url, { headers: overheard })).status).toBe(200);
      await refused(own(url, { headers: overheard }), 'invalid_dpop_proof');
    });

    it('with a proof that was made for another request, another token or long ago', async () => {
      const { url, token, signer, own } = await scene();
      const made = { method: 'GET', url, accessToken: token.accessToken };
      const proofs = [
        createDpopProof(signer, { ...made, method: 'POST' }, clock),
        createDpopProof(signer, { ...made, url: `${url.split('?')[0]}/x` }, clock),
        createDpopProof(signer, { ...made, accessToken: 'A'.repeat(43) }, clock),
        createDpopProof(signer, made, () => new Date(Date.now() - 120_000)),
      ];
      for (const proof of proofs) await refused(own(url, { headers: { authorization: `DPoP ${token.accessToken}`, dpop: await proof } }), 'invalid_dpop_proof');
    });
  });

  it('at another custodian of the same service', async () => {
    const token = await patientToken(strangers);
    const vecht = custodianNamed(region, 'vecht');
    const { status } = await showing(token, strangers.fetch)(`${vecht.door}/fhir/${vecht.name}/${bloodPressuresOf(vecht.patient)}`, {});
    expect(status).toBe(401);
  });

  it('when a nonce is demanded and the thief has none', async () => {
    await linde.operator.demand({ dpopNonce: true });
    try {
      const serverNonces = createServerNonces();
      const token = await patientToken(strangers, serverNonces);
      const url = `${linde.door}/fhir/${linde.name}/${bloodPressuresOf(linde.patient)}`;
      const prepared = await createDpopProof(strangers.actor.signer, { method: 'GET', url, accessToken: token.accessToken }, clock);
      const { status, headers } = await strangers.fetch(url, { headers: { authorization: `DPoP ${token.accessToken}`, dpop: prepared } });
      expect([status, headers.get('www-authenticate'), headers.get('dpop-nonce')]).toEqual([401, expect.stringMatching('error="use_dpop_nonce"'), serverNonces.forRequest(url).nonce]);
      expect((await showing(token, strangers.fetch)(url, {})).status).toBe(200);
    } finally {
      await linde.operator.demand({});
    }
  });

  it('is not given out for a proof of another key than the presentation’s', async () => {
    const body = { error: 'invalid_dpop_proof', error_description: 'The DPoP proof is not accepted.', reference: expect.any(String) };
    const signer = { ...strangers.actor.signer, publicKeyJwk: thief.actor.signer.publicKeyJwk };
    const withForeignProof: Strangers['fetch'] = async (url, request) => {
      const isToken = String(url).endsWith('/token');
      const proof = isToken && (await createDpopProof(thief.actor.signer, { method: 'POST', url: String(url) }, clock));
      return strangers.fetch(url, { ...request, headers: { ...(request?.headers as Record<string, string>), ...(proof && { dpop: proof }) } });
    };
    const refusal = await requestAccessToken({ fetch: withForeignProof, signer, clientId: 'x', clock, authorizationServer: linde.issuer, scope: ANW_ACCESS_SCOPE, credentials: [await organisationOf(strangers.actor), await employeeOf(strangers.actor), await authorizationOf(strangers)] }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'refused', refusal: { error: body.error, description: body.error_description } });
  });
});
