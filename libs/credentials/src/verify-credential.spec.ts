import { type JwsHeader, signCompactJws } from '@anw/identity';
import { createTestParties, createTestParty, exampleAuthorization, exampleUser, keysOfParties, newCredentialId } from '@anw/testing/parties';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { CredentialError } from './credential.js';
import { parseCredential } from './parse-credential.js';
import { createSelfAttestedEmployee } from './types/employee-credential.js';
import { issueAuthorizationCredential } from './types/authorization-credential.js';
import { verifyCredential } from './verify-credential.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { regisseur, actor, stranger } = parties;
const keys = keysOfParties(regisseur, actor, stranger);
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const issue = () => issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now));

async function refusalOf(jwt: string, when = now): Promise<string> {
  try {
    await verifyCredential(parseCredential(jwt), { keys, now: when });
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
  return 'accepted';
}

function payloadOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

describe('truth of a credential (spec nuts-protocols §2.5, §2.6)', () => {
  it('is established by a signature of its issuer', async () => expect(await refusalOf(await issue())).toBe('accepted'));

  it('is established for what an independent implementation signs', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const party = { ...createTestParty('jose'), publicKey };
    const jwt = await new SignJWT({ ...payloadOf(await issue()), iss: party.did, jti: newCredentialId(party) })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: party.signer.kid })
      .sign(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    await expect(verifyCredential(parseCredential(jwt), { keys: keysOfParties(party), now })).resolves.toMatchObject({ issuer: party.did });
  });

  it('refuses the valid signature of someone other than the issuer', async () => {
    const forged = await signCompactJws(stranger.signer, { typ: 'JWT' }, payloadOf(await issue()));
    expect(await refusalOf(forged)).toBe('signature-invalid');
  });

  it("refuses a signature of someone else under the issuer's kid", async () => {
    const masked = { ...stranger.signer, kid: regisseur.signer.kid };
    expect(await refusalOf(await signCompactJws(masked, { typ: 'JWT' }, payloadOf(await issue())))).toBe('signature-invalid');
  });

  it('refuses another subject under the same signature', async () => {
    const jwt = await issue();
    const [header, , signature] = jwt.split('.');
    const swapped = Buffer.from(JSON.stringify({ ...payloadOf(jwt), sub: stranger.did })).toString('base64url');
    expect(await refusalOf(`${header}.${swapped}.${signature}`)).toBe('signature-invalid');
  });

  it('refuses a key that the issuer does not list', async () => {
    const other = { ...regisseur.signer, kid: `${regisseur.did}#key-2` as JwsHeader['kid'] };
    expect(await refusalOf(await signCompactJws(other, { typ: 'JWT' }, payloadOf(await issue())))).toBe('key-unknown');
  });

  it('refuses an issuer whose DID cannot be resolved', async () => {
    const unknown = createTestParty('weg');
    const jwt = await signCompactJws(unknown.signer, { typ: 'JWT' }, { ...payloadOf(await issue()), iss: unknown.did, jti: newCredentialId(unknown) });
    expect(await refusalOf(jwt)).toBe('issuer-unresolvable');
  });

  it.each(['dpop+jwt', undefined])('refuses a token made for something else: typ %s', async (typ) => {
    const jwt = await signCompactJws(regisseur.signer, typ === undefined ? {} : { typ }, payloadOf(await issue()));
    expect(await refusalOf(jwt)).toBe('malformed');
  });

  it.each([
    [-11, 'not-yet-valid'],
    [-10, 'accepted'],
    [0, 'accepted'],
    [8 * 3600 + 5, 'accepted'],
    [8 * 3600 + 6, 'expired'],
  ])('counts 5 s of skew around its dates: at %i s it is %s', async (seconds, outcome) => expect(await refusalOf(await issue(), at(seconds))).toBe(outcome));

  it('is established before its dates for who only keeps it until then', async () => {
    const parsed = parseCredential(await issue());
    await expect(verifyCredential(parsed, { keys, now: at(-3_600), mayBeginLater: true })).resolves.toMatchObject({ id: parsed.id });
    await expect(verifyCredential(parsed, { keys, now: at(9 * 3_600), mayBeginLater: true })).rejects.toMatchObject({ code: 'expired' });
  });

  it('is not established for a self-attested credential outside a presentation', async () => {
    const raw = createSelfAttestedEmployee({ id: newCredentialId(actor), employer: actor.did, user: exampleUser(now), now });
    await expect(verifyCredential(parseCredential(raw), { keys, now })).rejects.toMatchObject({ code: 'self-attested-not-accepted' });
  });

  it('does not take a failure of the network or of the code for a fault of the credential', async () => {
    const broken = { assertionKey: () => Promise.reject(new TypeError('bug')) };
    await expect(verifyCredential(parseCredential(await issue()), { keys: broken, now })).rejects.toThrow(TypeError);
  });

  it('is refused after any flip of a single bit', async () => {
    const jwt = await issue();
    const bits = Buffer.byteLength(jwt) * 8;
    const seed = Math.trunc(Math.random() * 2 ** 31);
    await fc.assert(
      fc.asyncProperty(fc.nat(bits - 1), async (bit) => {
        const bytes = Buffer.from(jwt, 'latin1');
        bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
        expect(await refusalOf(bytes.toString('latin1'))).not.toBe('accepted');
      }),
      // A failure prints this seed, with which it repeats.
      { numRuns: 1000, seed, verbose: true },
    );
  });
});
