import { createLocalSigner, JwsError, type Signer, type VerificationKeys } from '@anw/identity';
import { Did, DidUrl, OrganisationId } from '@anw/values';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signLogHead, type StoredHead, verifyLogHead } from './log-head.js';
import { chainStart, createLink } from './log-link.js';
import { type LoggedRow, type SealedFact, sealedFacts } from './logged-row.js';
import { type LogToVerify, verifyLog } from './verify-log.js';

const organisation = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const did = Did.parse('did:web:bron.example:iam:77aa');
const now = new Date('2026-01-01T22:00:00Z');
const known = new Map<DidUrl, KeyObject>();
const keys: VerificationKeys = {
  async assertionKey(kid) {
    const key = known.get(kid);
    if (key === undefined) throw new JwsError('unknown-key', 'kid is not an assertion key of its DID');
    return key;
  },
};

function signerOf(kid: string): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  known.set(DidUrl.parse(kid), publicKey);
  return createLocalSigner(DidUrl.parse(kid), privateKey);
}

const signer = signerOf(`${did}#key-1`);
const blank = Object.fromEntries(sealedFacts.map((fact) => [fact, null])) as Record<SealedFact, null>;
const rows: readonly LoggedRow[] = [1, 2].map((sequence) => ({ sequence, form: 2, facts: blank }));
const link = createLink(organisation, chainStart(organisation), rows, { through: 2, sealedAt: now });
const head = { ...link, signedAt: now };

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

function log(heads: readonly StoredHead[], more: Partial<LogToVerify> = {}): LogToVerify {
  return { organisation, did, keys, chain: { links: () => each([link]), rows: () => each(rows), listHeads: async () => heads }, ...more };
}

describe('signed heads of the log', () => {
  it('confirm the chain up to where they were signed', async () => {
    const jws = await signLogHead(signer, organisation, head);
    expect(await verifyLogHead(jws, { organisation, did, keys })).toEqual({ position: 1, through: 2, hash: Buffer.from(link.hash), signedAt: now });
    expect(await verifyLog(log([{ position: 1, jws }]))).toMatchObject({ holds: true, heads: 1, confirmed: { position: 1 } });
  });

  it('say no more than where the chain ended: no personal data', async () => {
    const jws = await signLogHead(signer, organisation, head);
    expect(Object.keys(JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()))).toEqual(['iss', 'iat', 'organisation', 'position', 'through', 'hash']);
  });

  it('are no proof when another organisation signed them', async () => {
    const other = signerOf('did:web:elders.example:iam:1#key-1');
    const report = await verifyLog(log([{ position: 1, jws: await signLogHead(other, organisation, head) }]));
    expect(report).toMatchObject({ holds: false, badHead: { position: 1, reason: 'signed by another organisation' } });
  });

  it('are no proof when they were signed for another organisation or another place', async () => {
    const elsewhere = await signLogHead(signer, OrganisationId.parse('22222222-2222-4222-8222-222222222222'), head);
    expect((await verifyLog(log([{ position: 1, jws: elsewhere }]))).badHead?.reason).toBe('not a head of this organisation');
    const later = await signLogHead(signer, organisation, { ...head, position: 2 });
    expect((await verifyLog(log([{ position: 1, jws: later }]))).badHead?.reason).toMatch(/another place/);
  });

  it('are no proof when a letter of them was changed', async () => {
    const jws = await signLogHead(signer, organisation, head);
    const [header, , signature] = jws.split('.');
    const payload = Buffer.from(JSON.stringify({ iss: did, iat: 1, organisation, position: 1, through: 2, hash: 'A'.repeat(43) })).toString('base64url');
    expect(await verifyLog(log([{ position: 1, jws: `${header}.${payload}.${signature}` }]))).toMatchObject({ holds: false, badHead: { position: 1 } });
  });

  it('by a key that leaked prove nothing, for or against', async () => {
    const jws = await signLogHead(createLocalSigner(DidUrl.parse(`${did}#leaked`), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), organisation, head);
    expect(await verifyLog(log([{ position: 1, jws }], { withdrawnKeys: new Set([DidUrl.parse(`${did}#leaked`)]) }))).toMatchObject({ holds: true, unprovenHeads: 1, heads: 0, confirmed: { position: 0 } });
    expect(await verifyLog(log([{ position: 1, jws }]))).toMatchObject({ holds: false, badHead: { position: 1 } });
  });

  it('that were kept elsewhere find a chain of which the end was cut off and made anew', async () => {
    const other = createLink(organisation, chainStart(organisation), rows.slice(0, 1), { through: 1, sealedAt: now });
    const kept = await signLogHead(signer, organisation, { ...other, signedAt: now });
    expect((await verifyLog(log([]))).holds).toBe(true);
    expect(await verifyLog(log([], { keptHeads: [kept] }))).toMatchObject({ holds: false, break: { kind: 'head-contradicted', sequence: 1 } });
    expect(await verifyLog(log([], { keptEnds: [{ position: 1, hash: other.hash }] }))).toMatchObject({ holds: false, break: { kind: 'head-contradicted', position: 1 } });
    const ahead = await signLogHead(signer, organisation, { ...link, position: 2, through: 9, signedAt: now });
    expect((await verifyLog(log([], { keptHeads: [ahead] }))).break).toEqual({ kind: 'link-missing', sequence: 3, position: 2 });
  });
});
