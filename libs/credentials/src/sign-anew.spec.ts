import { createTestParties, exampleAuthorization, keysOfParties } from '@anw/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { parseCredential } from './parse-credential.js';
import { signAnew } from './sign-anew.js';
import { issueAuthorizationCredential } from './types/authorization-credential.js';
import { verifyCredential } from './verify-credential.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, stranger } = parties;

describe('a credential of our own, signed anew', () => {
  it('says the same, claim for claim, under the key that signs now', async () => {
    const first = await issueAuthorizationCredential({ ...regisseur.signer, sign: stranger.signer.sign }, exampleAuthorization(parties, now));
    const second = await signAnew(regisseur.signer, first);
    expect(decodeJwt(second)).toEqual(decodeJwt(first));
    expect(decodeProtectedHeader(second).kid).toBe(regisseur.signer.kid);
    await expect(verifyCredential(parseCredential(first), { keys: keysOfParties(regisseur), now })).rejects.toMatchObject({ code: 'signature-invalid' });
    expect(await verifyCredential(parseCredential(second), { keys: keysOfParties(regisseur), now })).toMatchObject({ issuer: regisseur.did });
  });

  it('is never one of somebody else', async () => {
    const credential = await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now));
    await expect(signAnew(stranger.signer, credential)).rejects.toMatchObject({ code: 'malformed' });
  });

  it.each(['', 'a.b.c'])('is a credential: %j is none', (text) => expect(signAnew(regisseur.signer, text)).rejects.toMatchObject({ code: 'malformed' }));
});
