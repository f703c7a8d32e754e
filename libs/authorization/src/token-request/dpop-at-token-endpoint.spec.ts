import { createPresentation } from '@anw/credentials';
import { jwkThumbprint } from '@anw/identity';
import { certificateOf, createOtherKey, createTestCustodian, createTestParties, documentsOfParties, dpopPorts, InMemoryNonces, keysOfParties, organizationCredentialOf, validLists } from '@anw/testing/parties';
import { randomBytes, randomUUID } from 'node:crypto';
import { createDpopProof, type DpopProofToCreate } from '../dpop/create-dpop-proof.js';
import { createAnonymousRefusals } from '../refusals/anonymous-refusals.js';
import { answerTokenRequest, type AuthorizationServer } from './answer-token-request.js';
import { presentationDefinitionFor } from './offered-scope.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor } = parties;
const issuer = custodian.organisation.issuer;
const jkt = jwkThumbprint(regisseur.signer.publicKeyJwk);
const proofOf = (change: Partial<DpopProofToCreate> = {}, by = regisseur.signer) => createDpopProof(by, { method: 'POST', url: `${issuer}/token`, ...change }, () => now);

async function openScene(change: Partial<AuthorizationServer> = {}) {
  const { records } = await createTestCustodian(parties, now);
  const server: AuthorizationServer = {
    organisation: custodian.organisation,
    scopes: [{ name: 'anw-regisseur', mayUse: async () => true }],
    keys: keysOfParties(regisseur, custodian, actor),
    nonces: new InMemoryNonces(),
    lists: validLists,
    systems: { minimumFor: () => 'did-web-host' },
    bindings: { bindingFor: () => 'either' },
    maxAuthorizationSeconds: 86_400,
    dpop: dpopPorts(now),
    anonymous: createAnonymousRefusals(),
    documents: documentsOfParties(regisseur),
    clock: () => now,
    randomUuid: randomUUID,
    randomBytes,
    transaction: records.transaction,
    ...change,
  };
  return { records, server };
}

/** A regisseur asks for itself: the smallest request there is. */
async function ask({ server }: { readonly server: AuthorizationServer }, proof: string | Promise<string> | undefined, certificate: ReturnType<typeof certificateOf> | undefined = undefined, presented?: string) {
  const assertion = presented ?? (await createPresentation(regisseur.signer, { audience: issuer, credentials: [await organizationCredentialOf(regisseur, now)], now }));
  const definition = presentationDefinitionFor(custodian.did, server.scopes, 'anw-regisseur')!;
  const descriptor_map = definition.input_descriptors.map(({ id }, index) => ({ id, format: 'jwt_vc', path: `$.verifiableCredential[${index}]` }));
  const presentation_submission = JSON.stringify({ id: randomUUID(), definition_id: definition.id, descriptor_map });
  const parameters = new URLSearchParams({ grant_type: 'vp_token-bearer', scope: 'anw-regisseur', assertion, presentation_submission });
  return answerTokenRequest({ parameters, certificate, dpop: await proof }, server);
}

function payloadOf(jwt: string): object {
  return JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as object;
}

describe('DPoP at the token endpoint (RFC 9449 §5)', () => {
  it('binds the token to the key of the proof, and says so in its type (A18)', async () => {
    const scene = await openScene();
    expect(await ask(scene, proofOf())).toMatchObject({ status: 200, body: { token_type: 'DPoP' } });
    expect(scene.records.state.tokens).toEqual([expect.objectContaining({ jkt })]);
    expect(scene.records.state.tokens[0]).not.toHaveProperty('certificateThumbprint');
  });

  it('binds to certificate and key when both are shown', async () => {
    const scene = await openScene();
    const certificate = certificateOf(regisseur);
    expect(await ask(scene, proofOf(), certificate)).toMatchObject({ status: 200, body: { token_type: 'DPoP' } });
    expect(scene.records.state.tokens).toEqual([expect.objectContaining({ jkt, certificateThumbprint: certificate.thumbprint })]);
  });

  it.each([
    ['is of another method', () => proofOf({ method: 'GET' })],
    ['is of another endpoint', () => proofOf({ url: `${issuer}/presentation_definition` })],
    ['is no proof', async () => 'x'],
    ['comes twice', async () => `${await proofOf()}, ${await proofOf()}`],
    ['is of another key than the one that signed the presentation', () => proofOf({}, actor.signer)],
  ])('gives no token for a proof that %s, whatever else was shown', async (_, proof) => {
    const scene = await openScene();
    const answer = await ask(scene, proof(), certificateOf(regisseur));
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof', error_description: 'The DPoP proof is not accepted.' } });
    expect(scene.records.state).toMatchObject({ tokens: [], decisions: [{ outcome: 'invalid', failure: 'dpop-proof-invalid' }], audit: [{ name: 'token.refused' }] });
  });

  it('takes a proof once', async () => {
    const scene = await openScene();
    const proof = await proofOf();
    expect((await ask(scene, proof)).status).toBe(200);
    expect(await ask(scene, proof)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    expect(scene.records.state.decisions[1]).toMatchObject({ detail: expect.stringContaining('replayed') });
  });

  it.each(['ES384', 'EdDSA', 'PS256'] as const)('takes the proof of a %s key that signs the presentation', async (algorithm) => {
    const key = createOtherKey(regisseur.did, algorithm);
    const keys = keysOfParties(regisseur);
    const scene = await openScene({ keys: { assertionKey: async (kid) => (kid === key.kid ? key.publicKey : keys.assertionKey(kid)) } });
    const assertion = await key.signJwt(payloadOf(await createPresentation(regisseur.signer, { audience: issuer, credentials: [await organizationCredentialOf(regisseur, now)], now })));
    const proof = await key.signJwt({ jti: randomUUID(), htm: 'POST', htu: `${issuer}/token`, iat: now.getTime() / 1000 }, { typ: 'dpop+jwt', kid: undefined, jwk: key.publicKeyJwk });
    expect(await ask(scene, proof, undefined, assertion)).toMatchObject({ status: 200, body: { token_type: 'DPoP' } });
    expect(scene.records.state.tokens).toEqual([expect.objectContaining({ jkt: jwkThumbprint(key.publicKeyJwk) })]);
    expect(await ask(scene, proofOf(), undefined, await key.signJwt({ ...payloadOf(assertion), nonce: 'another' }))).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
  });

  it('asks for its nonce where one is demanded, and takes the proof that has it (§8)', async () => {
    const scene = await openScene({ dpop: dpopPorts(now, { nonceNeeded: true }) });
    const refused = await ask(scene, proofOf());
    expect(refused).toMatchObject({ status: 400, headers: { 'dpop-nonce': expect.any(String) }, body: { error: 'use_dpop_nonce' } });
    expect((await ask(scene, proofOf({ nonce: refused.headers['dpop-nonce']! }))).status).toBe(200);
  });

  it.each([
    ['dpop', 'certificate', 'invalid_dpop_proof'],
    ['both', 'certificate', 'invalid_dpop_proof'],
    ['certificate', 'proof', 'invalid_request'],
    ['both', 'proof', 'invalid_request'],
  ] as const)('gives no token where the custodian asks this partner for %s and only a %s is shown', async (required, shown, error) => {
    const scene = await openScene({ bindings: { bindingFor: () => required } });
    const answer = shown === 'proof' ? await ask(scene, proofOf()) : await ask(scene, undefined, certificateOf(regisseur));
    expect(answer).toMatchObject({ status: 400, body: { error } });
    expect(scene.records.state.tokens).toEqual([]);
  });
});
