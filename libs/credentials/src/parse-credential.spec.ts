import { signCompactJws } from '@anw/identity';
import { createTestParties, newCredentialId } from '@anw/testing/parties';
import { CompactSign, UnsecuredJWT } from 'jose';
import { CredentialError } from './credential.js';
import { parseCredential } from './parse-credential.js';

const { regisseur, actor, stranger } = createTestParties();
const nbf = 1_767_294_000;

function claimsWith(change: Record<string, unknown> = {}, vcChange: Record<string, unknown> = {}) {
  return {
    iss: regisseur.did,
    sub: actor.did,
    jti: `${regisseur.did}#b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de`,
    nbf,
    iat: nbf,
    exp: nbf + 3600,
    vc: {
      '@context': ['https://www.w3.org/2018/credentials/v1', 'https://nuts.nl/credentials/v1'],
      type: ['VerifiableCredential', 'NutsOrganizationCredential'],
      credentialSubject: [{ id: actor.did, organization: { name: 'De Linde', city: 'Zwolle' } }],
      ...vcChange,
    },
    ...change,
  };
}

const jwtOf = (payload: object) => signCompactJws(regisseur.signer, { typ: 'JWT' }, payload);
const jwtOfText = (payload: string) => signCompactJws(regisseur.signer, { typ: 'JWT' }, Buffer.from(payload));

function refusalOf(raw: unknown): string {
  try {
    parseCredential(raw);
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('form of a jwt_vc (spec nuts-protocols §2.2)', () => {
  it('is read into id, type, issuer, subject, dates, claims and status', async () => {
    const jwt = await jwtOf(claimsWith({}, { credentialStatus: [{ type: 'StatusList2021Entry' }] }));
    expect(parseCredential(jwt)).toMatchObject({
      id: `${regisseur.did}#b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de`,
      type: 'NutsOrganizationCredential',
      issuer: regisseur.did,
      subject: actor.did,
      issuedAt: new Date(nbf * 1000),
      expiresAt: new Date((nbf + 3600) * 1000),
      claims: { id: actor.did, organization: { name: 'De Linde', city: 'Zwolle' } },
      status: [{ type: 'StatusList2021Entry' }],
      format: 'jwt_vc',
      raw: jwt,
    });
  });

  it('lets the registered claims override what stands inside vc', async () => {
    const inside = { id: 'urn:other', issuer: stranger.did, issuanceDate: '2020-01-01T00:00:00Z', expirationDate: '2099-01-01T00:00:00Z' };
    expect(parseCredential(await jwtOf(claimsWith({}, inside)))).toMatchObject({ issuer: regisseur.did, issuedAt: new Date(nbf * 1000), expiresAt: new Date((nbf + 3600) * 1000) });
  });

  it('copies sub into the subject, whatever id stands there', async () => {
    const parsed = parseCredential(await jwtOf(claimsWith({}, { credentialSubject: { id: stranger.did, organization: {} } })));
    expect([parsed.subject, parsed.claims['id']]).toEqual([actor.did, actor.did]);
  });

  it('heeds an end that is written inside vc alone', async () => {
    const jwt = await jwtOf(claimsWith({ exp: undefined }, { expirationDate: '2026-01-01T20:00:00Z' }));
    expect(parseCredential(jwt).expiresAt).toEqual(new Date('2026-01-01T20:00:00Z'));
  });

  it('has no end when none is written', async () => expect(parseCredential(await jwtOf(claimsWith({ exp: undefined }))).expiresAt).toBeUndefined());

  it('takes its two types in either order', async () => {
    const jwt = await jwtOf(claimsWith({}, { type: ['NutsOrganizationCredential', 'VerifiableCredential'] }));
    expect(parseCredential(jwt).type).toBe('NutsOrganizationCredential');
  });

  it('ignores registered claims that it does not know (RFC 7519 §4)', async () => expect(refusalOf(await jwtOf(claimsWith({ aud: 'x', nonce: 'y' })))).toBe('accepted'));

  it.each([
    ['without iss', { iss: undefined }, {}],
    ['without sub', { sub: undefined }, {}],
    ['without jti', { jti: undefined }, {}],
    ['without nbf', { nbf: undefined }, {}],
    ['without vc', { vc: undefined }, {}],
    ['with a sub that is no DID', { sub: 'https://zorg.example' }, {}],
    ['with an id in the space of another issuer', { jti: newCredentialId(stranger) }, {}],
    ['with an id without fragment', { jti: regisseur.did }, {}],
    ['with a fraction of a second', { nbf: nbf + 0.5 }, {}],
    ['with a date in words', { nbf: '2026-01-01' }, {}],
    ['with a negative date', { exp: -1 }, {}],
    ['that ends when it starts', { exp: nbf }, {}],
    ['with one type', {}, { type: ['VerifiableCredential'] }],
    ['with three types', {}, { type: ['VerifiableCredential', 'A', 'B'] }],
    ['with the base type twice', {}, { type: ['VerifiableCredential', 'VerifiableCredential'] }],
    ['without the base type', {}, { type: ['A', 'B'] }],
    ['with a type in words', {}, { type: 'VerifiableCredential' }],
    ['with two subjects', {}, { credentialSubject: [{}, {}] }],
    ['without subject', {}, { credentialSubject: [] }],
    ['with a subject in words', {}, { credentialSubject: 'x' }],
    ['without the W3C context', {}, { '@context': ['https://nuts.nl/credentials/v1'] }],
    ['with terms of use, which we would overlook', {}, { termsOfUse: [{ type: 'x' }] }],
    ['with a status in words', {}, { credentialStatus: 'x' }],
  ])('refuses one %s', async (_, change, vcChange) => expect(refusalOf(await jwtOf(claimsWith(change, vcChange)))).toBe('malformed'));

  it('refuses a payload that names a member twice', async () => {
    const text = JSON.stringify(claimsWith());
    expect(refusalOf(await jwtOfText(text.replace('{', `{"sub":"${stranger.did}",`)))).toBe('malformed');
  });

  it.each(['[]', 'null', '"x"', '{'])('refuses %s for a payload', async (text) => expect(refusalOf(await jwtOfText(text))).toBe('malformed'));

  it('refuses algorithm none', () => expect(refusalOf(new UnsecuredJWT(claimsWith()).encode())).not.toBe('accepted'));

  it('refuses an unsecured JWT that carries a kid and a signature-sized tail', async () => {
    const [, payload, signature] = (await jwtOf(claimsWith())).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid: regisseur.signer.kid })).toString('base64url');
    expect(refusalOf(`${header}.${payload}.${signature}`)).toBe('unsupported-algorithm');
  });

  it('refuses HS256, keyed with the public key as text', async () => {
    const secret = Buffer.from(regisseur.publicKey.export({ type: 'spki', format: 'pem' }));
    const jwt = await new CompactSign(Buffer.from(JSON.stringify(claimsWith()))).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: regisseur.signer.kid }).sign(secret);
    expect(refusalOf(jwt)).toBe('unsupported-algorithm');
  });

  it('refuses base64url that is not canonical', async () => {
    const jwt = await jwtOf(claimsWith());
    expect(refusalOf(`${jwt}=`)).toBe('malformed');
  });

  it.each([undefined, null, 1, true, [], ''])('refuses %j', (raw) => expect(refusalOf(raw)).toBe('malformed'));

  it('does not repeat values of the credential in its refusal', async () => {
    const jwt = await jwtOf(claimsWith({ sub: 'P. Visser' }));
    expect(() => parseCredential(jwt)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('Visser') }));
  });
});

describe('form of a self-attested credential (spec nuts-protocols §3.2, A13)', () => {
  const objectWith = (change: Record<string, unknown> = {}) => ({
    '@context': ['https://www.w3.org/2018/credentials/v1', 'https://nuts.nl/credentials/v1'],
    id: `${actor.did}#emp-1`,
    type: ['VerifiableCredential', 'NutsEmployeeCredential'],
    issuer: actor.did,
    issuanceDate: '2026-01-01T18:59:00Z',
    credentialSubject: { id: actor.did, identifier: 'e-10442', name: 'P. Visser', roleName: 'Wijkverpleegkundige' },
    ...change,
  });

  it('is read like a signed one', () => {
    const raw = objectWith();
    expect(parseCredential(raw)).toEqual({
      id: `${actor.did}#emp-1`,
      type: 'NutsEmployeeCredential',
      issuer: actor.did,
      subject: actor.did,
      issuedAt: new Date('2026-01-01T18:59:00Z'),
      claims: raw.credentialSubject,
      status: [],
      format: 'self_attested',
      raw,
      document: raw,
    });
  });

  it('may have nanoseconds, as Go prints them, and an end', () => {
    const parsed = parseCredential(objectWith({ issuanceDate: '2026-01-01T18:59:00.123456789Z', expirationDate: '2026-01-02T00:00:00+01:00' }));
    expect([parsed.issuedAt, parsed.expiresAt]).toEqual([new Date('2026-01-01T18:59:00.123Z'), new Date('2026-01-01T23:00:00Z')]);
  });

  it.each([
    ['with a proof, in whatever form', { proof: { type: 'JsonWebSignature2020' } }],
    ['with a status', { credentialStatus: [] }],
    ['with an unknown member', { termsOfUse: {} }],
    ['without id', { id: undefined }],
    ['with an id of someone else', { id: newCredentialId(stranger) }],
    ['without issuer', { issuer: undefined }],
    ['with an issuer in an object', { issuer: { id: actor.did } }],
    ['without date', { issuanceDate: undefined }],
    ['with a date alone', { issuanceDate: '2026-01-01' }],
    ['with an impossible date', { issuanceDate: '2026-02-30T00:00:00Z' }],
    ['with three types', { type: ['VerifiableCredential', 'A', 'B'] }],
    ['whose subject has no DID', { credentialSubject: { identifier: 'e-1' } }],
    ['with two subjects', { credentialSubject: [{ id: actor.did }, { id: actor.did }] }],
  ])('refuses one %s', (_, change) => expect(refusalOf(objectWith(change))).toBe('malformed'));
});
