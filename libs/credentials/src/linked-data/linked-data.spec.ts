import { createTestParties, createTestParty, keysOfParties, newCredentialId, type TestParty } from '@anw/testing/parties';
import { createHash } from 'node:crypto';
import { flattenedVerify } from 'jose';
import { contexts } from '../contexts.js';
import { CredentialError } from '../credential.js';
import { parseCredential } from '../parse-credential.js';
import { verifyCredential } from '../verify-credential.js';
import { readOrganizationCredential } from '../types/organization-credential.js';
import { canonicalize } from './canonicalize.js';
import { signDocument } from './linked-data-proof.js';

const now = new Date('2026-01-01T19:00:00Z');
const { actor, stranger } = createTestParties();
const keys = keysOfParties(actor, stranger);
type Document = Readonly<Record<string, unknown>> & { readonly proof: Readonly<Record<string, string>> };

/** An organisation credential in the very form of nuts-node (spec nuts-protocols §2.3). */
function unsigned(issuer: TestParty = actor, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@context': [contexts.nuts, contexts.credentials, contexts.jsonWebSignature2020],
    id: newCredentialId(issuer),
    type: ['NutsOrganizationCredential', 'VerifiableCredential'],
    issuer: issuer.did,
    issuanceDate: '2026-01-01T12:00:00Z',
    expirationDate: '2027-01-01T12:00:00Z',
    credentialSubject: { id: actor.did, organization: { name: 'Thuiszorg De Linde', city: 'Zwolle' } },
    ...change,
  };
}

async function signed(change: Record<string, unknown> = {}, { issuer = actor, created = '2026-01-01T12:00:00Z' } = {}): Promise<Document> {
  return (await signDocument(issuer.signer, unsigned(issuer, change), created)) as unknown as Document;
}

async function verify(document: unknown, at = now) {
  return verifyCredential(parseCredential(JSON.parse(JSON.stringify(document))), { keys, now: at });
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

describe('ldp_vc with JsonWebSignature2020 (spec nuts-protocols §2.3)', () => {
  it('is accepted of an organisation, and tells its name and city', async () => {
    const credential = await verify(await signed());
    expect(credential).toMatchObject({ format: 'ldp_vc', issuer: actor.did, subject: actor.did, issuedAt: new Date('2026-01-01T12:00:00Z'), expiresAt: new Date('2027-01-01T12:00:00Z') });
    expect(readOrganizationCredential(credential)).toMatchObject({ name: 'Thuiszorg De Linde', city: 'Zwolle', organisation: actor.did });
  });

  it('means what nuts-node signs, term by term', async () => {
    const { id, ...document } = unsigned();
    expect(await canonicalize({ ...document, id })).toBe(
      [
        `<${actor.did}> <http://schema.org/organization> _:c14n0 .`,
        `<${id}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://nuts.nl/credentials/v1#NutsOrganizationCredential> .`,
        `<${id}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .`,
        `<${id}> <https://www.w3.org/2018/credentials#credentialSubject> <${actor.did}> .`,
        `<${id}> <https://www.w3.org/2018/credentials#expirationDate> "2027-01-01T12:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .`,
        `<${id}> <https://www.w3.org/2018/credentials#issuanceDate> "2026-01-01T12:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .`,
        `<${id}> <https://www.w3.org/2018/credentials#issuer> <${actor.did}> .`,
        '_:c14n0 <http://schema.org/city> "Zwolle" .',
        '_:c14n0 <http://schema.org/legalname> "Thuiszorg De Linde" .',
        '',
      ]
        .sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
        .join('\n'),
    );
  });

  it('is signed as a detached JWS over the digests of proof options and document: jose agrees', async () => {
    const { proof, ...document } = await signed();
    const [header, signature] = proof['jws']!.split('..');
    const options = [
      `_:c14n0 <http://purl.org/dc/terms/created> "2026-01-01T12:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n`,
      `_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#JsonWebSignature2020> .\n`,
      `_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n`,
      `_:c14n0 <https://w3id.org/security#verificationMethod> <${actor.signer.kid}> .\n`,
    ].join('');
    const digest = (text: string) => createHash('sha256').update(text).digest();
    const payload = Buffer.concat([digest(options), digest(await canonicalize(document))]);
    const { protectedHeader } = await flattenedVerify({ protected: header!, payload, signature: signature! }, actor.publicKey, { algorithms: ['ES256'] });
    expect(protectedHeader).toEqual({ alg: 'ES256', b64: false, crit: ['b64'], kid: actor.signer.kid });
  });

  it('may name its contexts in any order, and write one subject, status or proof in an array', async () => {
    const { proof, ...document } = await signed({ '@context': [contexts.jsonWebSignature2020, contexts.credentials, contexts.nuts] });
    const again = { ...document, credentialSubject: [document['credentialSubject']], proof: [proof] };
    expect(await refusalOf(() => verify(again))).toBe('accepted');
  });

  it('may have a place in a status list', async () => {
    const url = 'https://zorg.example/statuslist/did:web:zorg.example/1';
    const credentialStatus = { id: `${url}#417`, type: 'StatusList2021Entry', statusPurpose: 'revocation', statusListIndex: '417', statusListCredential: url };
    const { status } = await verify(await signed({ '@context': Object.values(contexts).filter((context) => context !== contexts.bitstringStatusList), credentialStatus }));
    expect(status).toEqual([credentialStatus]);
  });

  it('may be as precise as a node: a fraction without trailing zero, and an offset', async () => {
    expect(await refusalOf(async () => verify(await signed({ issuanceDate: '2026-01-01T13:00:00.65319+01:00' }, { created: '2026-01-01T13:00:00.7+01:00' })))).toBe('accepted');
  });

  it.each<[string, Record<string, unknown>]>([
    ['with a date as Date.prototype.toISOString writes it', { issuanceDate: '2026-01-01T12:00:00.000Z' }],
    ['with UTC written as an offset', { issuanceDate: '2026-01-01T12:00:00+00:00' }],
    ['with a date without time', { expirationDate: '2027-01-01' }],
    ['with an issuer that is an object', { issuer: { id: actor.did } }],
    ['with terms of use', { termsOfUse: { type: 'Never' } }],
    ['with evidence', { evidence: [] }],
    ['with a context of its own making', { '@context': [contexts.credentials, contexts.nuts, contexts.jsonWebSignature2020, { name: 'http://schema.org/description' }] }],
    ['with a context that we do not have', { '@context': [contexts.credentials, contexts.nuts, contexts.jsonWebSignature2020, 'https://attacker.example/v1'] }],
    ['without the W3C context', { '@context': [contexts.nuts, contexts.jsonWebSignature2020] }],
    ['with a third type', { type: ['VerifiableCredential', 'NutsOrganizationCredential', 'Extra'] }],
    ['of another type', { type: ['VerifiableCredential', 'ANWAuthorizationCredential'] }],
    ['with a claim that nothing gives a meaning', { credentialSubject: { id: actor.did, organization: { name: 'De Linde', city: 'Zwolle', ura: '1' } } }],
    ['with a name that is half a character', { credentialSubject: { id: actor.did, organization: { name: '\ud800', city: 'Zwolle' } } }],
    ['about nobody', { credentialSubject: { organization: { name: 'De Linde', city: 'Zwolle' } } }],
    ['about two', { credentialSubject: [{ id: actor.did, organization: { name: 'A', city: 'B' } }, { id: stranger.did, organization: { name: 'A', city: 'B' } }] }],
    ['in the space of another issuer', { id: newCredentialId(stranger) }],
    ['that ends before it starts', { expirationDate: '2025-01-01T12:00:00Z' }],
  ])('is refused %s', async (_, change) => {
    const { proof } = await signed();
    expect(await refusalOf(() => verify({ ...unsigned(actor, change), proof }))).toBe('malformed');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another type', { type: 'Ed25519Signature2018' }],
    ['another purpose', { proofPurpose: 'authentication' }],
    ['a challenge', { challenge: 'x' }],
    ['no signature', { jws: undefined }],
    ['a signature that is not detached', { jws: 'a.b.c' }],
    ['a signature in three parts', { jws: 'e30..AA..AA' }],
    ['a date of whole milliseconds', { created: '2026-01-01T12:00:00.000Z' }],
    ['a key that is no key id', { verificationMethod: 'key-1' }],
  ])('is refused when its proof has %s', async (_, change) => {
    const document = await signed();
    expect(await refusalOf(() => verify({ ...document, proof: { ...document.proof, ...change } }))).toBe('malformed');
  });

  it('is refused with two proofs', async () => {
    const document = await signed();
    expect(await refusalOf(() => verify({ ...document, proof: [document.proof, document.proof] }))).toBe('malformed');
  });

  it.each<[string, (document: Document) => Document]>([
    ['another name', (document) => ({ ...document, credentialSubject: { id: actor.did, organization: { name: 'Thuiszorg De Eik', city: 'Zwolle' } } })],
    ['name and city exchanged', (document) => ({ ...document, credentialSubject: { id: actor.did, organization: { name: 'Zwolle', city: 'Thuiszorg De Linde' } } })],
    ['another subject', (document) => ({ ...document, credentialSubject: { id: stranger.did, organization: { name: 'Thuiszorg De Linde', city: 'Zwolle' } } })],
    ['another end', (document) => ({ ...document, expirationDate: '2028-01-01T12:00:00Z' })],
    ['no end', ({ expirationDate: _, ...document }) => document as Document],
    ['another moment of signing', (document) => ({ ...document, proof: { ...document.proof, created: '2026-01-01T12:00:01Z' } })],
    ['another id', (document) => ({ ...document, id: newCredentialId(actor) })],
    ['a status that was not signed', (document) => ({ ...document, credentialStatus: { id: 'https://a.example/1#1', type: 'StatusList2021Entry', statusPurpose: 'revocation', statusListIndex: '1', statusListCredential: 'https://a.example/1' }, '@context': Object.values(contexts).filter((context) => context !== contexts.bitstringStatusList) })],
  ])('is refused once it was given %s', async (_, tamper) => {
    const document = await signed();
    expect(await refusalOf(() => verify(tamper(document)))).toBe('signature-invalid');
  });

  it('is refused when the header of its signature asks for another algorithm', async () => {
    const document = await signed();
    const [, signature] = document.proof['jws']!.split('..');
    const header = Buffer.from(JSON.stringify({ alg: 'none', b64: false, crit: ['b64'] })).toString('base64url');
    expect(await refusalOf(() => verify({ ...document, proof: { ...document.proof, jws: `${header}..${signature}` } }))).toBe('unsupported-algorithm');
  });

  it.each(['jwk', 'x5c', 'typ'])('is refused when the header of its signature has %s', async (member) => {
    const document = await signed();
    const [, signature] = document.proof['jws']!.split('..');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', b64: false, crit: ['b64'], [member]: 'x' })).toString('base64url');
    expect(await refusalOf(() => verify({ ...document, proof: { ...document.proof, jws: `${header}..${signature}` } }))).toBe('malformed');
  });

  it('is refused when someone else signed it in the name of the issuer', async () => {
    const { proof: _, ...document } = await signed();
    expect(await refusalOf(async () => verify(await signDocument(stranger.signer, document, '2026-01-01T12:00:00Z')))).toBe('signature-invalid');
  });

  it('is refused when signed with a key that its issuer does not publish', async () => {
    const former = createTestParty('former');
    const impostor = { ...former.signer, did: actor.did, kid: `${actor.did}#old` as never };
    const { proof: _, ...document } = await signed();
    expect(await refusalOf(async () => verify(await signDocument(impostor, document, '2026-01-01T12:00:00Z')))).toBe('key-unknown');
  });

  it('is refused before and after its dates, and when it was signed in the future', async () => {
    const document = await signed();
    expect(await refusalOf(() => verify(document, new Date('2026-01-01T11:59:54Z')))).toBe('not-yet-valid');
    expect(await refusalOf(() => verify(document, new Date('2027-01-01T12:00:06Z')))).toBe('expired');
    expect(await refusalOf(async () => verify(await signed({}, { created: '2026-01-01T19:00:06Z' })))).toBe('not-yet-valid');
  });
});

describe('contexts (spec nuts-protocols §2.4)', () => {
  it('come from our own shelf: another is refused without a request', async () => {
    const asked: unknown[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = (async (...call: unknown[]) => asked.push(call)) as never;
    try {
      expect(await refusalOf(() => canonicalize({ '@context': 'https://attacker.example/v1', id: 'urn:x:1' }))).toBe('malformed');
    } finally {
      globalThis.fetch = original;
    }
    expect(asked).toEqual([]);
  });

  it('give every member a meaning: one without is refused instead of dropped', async () => {
    expect(await refusalOf(() => canonicalize({ '@context': contexts.credentials, id: 'urn:x:1', type: 'VerifiableCredential', unheardOf: 1 }))).toBe('malformed');
  });
});
