import { JwsError, jwsAlgorithms, signCompactJws } from '@anw/identity';
import {
  createOtherKey,
  createTestParties,
  employeeOf,
  exampleAuthorization,
  examplePresentation,
  exampleUser,
  InMemoryNonces,
  keysOfParties,
  newCredentialId,
  organizationCredentialOf,
  type TestParty,
} from '@anw/testing/parties';
import type { Did } from '@anw/values';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import { CredentialError } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { issueAuthorizationCredential } from '../types/authorization-credential.js';
import { createSelfAttestedEmployee } from '../types/employee-credential.js';
import { createPresentation } from './create-presentation.js';
import { parseAssertion } from './parse-assertion.js';
import { parsePresentation } from './parse-presentation.js';
import type { NonceStore, VerifiedPresentation } from './presentation.js';
import { type PresentationVerification, verifyAssertion, verifyPresentation } from './verify-presentation.js';

const now = new Date('2026-01-01T19:00:00.400Z');
const seconds = Math.floor(now.getTime() / 1000);
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const keys = keysOfParties(regisseur, custodian, actor, stranger);
const audience = custodian.organisation.issuer;

function verify(jwt: string, change: Partial<PresentationVerification> = {}): Promise<VerifiedPresentation> {
  return verifyPresentation(parsePresentation(jwt), { audience, keys, nonces: new InMemoryNonces(), now, ...change });
}

async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
  return 'accepted';
}

function payloadOf(jwt: string): Record<string, unknown> & { vp: Record<string, unknown> } {
  return JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());
}

/** The example with changed claims, signed by the actor or by someone else. */
async function changed(change: Record<string, unknown>, vpChange: Record<string, unknown> = {}, signer: TestParty = actor): Promise<string> {
  const payload = payloadOf(await examplePresentation(parties, now));
  return signCompactJws(signer.signer, { typ: 'JWT' }, { ...payload, vp: { ...payload.vp, ...vpChange }, ...change });
}

const presenting = (credentials: readonly (string | Readonly<Record<string, unknown>>)[]) => examplePresentation(parties, now, { credentials });

const selfAttested = (employer: Did, change: Record<string, unknown> = {}) => ({
  ...createSelfAttestedEmployee({ id: newCredentialId(actor), employer, user: exampleUser(now), now }),
  ...change,
});

describe('making a jwt_vp (spec nuts-protocols B3 to B5)', () => {
  it('writes what a node expects, and an independent implementation verifies it without clock skew', async () => {
    const jwt = await createPresentation(actor.signer, { audience, credentials: ['a.b.c'], now, nonce: 'n'.repeat(22), uuid: '9b0e2f50-9f0b-4b63-bb55-0c5b7fbb0a51' });
    const { payload, protectedHeader } = await jwtVerify(jwt, actor.publicKey, { algorithms: ['ES256'], audience, issuer: actor.did, subject: actor.did, currentDate: now });
    expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'ES256', kid: actor.signer.kid });
    expect(payload).toEqual({
      iss: actor.did,
      sub: actor.did,
      aud: audience,
      jti: `${actor.did}#9b0e2f50-9f0b-4b63-bb55-0c5b7fbb0a51`,
      nbf: seconds - 2,
      exp: seconds + 3,
      nonce: 'n'.repeat(22),
      vp: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], holder: actor.did, verifiableCredential: ['a.b.c'] },
    });
  });

  it('takes a new nonce of 256 bit each time', async () => {
    const nonces = await Promise.all([1, 2].map(async () => payloadOf(await examplePresentation(parties, now))['nonce'] as string));
    expect(new Set(nonces).size).toBe(2);
    expect(nonces.map((nonce) => Buffer.from(nonce, 'base64url').length)).toEqual([32, 32]);
  });
});

describe('form of a jwt_vp (spec nuts-protocols §2.9)', () => {
  it('is read from the shape of our own client and of node master', async () => {
    const parsed = parsePresentation(await changed({ aud: [audience] }, { holder: undefined }));
    expect(parsed).toMatchObject({ holder: actor.did, kid: actor.signer.kid, audience: [audience], notBefore: new Date((seconds - 2) * 1000), expiresAt: new Date((seconds + 3) * 1000) });
    expect(parsed.credentials.map(({ type }) => type)).toEqual(['NutsOrganizationCredential', 'NutsEmployeeCredential', 'ANWAuthorizationCredential']);
  });

  it('is read from the shape of node 6.2.10: no iss, a single type, a single credential', async () => {
    const single = await organizationCredentialOf(actor, now);
    const jwt = await changed({ iss: undefined, aud: [audience] }, { type: 'VerifiablePresentation', verifiableCredential: single });
    expect(parsePresentation(jwt)).toMatchObject({ holder: actor.did, credentials: [{ raw: single }] });
    expect(await refusalOf(() => verify(jwt))).toBe('accepted');
  });

  it('takes iat for its start when there is no nbf', async () => {
    const jwt = await changed({ nbf: undefined, iat: seconds - 1 });
    expect(parsePresentation(jwt).notBefore).toEqual(new Date((seconds - 1) * 1000));
  });

  it('reads JWTs beside self-attested objects', async () => {
    const parsed = parsePresentation(await presenting([await organizationCredentialOf(actor, now), selfAttested(actor.did)]));
    expect(parsed.credentials.map(({ format }) => format)).toEqual(['jwt_vc', 'self_attested']);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['without exp', { exp: undefined }, {}, 'malformed'],
    ['without nbf and iat', { nbf: undefined }, {}, 'malformed'],
    ['without aud', { aud: undefined }, {}, 'malformed'],
    ['with an empty aud', { aud: [] }, {}, 'malformed'],
    ['without nonce', { nonce: undefined }, {}, 'nonce-missing'],
    ['with an empty nonce', { nonce: '' }, {}, 'nonce-missing'],
    ['with a nonce that is a number', { nonce: 1 }, {}, 'nonce-missing'],
    ['with a nonce that no one can print', { nonce: 'a\u0000' }, {}, 'nonce-missing'],
    ['with a nonce of a book', { nonce: 'x'.repeat(257) }, {}, 'nonce-missing'],
    ['without vp', { vp: undefined }, {}, 'malformed'],
    ['without type', {}, { type: undefined }, 'malformed'],
    ['of another type', {}, { type: ['VerifiableCredential'] }, 'malformed'],
    ['without the W3C context', {}, { '@context': [] }, 'malformed'],
    ['without credentials', {}, { verifiableCredential: [] }, 'malformed'],
    ['with a credential that is a number', {}, { verifiableCredential: [1] }, 'malformed'],
    ['with a credential that is no JWT', {}, { verifiableCredential: ['x'] }, 'malformed'],
    ['with eleven credentials', {}, { verifiableCredential: Array(11).fill('x') }, 'too-many-credentials'],
  ])('refuses one %s', async (_, change, vpChange, code) => {
    const jwt = await changed(change, vpChange);
    expect(await refusalOf(async () => parsePresentation(jwt))).toBe(code);
  });

  it('refuses a credential in place of a presentation', async () => {
    const jwt = await organizationCredentialOf(actor, now);
    expect(await refusalOf(async () => parsePresentation(jwt))).toBe('malformed');
  });

  it('refuses a member that is named twice', async () => {
    const text = JSON.stringify(payloadOf(await examplePresentation(parties, now)));
    const jwt = await signCompactJws(actor.signer, { typ: 'JWT' }, Buffer.from(text.replace('{', '{"nonce":"other",')));
    expect(await refusalOf(async () => parsePresentation(jwt))).toBe('malformed');
  });
});

describe('truth of a presentation (RFC021; spec nuts-protocols §4.4)', () => {
  it('is established for the holder of every credential in it, in order', async () => {
    const verified = await verify(await examplePresentation(parties, now));
    expect(verified).toMatchObject({ holder: actor.did, kid: actor.signer.kid });
    expect(verified).not.toHaveProperty('sizes');
    expect(verified.credentials.map(({ type }) => type)).toEqual(['NutsOrganizationCredential', 'NutsEmployeeCredential', 'ANWAuthorizationCredential']);
  });

  describe('audience', () => {
    it('may be one of several', async () => expect(await refusalOf(async () => verify(await changed({ aud: ['https://other.example', audience] })))).toBe('accepted'));
    it.each([`${audience}/`, audience.toUpperCase(), 'https://bron.example'])('is compared byte for byte: %s', async (aud) =>
      expect(await refusalOf(async () => verify(await changed({ aud })))).toBe('wrong-audience'),
    );
  });

  describe('moment', () => {
    it.each([
      [-8, 'not-yet-valid'],
      [-7, 'accepted'],
      [0, 'accepted'],
      [7, 'accepted'],
      [8.5, 'expired'],
    ])('is now, give or take 5 s: %d s after its making it is %s', async (later, outcome) => {
      const jwt = await examplePresentation(parties, now);
      expect(await refusalOf(() => verify(jwt, { now: new Date(seconds * 1000 + later * 1000) }))).toBe(outcome);
    });

    it('lasts five seconds at most', async () => {
      expect(await refusalOf(async () => verify(await changed({ nbf: seconds, exp: seconds + 5 })))).toBe('accepted');
      expect(await refusalOf(async () => verify(await changed({ nbf: seconds, exp: seconds + 6 })))).toBe('lives-too-long');
    });

    it('does not end before it starts', async () => expect(await refusalOf(async () => verify(await changed({ nbf: seconds, exp: seconds })))).toBe('malformed'));
  });

  describe('holder', () => {
    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      ['iss', { iss: stranger.did }, {}],
      ['sub', { sub: stranger.did }, {}],
      ['vp.holder', {}, { holder: stranger.did }],
    ])('is the signer, also in %s', async (_, change, vpChange) => expect(await refusalOf(async () => verify(await changed(change, vpChange)))).toBe('holder-mismatch'));

    it('is the subject of every credential: a stolen authorization is of no use', async () => {
      const stolen = payloadOf(await examplePresentation(parties, now)).vp['verifiableCredential'] as string[];
      const jwt = await createPresentation(stranger.signer, { audience, credentials: stolen, now });
      expect(await refusalOf(() => verify(jwt))).toBe('holder-mismatch');
    });

    it('cannot re-sign the presentation of another', async () => {
      expect(await refusalOf(async () => verify(await changed({}, {}, stranger)))).toBe('holder-mismatch');
    });

    it('has signed it with its own key', async () => {
      const masked: TestParty = { ...stranger, signer: { ...stranger.signer, kid: actor.signer.kid } };
      expect(await refusalOf(async () => verify(await changed({}, {}, masked)))).toBe('signature-invalid');
    });
  });

  describe('every credential in it', () => {
    const forgedBy = async (forger: TestParty) => {
      const forgedSigner = { ...forger.signer, did: regisseur.did };
      return issueAuthorizationCredential(forgedSigner, exampleAuthorization(parties, now));
    };

    it('is verified by itself: one that the holder forged in the name of the regisseur is refused', async () => {
      const forged = await forgedBy(actor);
      expect(await refusalOf(async () => verify(await presenting([await organizationCredentialOf(actor, now), forged])))).toBe('signature-invalid');
    });

    it("is verified by itself: one under the regisseur's kid with another signature is refused", async () => {
      const forged = await issueAuthorizationCredential({ ...actor.signer, did: regisseur.did, kid: regisseur.signer.kid }, exampleAuthorization(parties, now));
      expect(await refusalOf(async () => verify(await presenting([forged])))).toBe('signature-invalid');
    });

    it('is within its own dates', async () => {
      const over = await employeeOf(actor, new Date(now.getTime() - 7_200_000));
      expect(await refusalOf(async () => verify(await presenting([over])))).toBe('expired');
    });

    it('may be outside its dates when the caller judges those of its type, and is verified all the same', async () => {
      const over = await employeeOf(actor, new Date(now.getTime() - 7_200_000));
      const early = await employeeOf(actor, new Date(now.getTime() + 7_200_000));
      const judged = { datesJudgedByCaller: ['NutsEmployeeCredential'] } as const;
      for (const credential of [over, early]) expect(await refusalOf(async () => verify(await presenting([credential]), judged))).toBe('accepted');
      expect(await refusalOf(async () => verify(await presenting([over.slice(0, -4) + 'AAAA']), judged))).toBe('signature-invalid');
      const otherType = { datesJudgedByCaller: ['ANWAuthorizationCredential'] } as const;
      expect(await refusalOf(async () => verify(await presenting([over]), otherType))).toBe('expired');
    });
  });

  describe('self-attested credential', () => {
    it('is accepted of an employee, by and about the holder', async () => expect(await refusalOf(async () => verify(await presenting([selfAttested(actor.did)])))).toBe('accepted'));

    it('is of the moment of its presentation, whoever judges the dates of its type', async () => {
      const object = selfAttested(actor.did, { issuanceDate: '2099-01-01T00:00:00Z' });
      expect(await refusalOf(async () => verify(await presenting([object]), { datesJudgedByCaller: ['NutsEmployeeCredential'] }))).toBe('not-yet-valid');
    });

    it('is refused in the name of someone else', async () => {
      const object = selfAttested(stranger.did, { id: newCredentialId(stranger), credentialSubject: { id: actor.did, identifier: 'e-1', name: 'X' } });
      expect(await refusalOf(async () => verify(await presenting([object])))).toBe('self-attested-not-accepted');
    });

    it('is refused about someone else', async () => {
      const object = selfAttested(actor.did, { credentialSubject: { id: stranger.did, identifier: 'e-1', name: 'X' } });
      expect(await refusalOf(async () => verify(await presenting([object])))).toBe('holder-mismatch');
    });

    it.each(['NutsOrganizationCredential', 'ANWAuthorizationCredential', 'ANWDelegationCredential'])('is refused of type %s', async (type) =>
      expect(await refusalOf(async () => verify(await presenting([selfAttested(actor.did, { type: ['VerifiableCredential', type] })])))).toBe('self-attested-not-accepted'),
    );

    it('is refused from the future', async () => {
      expect(await refusalOf(async () => verify(await presenting([selfAttested(actor.did, { issuanceDate: '2026-01-01T19:00:06Z' })])))).toBe('not-yet-valid');
    });
  });

  describe('nonce', () => {
    it('is good for one use', async () => {
      const nonces = new InMemoryNonces();
      const jwt = await examplePresentation(parties, now);
      expect(await refusalOf(() => verify(jwt, { nonces }))).toBe('accepted');
      expect(await refusalOf(() => verify(jwt, { nonces }))).toBe('replayed');
    });

    it('is spent once when fifty ask at the same time', async () => {
      const nonces = new InMemoryNonces();
      const jwt = await examplePresentation(parties, now);
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => refusalOf(() => verify(jwt, { nonces }))));
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    });

    it('belongs to its holder: two holders may happen on the same one', async () => {
      const nonces = new InMemoryNonces();
      const by = async (party: TestParty) => createPresentation(party.signer, { audience, credentials: [await organizationCredentialOf(party, now)], now, nonce: 'same' });
      const outcomes = [await refusalOf(async () => verify(await by(actor), { nonces })), await refusalOf(async () => verify(await by(stranger), { nonces }))];
      expect(outcomes).toEqual(['accepted', 'accepted']);
    });

    it('is not spent by someone who cannot sign for the holder', async () => {
      const nonces = new InMemoryNonces();
      const jwt = await examplePresentation(parties, now);
      await refusalOf(() => verify(`${jwt.slice(0, jwt.lastIndexOf('.'))}.${Buffer.alloc(64, 1).toString('base64url')}`, { nonces }));
      expect(nonces.size).toBe(0);
    });

    it('is remembered until no clock within the skew takes the presentation for valid', async () => {
      const remembered: Date[] = [];
      const nonces: NonceStore = { useNonce: async (_holder, _nonce, forgetAfter) => remembered.push(forgetAfter) > 0 };
      await verify(await examplePresentation(parties, now), { nonces });
      expect(remembered[0]!.getTime()).toBeGreaterThanOrEqual((seconds + 3 + 10) * 1000);
    });
  });

  it('is refused after any flip of a single bit', async () => {
    const jwt = await examplePresentation(parties, now);
    await fc.assert(
      fc.asyncProperty(fc.nat(jwt.length * 8 - 1), async (bit) => {
        const bytes = Buffer.from(jwt, 'latin1');
        bytes[bit >> 3]! ^= 0x80 >> (bit & 7);
        expect(await refusalOf(() => verify(bytes.toString('latin1')))).not.toBe('accepted');
      }),
      { numRuns: 500, verbose: true },
    );
  });

  it('is refused after any flip of a single bit in a credential inside, signed anew by the holder', async () => {
    const authorization = await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now));
    await fc.assert(
      fc.asyncProperty(fc.nat(authorization.length * 7 - 1), async (position) => {
        const bytes = Buffer.from(authorization, 'latin1');
        bytes[Math.trunc(position / 7)]! ^= 1 << (position % 7);
        expect(await refusalOf(async () => verify(await presenting([bytes.toString('latin1')])))).not.toBe('accepted');
      }),
      { numRuns: 500, verbose: true },
    );
  });

  it('passes on what is not a fault of the presentation', async () => {
    const jwt = await examplePresentation(parties, now);
    const failing: NonceStore = { useNonce: () => Promise.reject(new TypeError('database')) };
    await expect(verify(jwt, { nonces: failing })).rejects.toThrow(TypeError);
  });

  it('names the failure beneath as its cause', async () => {
    const jwt = await examplePresentation(parties, now);
    const tampered = `${jwt.slice(0, jwt.lastIndexOf('.'))}.${Buffer.alloc(64, 1).toString('base64url')}`;
    await expect(verify(tampered)).rejects.toMatchObject({ code: 'signature-invalid', cause: expect.any(JwsError) });
  });
});

describe('issuing in the name of others', () => {
  it('is not possible by the type alone: a credential by the holder about itself stays its own word', async () => {
    const own = await issueCredential(actor.signer, { id: newCredentialId(actor), type: 'ANWAuthorizationCredential', subject: actor.did, claims: {}, period: { from: now, until: new Date(now.getTime() + 60_000) } });
    const { credentials } = await verify(await presenting([own]));
    expect(credentials[0]!.issuer).toBe(actor.did);
  });
});

describe('a holder with a key of another kind (spec nuts-protocols §2.1, A6)', () => {
  it.each(jwsAlgorithms)('presents and issues with %s', async (algorithm) => {
    const key = createOtherKey(actor.did, algorithm);
    const organization = await key.signJwt(payloadOf(await organizationCredentialOf(actor, now)));
    const jwt = await key.signJwt(payloadOf(await presenting([organization])));
    const verified = await verify(jwt, { keys: { assertionKey: async () => key.publicKey } });
    expect([verified.kid, verified.credentials.map(({ algorithm: signed }) => signed)]).toEqual([key.kid, [algorithm]]);
  });
});

describe('several presentations in one assertion (spec nuts-protocols §4.4)', () => {
  const verifyAll = (presentations: readonly unknown[], change: Partial<PresentationVerification> = {}) =>
    verifyAssertion(parseAssertion(JSON.stringify(presentations)), { audience, keys, nonces: new InMemoryNonces(), now, ...change });
  const single = async () => presenting([await organizationCredentialOf(actor, now)]);

  it('are true together, with their credentials in order', async () => {
    const verified = await verifyAll([await single(), await presenting([await employeeOf(actor, now), selfAttested(actor.did)])]);
    expect(verified).toMatchObject({ holder: actor.did, kid: actor.signer.kid, sizes: [1, 2] });
    expect(verified.credentials.map(({ format }) => format)).toEqual(['jwt_vc', 'jwt_vc', 'self_attested']);
  });

  it('may be one', async () => expect(await verifyAll([await single()])).toMatchObject({ sizes: [1] }));

  it('have one holder: nobody joins the credentials of another to her own', async () => {
    const other = await createPresentation(stranger.signer, { audience, credentials: [await organizationCredentialOf(stranger, now)], now });
    expect(await refusalOf(async () => verifyAll([await single(), other]))).toBe('holder-mismatch');
  });

  it('are signed with one key of that holder', async () => {
    const key = createOtherKey(actor.did, 'ES384');
    const other = await key.signJwt(payloadOf(await single()));
    const both = { assertionKey: async (kid: string) => (kid === key.kid ? key.publicKey : actor.publicKey) };
    expect(await refusalOf(async () => verifyAll([await single(), other], { keys: both }))).toBe('holder-mismatch');
  });

  it('are each meant for us', async () => {
    const elsewhere = await examplePresentation(parties, now, { audience: 'https://elders.example', credentials: [await employeeOf(actor, now)] });
    expect(await refusalOf(async () => verifyAll([await single(), elsewhere]))).toBe('wrong-audience');
  });

  it('are each good for one use', async () => {
    const same = await single();
    expect(await refusalOf(() => verifyAll([same, same]))).toBe('replayed');
  });

  it('spend no nonce when one of them does not hold', async () => {
    const nonces = new InMemoryNonces();
    const first = await single();
    const altered = `${(await single()).slice(0, -8)}AAAAAAAA`;
    expect(await refusalOf(() => verifyAll([first, altered], { nonces }))).toBe('signature-invalid');
    expect(await verifyAll([first], { nonces })).toMatchObject({ sizes: [1] });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['none', async () => '[]', 'malformed'],
    ['an object', async () => '[{}]', 'malformed'],
    ['no JSON', async () => '[', 'malformed'],
    ['a deeper array', async () => JSON.stringify([[await single()]]), 'malformed'],
    ['more than ten presentations', async () => JSON.stringify(Array(11).fill(await single())), 'malformed'],
    ['more than ten credentials together', async () => JSON.stringify([await presenting(Array(6).fill(selfAttested(actor.did))), await presenting(Array(5).fill(selfAttested(actor.did)))]), 'too-many-credentials'],
  ])('are refused with %s', async (_, text, code) => {
    const assertion = await text();
    expect(await refusalOf(async () => parseAssertion(assertion))).toBe(code);
  });
});
