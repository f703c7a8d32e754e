import { createTestParties, dpopPorts } from '@anw/testing/parties';
import * as oauth from 'oauth4webapi';
import { createAccessToken } from '../token-request/create-access-token.js';
import { authenticateAccess } from './authenticate-access.js';

const { regisseur } = createTestParties();
const url = 'https://bron.example:8443/anw/bron/allowlist';

describe('a client by another hand (oauth4webapi)', () => {
  it('shows a DPoP-bound token with proofs that are accepted, the nonce we ask for included', async () => {
    const keys = await oauth.generateKeyPair('ES256');
    const client: oauth.Client = { client_id: 'someone' };
    const DPoP = oauth.DPoP(client, keys);
    const facts = { kind: 'organisation-access', client: regisseur.did } as const;
    const held = createAccessToken({ facts, bound: { jkt: await DPoP.calculateThumbprint() }, until: new Date(Date.now() + 300_000), scope: 'anw-regisseur', issuedAt: new Date(), decision: 'reference' }, (size) => crypto.getRandomValues(new Uint8Array(size)));
    const dpop = dpopPorts(new Date(), { nonceNeeded: true });
    const failures: string[] = [];

    /** The resource, without a network in between. */
    const answer = async (_url: string, { headers, method }: { readonly headers: Record<string, string>; readonly method: string }) => {
      const presented = { authorization: headers['authorization'], proof: headers['dpop'], request: { method, url }, certificate: undefined, scope: 'anw-regisseur' } as const;
      const access = await authenticateAccess(presented, { findToken: async (hash) => (hash === held.token.hash ? held.token : undefined), ...dpop, clock: () => new Date() });
      if (access.authenticated) return Response.json({ granted: true });
      failures.push(access.failure);
      return new Response(null, { status: 401, headers: { ...access.challenge } });
    };
    const request = () => oauth.protectedResourceRequest(held.text, 'GET', new URL(`${url}?a=b`), undefined, undefined, { DPoP, [oauth.customFetch]: answer });

    const challenged = await request().catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(challenged)).toBe(true);
    expect(failures).toEqual(['proof-nonce-needed']);
    expect(await (await request()).json()).toEqual({ granted: true });
  });
});
