import type { Organisation, OrganisationIdentities } from '@anw/identity';
import type { OutboundFetch, OutboundRequest } from '@anw/outbound';
import { createTestParties } from '@anw/testing';
import { authorizationServerMetadata, metadataUrl, presentationDefinitionFor } from '@anw/authorization';
import { decodeJwt } from 'jose';
import { type PartnerErrand, PartnerTokens } from './partner-tokens.js';

const { regisseur, custodian, stranger } = createTestParties();
const issuer = custodian.organisation.issuer;
const url = 'https://bron.example/anw/bron/allowlist';
const errand: PartnerErrand = { organisation: regisseur.organisation as Organisation, authorizationServer: issuer, scope: 'anw-regisseur' };

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A custodian that numbers its tokens, and what our organisation sent to it. */
function openPartner({ resource = () => new Response('yes'), offersDpop = true }: { readonly resource?: (request: Sent, asked: number) => Response; readonly offersDpop?: boolean } = {}) {
  const sent: Sent[] = [];
  const signing = { by: regisseur.signer };
  const { dpop_signing_alg_values_supported: algorithms, ...metadata } = authorizationServerMetadata(custodian.organisation, ['anw-regisseur']);
  const count = (suffix: string) => sent.filter((request) => request.url.endsWith(suffix)).length;

  const fetch: OutboundFetch = async (input, { headers, body }: OutboundRequest = {}) => {
    const request = { url: String(input), headers: new Headers(headers as Record<string, string>), body: String(body ?? '') };
    sent.push(request);
    if (request.url === metadataUrl(issuer)) return Response.json({ ...metadata, ...(offersDpop && { dpop_signing_alg_values_supported: algorithms }) });
    if (request.url.startsWith(`${issuer}/presentation_definition`)) return Response.json(presentationDefinitionFor(custodian.did, [{ name: 'anw-regisseur' }], 'anw-regisseur'));
    if (request.url === `${issuer}/token`) return Response.json({ access_token: `token-${count('/token')}`, token_type: request.headers.has('dpop') ? 'DPoP' : 'Bearer', expires_in: 300 });
    return resource(request, count('/allowlist'));
  };
  const identities = { signerFor: async () => signing.by } as unknown as OrganisationIdentities;
  const tokens = new PartnerTokens(fetch, identities, () => new Date());
  const asked = () => sent.filter((request) => request.url === url).map(({ headers }) => headers.get('authorization'));
  return { tokens, sent, asked, signing, tokenRequests: () => sent.filter((request) => request.url.endsWith('/token')) };
}

describe('what our organisations ask at partners', () => {
  it('is asked with a token of their own, with a proof of the key that signs for them', async () => {
    const { tokens, sent, asked } = openPartner();
    expect(await (await tokens.ask(errand, url, { headers: { accept: 'application/json' } })).text()).toBe('yes');
    expect(asked()).toEqual(['DPoP token-1']);
    const { headers } = sent.at(-1)!;
    expect([headers.get('accept'), decodeJwt(headers.get('dpop')!)]).toEqual(['application/json', expect.objectContaining({ htm: 'GET', htu: url, ath: expect.any(String) })]);
  });

  it('is asked under the name of the organisation, by its issuer', async () => {
    const { tokens, tokenRequests } = openPartner();
    await tokens.ask(errand, url, { headers: {} });
    expect(new URLSearchParams(tokenRequests()[0]!.body).get('client_id')).toBe(regisseur.organisation.issuer);
  });

  it('is asked with one token while it lasts', async () => {
    const { tokens, asked, tokenRequests } = openPartner();
    await Promise.all([1, 2, 3].map(() => tokens.ask(errand, url, { headers: {} })));
    expect([new Set(asked()), tokenRequests().length]).toEqual([new Set(['DPoP token-1']), 1]);
  });

  it('is asked once more with a new token after a 401, and no more than that', async () => {
    const once = openPartner({ resource: (_, count) => new Response(null, { status: count === 1 ? 401 : 200 }) });
    expect([(await once.tokens.ask(errand, url, { headers: {} })).status, once.asked()]).toEqual([200, ['DPoP token-1', 'DPoP token-2']]);
    const always = openPartner({ resource: () => new Response(null, { status: 401 }) });
    expect([(await always.tokens.ask(errand, url, { headers: {} })).status, always.asked()]).toEqual([401, ['DPoP token-1', 'DPoP token-2']]);
  });

  it('is asked once more with the same token when the partner wants its nonce', async () => {
    const challenge = { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'fresh' };
    const { tokens, sent, asked } = openPartner({ resource: (_, count) => (count === 1 ? new Response(null, { status: 401, headers: challenge }) : new Response('yes')) });
    expect([(await tokens.ask(errand, url, { headers: {} })).status, asked()]).toEqual([200, ['DPoP token-1', 'DPoP token-1']]);
    expect(decodeJwt(sent.at(-1)!.headers.get('dpop')!)['nonce']).toBe('fresh');
  });

  it('is asked with a token of the new key from the moment that another key signs', async () => {
    const { tokens, asked, signing } = openPartner();
    await tokens.ask(errand, url, { headers: {} });
    signing.by = { ...regisseur.signer, kid: stranger.signer.kid };
    await tokens.ask(errand, url, { headers: {} });
    expect(asked()).toEqual(['DPoP token-1', 'DPoP token-2']);
  });

  it('is asked over the client certificate alone where the partner offers no DPoP', async () => {
    const { tokens, sent, asked } = openPartner({ offersDpop: false });
    await tokens.ask(errand, url, { headers: {} });
    expect([asked(), sent.some(({ headers }) => headers.has('dpop'))]).toEqual([['Bearer token-1'], false]);
  });
});
