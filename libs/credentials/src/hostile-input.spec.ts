import { createCrlRevocation, signCompactJws } from '@anw/identity';
import { recordFigure } from '@anw/testing/figures';
import { createUziAuthority, issueX509Credential, type UziAuthority } from '@anw/testing/certificates';
import { createTestParties, employeeOf, exampleAuthorization, keysOfParties, newCredentialId, organizationCredentialOf, type TestParty } from '@anw/testing/parties';
import fc from 'fast-check';
import { createHmac, randomInt } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { contexts } from './contexts.js';
import { CredentialError } from './credential.js';
import { signDocument } from './linked-data/linked-data-proof.js';
import { parsePresentation } from './presentation/parse-presentation.js';
import { verifyPresentation } from './presentation/verify-presentation.js';
import { anwDefinition } from './presentation-exchange/anw-definitions.js';
import { parsePresentationSubmission } from './presentation-exchange/presentation-submission.js';
import { verifySubmission } from './presentation-exchange/verify-submission.js';
import { issueAuthorizationCredential } from './types/authorization-credential.js';

/** Set HOSTILE_SEED to see a run again. */
const seed = Number(process.env['HOSTILE_SEED'] ?? randomInt(2 ** 31 - 1));

const now = new Date('2026-01-01T19:00:00Z');
const seconds = now.getTime() / 1000;
const parties = createTestParties();
const { actor, regisseur, custodian, stranger } = parties;
const keys = keysOfParties(actor, regisseur, custodian, stranger);
const audience = custodian.organisation.issuer;

type Json = Record<string, unknown>;
/** What a hostile presenter sends, once it is made. */
type Attack = () => string | Promise<string>;

let uzi: UziAuthority;
let organization: string;
let employee: string;
let authorization: string;
let linkedData: Json;
let certified: string;
let foreign: readonly string[];

beforeAll(async () => {
  organization = await organizationCredentialOf(actor, now);
  employee = await employeeOf(actor, now);
  authorization = await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now));
  foreign = [await organizationCredentialOf(stranger, now), await employeeOf(stranger, now), await issueAuthorizationCredential(regisseur.signer, exampleAuthorization({ ...parties, actor: stranger }, now))];
  linkedData = { ...(await signDocument(actor.signer, organizationDocument(), '2026-01-01T12:00:00Z')) };
  uzi = await createUziAuthority(now);
  certified = issueX509Credential({
    authority: uzi, certificate: await uzi.issue({ name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382' }), organisation: actor.did,
    validFrom: new Date(now.getTime() - 3_600_000), validUntil: new Date(now.getTime() + 3_600_000),
  });
});

function organizationDocument(): Json {
  return {
    '@context': [contexts.credentials, contexts.nuts, contexts.jsonWebSignature2020],
    id: newCredentialId(actor), type: ['VerifiableCredential', 'NutsOrganizationCredential'], issuer: actor.did,
    issuanceDate: '2026-01-01T12:00:00Z', expirationDate: '2027-01-01T12:00:00Z',
    credentialSubject: { id: actor.did, organization: { name: 'Thuiszorg De Linde', city: 'Zwolle' } },
  };
}

const claimsOf = (credentials: readonly unknown[] = [organization, employee, authorization]): Json & { vp: Json } => ({
  iss: actor.did, sub: actor.did, aud: audience, jti: `${actor.did}#9b0e2f50-9f0b-4b63-bb55-0c5b7fbb0a51`, nbf: seconds - 2, exp: seconds + 3, nonce: 'Jf0c2kq7m3o9YQy0l2x4dA',
  vp: { '@context': [contexts.credentials], type: ['VerifiablePresentation'], holder: actor.did, verifiableCredential: credentials },
});
const present = (claims: object = claimsOf(), header: Json = {}, signer = actor.signer) => signCompactJws(signer, { typ: 'JWT', ...header }, claims);

/** Everything between the form parameter and the checks. Anything but a `CredentialError` would have been a 500. */
async function outcomeOf(jwt: string): Promise<string> {
  try {
    const certificates = { authorities: [uzi.fingerprint], revocation: createCrlRevocation({ fetchList: async (url) => (await uzi.revocationList(url))!, clock: () => now }) };
    const presentation = await verifyPresentation(parsePresentation(jwt), { audience, keys, certificates, nonces: { useNonce: async () => true }, now });
    const definition = anwDefinition({ name: 'anw-zorg-2022' }, custodian.did, certificates);
    verifySubmission(definition, submissionFor(definition.id, presentation.credentials[0]!.format), presentation);
    return 'accepted';
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
}

async function assertRefused(jwt: string): Promise<void> {
  if ((await outcomeOf(jwt)) === 'accepted') throw new Error(`accepted: ${Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()}`);
}

function submissionFor(definition_id: string, first: string) {
  const format = first === 'jwt_vc' ? 'jwt_vc' : 'ldp_vc';
  return parsePresentationSubmission({ id: 's', definition_id, descriptor_map: ['organization', 'employee', 'authorization'].map((id, index) => ({ id, format: index === 0 ? format : 'jwt_vc', path: `$.verifiableCredential[${index}]` })) });
}

function flip(text: string, bits: readonly number[]): string {
  const bytes = Buffer.from(text, 'latin1');
  for (const bit of bits) bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
  return bytes.toString('latin1');
}

/** Distinct bits near each other never cancel out. */
const bits = fc.tuple(fc.nat(1 << 20), fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 })).map(([at, within]) => within.map((bit) => at * 8 + bit));
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const parts = (jwt: string) => jwt.split('.') as [string, string, string];
const decode = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString());

const word = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constantFrom(stranger.did as string, regisseur.did, '__proto__', 'constructor', '$.issuer', '\u0000', '\ud800', '9'.repeat(400)));
const value = fc.oneof(word, fc.integer(), fc.constant(null), fc.boolean(), fc.constant([]), fc.constant({}), fc.array(word, { maxLength: 3 }), fc.dictionary(word, word, { maxKeys: 2 }));
const later = fc.integer({ min: 9, max: 4_000_000_000 });

const flippedPresentation = bits.map((chosen): Attack => async () => flip(await present(), chosen));

const refusedHeader: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('none', 'None', 'HS256', 'HS512', 'RS256', 'PS256', 'ES384', 'ES256K', 'EdDSA', 'es256', '').map((alg) => ({ alg })),
  fc.tuple(fc.constantFrom('jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64'), value).map(([member, content]) => ({ [member]: content })),
  fc.constantFrom(stranger.signer.kid, regisseur.signer.kid, actor.did, `${actor.did}#`, `${actor.did}#key-2`, '#key-1', `${actor.signer.kid}#x`, '').map((kid) => ({ kid })),
  fc.constantFrom('at+jwt', 'dpop+jwt', 'secevent+jwt', '', 'JWT2', 1, null).map((typ) => ({ typ })),
);
const otherHeader = fc.tuple(refusedHeader, fc.constantFrom('holder', 'stranger', 'public key as secret', 'none')).map(([change, by]): Attack => async () => {
  const input = `${encode({ typ: 'JWT', alg: 'ES256', kid: actor.signer.kid, ...change })}.${encode(claimsOf())}`;
  const secret = actor.publicKey.export({ format: 'pem', type: 'spki' });
  if (by === 'none') return `${input}.`;
  if (by === 'public key as secret') return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  return `${input}.${Buffer.from(await (by === 'holder' ? actor : stranger).signer.sign(Buffer.from(input))).toString('base64url')}`;
});

const otherClaims: fc.Arbitrary<Attack> = fc
  .oneof(
    word.filter((text) => text !== audience).chain((aud) => fc.constantFrom<Json>({ aud }, { aud: [aud] }, { aud: [] }, { aud: undefined }, { aud: `${audience}/` }, { aud: audience.toUpperCase() })),
    later.chain((by) => fc.constantFrom<Json>({ nbf: seconds + by, exp: seconds + by + 3 }, { nbf: seconds - by - 5, exp: seconds - by }, { nbf: seconds - 2, exp: seconds + by }, { nbf: seconds - by, exp: seconds + 1 }, { nbf: seconds + 3, exp: seconds - 2 }, { exp: seconds + 0.5 }, { nbf: String(seconds) }, { nbf: undefined }, { exp: undefined }, { exp: -by }, { exp: 1e300 })),
    fc.constantFrom('iss', 'sub').chain((claim) => word.map((text) => ({ [claim]: text }))),
    fc.oneof(fc.constantFrom('', ' ', 'a b', '\u0000', 'é', 'x'.repeat(257)), fc.integer(), fc.constant(undefined), fc.constant(null), fc.constant({})).map((nonce) => ({ nonce })),
    fc.tuple(fc.constantFrom('@context', 'type', 'verifiableCredential', 'holder'), value).map(([member, content]) => ({ vp: { [member]: content } })),
    value.map((vp) => ({ vp: vp === null || typeof vp !== 'object' || Array.isArray(vp) ? vp : { ...vp, type: 'x' } })),
  )
  .map((change: Json): Attack => () => {
    const claims = claimsOf();
    const vp = change['vp'];
    const isPart = typeof vp === 'object' && vp !== null && !Array.isArray(vp) && Object.keys(vp).length === 1;
    return present({ ...claims, ...change, ...(isPart && { vp: { ...claims.vp, ...vp } }) });
  });

/** One of the three credentials, changed in a way that its issuer did not sign. */
const tampered: fc.Arbitrary<Attack> = fc.tuple(
  fc.nat(2),
  fc.oneof(
    bits.map((chosen) => (jwt: string) => flip(jwt, chosen)),
    fc.tuple(fc.constantFrom('iss', 'sub', 'jti', 'nbf', 'exp', 'vc'), value).map(([claim, content]) => (jwt: string) => withPayload(jwt, { [claim]: content })),
    fc.tuple(fc.constantFrom('purposeOfUse', 'custodian', 'subject', 'practitioner', 'identifier', 'assuranceLevel', 'organization'), value).map(([claim, content]) => (jwt: string) => withSubject(jwt, { [claim]: content })),
    refusedHeader.map((change) => (jwt: string) => `${encode({ ...decode(parts(jwt)[0]), ...change })}.${parts(jwt)[1]}.${parts(jwt)[2]}`),
    fc.nat(2).map((other) => (jwt: string) => `${parts(jwt)[0]}.${parts(jwt)[1]}.${parts([organization, employee, authorization][other]!)[2]}x`),
    fc.nat(800).map((length) => (jwt: string) => jwt.slice(0, Math.min(length, jwt.length - 1))),
    fc.constantFrom<(jwt: string) => string>((jwt) => `${jwt}=`, (jwt) => `${jwt}.`, (jwt) => ` ${jwt}`, (jwt) => `${jwt}\n`, (jwt) => jwt.replaceAll('.', '..')),
    fc.constant((jwt: string) => resignedBy(stranger, jwt)),
    fc.constant((jwt: string) => resignedBy(actor, jwt, regisseur.signer.kid)),
  ),
).map(([index, change]): Attack => async () => {
  const credentials = [organization, employee, authorization];
  const changed = await change(credentials[index]!);
  // The header of the authorization may have been given the key id that it has.
  credentials[index] = changed === credentials[index] ? '' : changed;
  return present(claimsOf(credentials));
});

function withPayload(jwt: string, change: Json): string {
  return `${parts(jwt)[0]}.${encode({ ...decode(parts(jwt)[1]), ...change })}.${parts(jwt)[2]}`;
}

function withSubject(jwt: string, change: Json): string {
  const { vc } = decode(parts(jwt)[1]) as { vc: { credentialSubject: Json[] } };
  return withPayload(jwt, { vc: { ...vc, credentialSubject: [{ ...vc.credentialSubject[0], ...change }] } });
}

/** Under the key id that it had, or another that the forger has no key for. */
async function resignedBy(forger: TestParty, jwt: string, kid = decode(parts(jwt)[0])['kid']): Promise<string> {
  const input = `${encode({ ...decode(parts(jwt)[0]), kid })}.${parts(jwt)[1]}`;
  const holdsKey = kid === forger.signer.kid;
  return `${input}.${Buffer.from(await (holdsKey ? stranger : forger).signer.sign(Buffer.from(input))).toString('base64url')}`;
}

const missingOrExchanged: fc.Arbitrary<Attack> = fc.oneof(
  fc.subarray([0, 1, 2], { maxLength: 2 }).map((kept): Attack => () => present(claimsOf(kept.map((index) => [organization, employee, authorization][index])))),
  fc.constantFrom([1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]).map((order): Attack => () => present(claimsOf(order.map((index) => [organization, employee, authorization][index])))),
  fc.tuple(fc.nat(2), fc.nat(2)).map(([index, taken]): Attack => () => present(claimsOf([organization, employee, authorization].map((own, at) => (at === index ? foreign[taken] : own))))),
  fc.integer({ min: 11, max: 100 }).map((count): Attack => () => present(claimsOf(Array.from({ length: count }, (_, at) => [organization, employee, authorization][at % 3])))),
  fc.nat(2).map((index): Attack => () => present(claimsOf([...[organization, employee, authorization].map((own, at) => (at === index ? { ...(decode(parts(own)[1])['vc'] as Json), issuer: actor.did } : own))]))),
  fc.constant((): Promise<string> => present(claimsOf(foreign))),
  fc.constant((): Promise<string> => present(claimsOf(), {}, { ...stranger.signer, kid: actor.signer.kid })),
);

const otherText: fc.Arbitrary<Attack> = fc
  .oneof(
    fc.constantFrom('iss', 'sub', 'aud', 'nbf', 'exp', 'nonce', 'vp', '\\u0069ss').chain((name) => fc.constantFrom<(json: string) => string>((json) => json.replace('{', `{"${name}":null,`), (json) => `${json.slice(0, -1)},"${name}":"x"}`)),
    fc.integer({ min: 51, max: 20_000 }).chain((depth) => fc.constantFrom<(json: string) => string>((json) => json.replace('{', `{"deep":${'['.repeat(depth)}${']'.repeat(depth)},`), (json) => json.replace('{', `{"deep":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)},`))),
    fc.constantFrom<(json: string) => string>((json) => `\ufeff${json}`, (json) => json.replace('{', '{"__proto__":{"iss":"x"},'), (json) => `[${json}]`, (json) => `${json}${json}`, (json) => json.slice(1), (json) => json.replace('"', '\\"'), () => 'null', () => '""', () => '', () => '0'),
  )
  .map((change): Attack => async () => {
    const text = change(JSON.stringify(claimsOf()));
    return text.length > 200_000 ? `${encode({ typ: 'JWT', alg: 'ES256', kid: actor.signer.kid })}.${encode(text)}.${encode('x'.repeat(64))}` : signCompactJws(actor.signer, { typ: 'JWT' }, Buffer.from(text));
  });

const oversized: fc.Arbitrary<Attack> = fc.integer({ min: 262_145, max: 2_000_000 }).map((size): Attack => () => {
  const input = `${encode({ typ: 'JWT', alg: 'ES256', kid: actor.signer.kid })}.${encode(JSON.stringify({ ...claimsOf(), padding: 'x'.repeat(size) }))}`;
  return `${input}.${encode('x'.repeat(64))}`;
});

/** Every place in a JSON value, as the names on the way to it. */
function placesOf(node: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof node !== 'object' || node === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(node).flatMap(([name, child]) => placesOf(child, [...path, name]))];
}

function changeAt(node: unknown, [name, ...rest]: readonly string[], change: (found: unknown) => unknown): unknown {
  if (name === undefined) return change(node);
  const copy = structuredClone(node) as Json;
  copy[name] = changeAt(copy[name], rest, change);
  if (copy[name] === undefined && !Array.isArray(copy)) delete copy[name];
  return copy;
}

const tamperedDocument: fc.Arbitrary<Attack> = fc
  .tuple(fc.nat(1_000), fc.oneof(value.map((other) => () => other), bits.map((chosen) => (found: unknown) => (typeof found === 'string' ? flip(found, chosen) : undefined)), word.map((name) => (found: unknown) => (typeof found === 'object' && !Array.isArray(found) ? { ...found, [name]: 'x' } : undefined))))
  .map(([place, change]): Attack => () => {
    const places = placesOf(linkedData);
    const changed = changeAt(linkedData, places[place % places.length]!, change);
    return present(claimsOf([JSON.stringify(changed) === JSON.stringify(linkedData) ? {} : changed, employee, authorization]));
  });

const tamperedCertified: fc.Arbitrary<Attack> = fc
  .oneof(
    bits.map((chosen) => () => flip(certified, chosen)),
    fc.tuple(fc.constantFrom('iss', 'sub', 'jti', 'nbf', 'exp', 'vc'), value).map(([claim, content]) => () => withPayload(certified, { [claim]: content })),
    refusedHeader.filter((header) => !('x5c' in header)).map((change) => () => `${encode({ ...decode(parts(certified)[0]), ...change })}.${parts(certified)[1]}.${parts(certified)[2]}`),
    bits.map((chosen) => () => {
      const header = decode(parts(certified)[0]) as { x5c: string[] };
      const der = flip(Buffer.from(header.x5c[chosen[0]! % 3]!, 'base64').toString('latin1'), chosen);
      const x5c = header.x5c.map((entry, at) => (at === chosen[0]! % 3 ? Buffer.from(der, 'latin1').toString('base64') : entry));
      return `${encode({ ...header, x5c })}.${parts(certified)[1]}.${parts(certified)[2]}`;
    }),
  )
  .map((credential): Attack => () => present(claimsOf([credential(), employee, authorization])));

describe(`hostile presentations and credentials (issue of trust, point 8; HOSTILE_SEED=${seed})`, () => {
  const attacks: readonly [string, number, fc.Arbitrary<Attack>][] = [
    ['with flipped bits', 3_000, flippedPresentation],
    ['under another header', 1_500, otherHeader],
    ['with other claims, signed by their holder', 2_000, otherClaims],
    ['with a credential that was tampered with, signed anew by their holder', 2_500, tampered],
    ['with credentials missing, exchanged or of someone else', 700, missingOrExchanged],
    ['in JSON that readers read differently', 500, otherText],
    ['that are oversized', 30, oversized],
    ['with an ldp_vc that was tampered with', 300, tamperedDocument],
    ['with an X509Credential that was tampered with', 200, tamperedCertified],
  ];

  beforeAll(() => recordFigure(8, 'seed of presentations', seed));

  it('start from what is accepted', async () => {
    expect(await outcomeOf(await present())).toBe('accepted');
    expect(await outcomeOf(await present(claimsOf([linkedData, employee, authorization])))).toBe('accepted');
    expect(await outcomeOf(await present(claimsOf([certified, employee, authorization])))).toBe('accepted');
  });

  it('number more than 10 000', () => expect(attacks.reduce((sum, [, runs]) => sum + runs, 0)).toBeGreaterThanOrEqual(10_000));

  it.each(attacks)('are refused %s, %d times', async (kind, numRuns, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (attack) => assertRefused(await attack())),
      { seed, numRuns, endOnFailure: true },
    );
    recordFigure(8, `presentations ${kind}`, numRuns, 'refused');
  });

  it('leave no memory behind', async () => {
    const attack = async () => outcomeOf(flip(await present(), [Math.trunc(Math.random() * 1e6)]));
    for (let round = 0; round < 200; round += 1) await attack();
    const before = heapInUse();
    for (let round = 0; round < 1_000; round += 1) await attack();
    const growth = (heapInUse() - before) / (1024 * 1024);
    recordFigure(8, 'memory left behind by a thousand presentations', growth, 'MiB');
    expect(growth).toBeLessThan(8);
  });
});

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
