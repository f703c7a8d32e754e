import * as bazaarBitstringList from '@digitalbazaar/vc-bitstring-status-list';
import * as bazaarStatusList from '@digitalbazaar/vc-status-list';
import { signCompactJws } from '@anw/identity';
import { createTestParties, exampleAuthorization, InMemoryStatusRegister, keysOfParties, newCredentialId, statusListsOf, type TestParty } from '@anw/testing/parties';
import type { DidUrl } from '@anw/values';
import fc from 'fast-check';
import { flattenedVerify, jwtVerify } from 'jose';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { contexts } from '../contexts.js';
import type { StatusEntry } from '../credential.js';
import { canonicalize } from '../linked-data/canonicalize.js';
import { signDocument } from '../linked-data/linked-data-proof.js';
import { parseCredential } from '../parse-credential.js';
import { issueAuthorizationCredential } from '../types/authorization-credential.js';
import { createBitstring, decodeBitstring, encodeBitstring, isBitSet, STATUS_LIST_BITS } from './bitstring.js';
import { createStatusEntries, parseStatusEntries, type StatusListForm, statusListUrl } from './status-entry.js';
import { issueStatusList, type StatusListToIssue, verifyStatusList } from './status-list-credential.js';
import { signListAsJwt } from './status-list-jwt.js';
import { createCredentialStatuses, type StatusResolverOptions } from './status-resolver.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { regisseur, stranger } = parties;
const keys = keysOfParties(regisseur, stranger);
const base = statusListsOf(regisseur);
const forms: readonly StatusListForm[] = ['StatusList2021', 'BitstringStatusList'];
const urlOf = (form: StatusListForm) => statusListUrl(form, base, 1);
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

function listOf(form: StatusListForm, revoked: readonly number[] = [], change: Partial<StatusListToIssue> = {}, issuer: TestParty = regisseur): Promise<string> {
  return issueStatusList(issuer.signer, { form, url: urlOf(form), id: newCredentialId(issuer), bits: createBitstring(revoked), now, ...change });
}

function payloadOf(jwt: string): Record<string, unknown> & { vc: Record<string, unknown> & { credentialSubject: Record<string, unknown>[] } } {
  return JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());
}

interface ListDocument extends Readonly<Record<string, unknown>> {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly credentialSubject: { readonly encodedList: string };
}

describe('bitstring (StatusList2021 §3.2; Bitstring Status List §3)', () => {
  it('has 131072 positions, all clear at first', () => {
    expect(createBitstring().length).toBe(16_384);
    expect(createBitstring().every((byte) => byte === 0)).toBe(true);
  });

  it('counts from the most significant bit of the first byte', () => {
    const bits = createBitstring([0, 9, 131_071]);
    expect([bits[0], bits[1], bits[16_383]]).toEqual([0x80, 0x40, 0x01]);
  });

  it('keeps every position through encoding and decoding', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(STATUS_LIST_BITS - 1), { maxLength: 200 }), fc.nat(STATUS_LIST_BITS - 1), (set, probe) => {
        expect(isBitSet(decodeBitstring(encodeBitstring(createBitstring(set))), probe)).toBe(set.includes(probe));
      }),
      { numRuns: 50 },
    );
  });

  it('is gzip in base64url without padding and without prefix', () => expect(encodeBitstring(createBitstring())).toMatch(/^H4sI[A-Za-z0-9_-]+$/));

  it.each([-1, 131_072, 0.5])('has no position %d', (index) => expect(() => createBitstring([index])).toThrow(RangeError));

  it.each([
    ['the standard alphabet', 'H4sI+/'],
    ['no text', ''],
    ['no gzip', 'AAAA'],
    ['a list that is too short', gzipSync(Buffer.alloc(16_383)).toString('base64url')],
    ['a list that unpacks beyond 1 MiB', gzipSync(Buffer.alloc(8 * 1024 * 1024)).toString('base64url')],
  ])('is refused with %s', (_, encoded) => expect(() => decodeBitstring(encoded)).toThrow(expect.objectContaining({ code: 'status-malformed' })));
});

describe('status entries of a credential (design D10)', () => {
  const [first, second] = createStatusEntries(base, { page: 2, index: 417 });

  it('are one for each list, with the same index as decimal text', () => {
    expect([first, second]).toEqual([
      {
        id: `https://regie.example/statuslist/${base.uuid}/2#417`,
        type: 'StatusList2021Entry',
        statusPurpose: 'revocation',
        statusListIndex: '417',
        statusListCredential: `https://regie.example/statuslist/${base.uuid}/2`,
      },
      {
        id: `https://regie.example/bitstring-statuslist/${base.uuid}/2#417`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '417',
        statusListCredential: `https://regie.example/bitstring-statuslist/${base.uuid}/2`,
      },
    ]);
  });

  it('are read from the wire, and read again as kept', () => {
    const read = parseStatusEntries([first, second]);
    expect(read.map(({ statusListIndex }) => statusListIndex)).toEqual([417, 417]);
    expect(parseStatusEntries(read)).toEqual(read);
  });

  it.each<Record<string, unknown>>([
    { type: 'RevocationList2020Status' },
    { statusPurpose: 'suspension' },
    { statusPurpose: undefined },
    { statusListIndex: '131072' },
    { statusListIndex: '-1' },
    { statusListIndex: '007' },
    { statusListIndex: '1e3' },
    { statusListIndex: undefined },
    { statusListCredential: 'http://regie.example/statuslist/x/1' },
    { statusListCredential: 'x' },
  ])('are refused with %j', (change) => expect(() => parseStatusEntries([{ ...first, ...change }])).toThrow(expect.objectContaining({ code: 'status-malformed' })));
});

describe.each(forms)('status list credential as %s', (form) => {
  const verify = (body: string, when = now) => verifyStatusList(body, { form, url: urlOf(form), keys, now: when });

  it('tells issuer, end and bits', async () => {
    const list = await verify(await listOf(form, [417]));
    expect(list).toMatchObject({ issuer: regisseur.did, expiresAt: at(86_395) });
    expect([isBitSet(list.bits, 417), isBitSet(list.bits, 418)]).toEqual([true, false]);
  });

  it('is refused under another URL than it was fetched from', async () => {
    await expect(verify(await listOf(form, [], { url: `${urlOf(form)}0` }))).rejects.toMatchObject({ code: 'status-malformed' });
  });

  it('is refused in place of the other form', async () => {
    const other = forms.find((candidate) => candidate !== form)!;
    await expect(verify(await listOf(other, [], { url: urlOf(form) }))).rejects.toMatchObject({ code: 'status-malformed' });
  });

  it('is refused when it is over', async () => await expect(verify(await listOf(form), at(86_401))).rejects.toMatchObject({ code: 'expired' }));
  it('is refused when it is from the future', async () => await expect(verify(await listOf(form), at(-11))).rejects.toMatchObject({ code: 'not-yet-valid' }));
  it.each(['', 'null', '<html>', '{', '"'])('is refused when the answer is %j', async (body) => await expect(verify(body)).rejects.toMatchObject({ code: 'malformed' }));
  it('is refused when the answer is an empty object', async () => await expect(verify('{}')).rejects.toMatchObject({ code: 'status-malformed' }));
});

describe('status list credential as jwt_vc (Bitstring Status List §2.2)', () => {
  const form = 'BitstringStatusList';
  const verify = (body: string) => verifyStatusList(body, { form, url: urlOf(form), keys, now });

  it('is verified by an independent implementation and lives a day', async () => {
    const { payload } = await jwtVerify(await listOf(form), regisseur.publicKey, { algorithms: ['ES256'], issuer: regisseur.did, subject: urlOf(form), currentDate: now });
    expect(payload.exp! - payload.nbf!).toBe(86_400);
    expect(payload['vc']).toMatchObject({
      type: ['VerifiableCredential', `${form}Credential`],
      credentialSubject: [{ id: urlOf(form), type: form, statusPurpose: 'revocation', encodedList: expect.stringMatching(/^uH4sI/) }],
    });
  });

  it('is read by the library of Digital Bazaar', async () => {
    const { encodedList } = payloadOf(await listOf(form, [417, 131_071])).vc.credentialSubject[0]! as { encodedList: string };
    const list = await bazaarBitstringList.decodeList({ encodedList });
    expect([416, 417, 418, 131_070, 131_071].map((index) => list.getStatus(index))).toEqual([false, true, false, false, true]);
  });

  it('may come as a JSON string', async () => expect(await verify(`"${await listOf(form)}"\n`)).toMatchObject({ issuer: regisseur.did }));

  it('is refused when someone else signed it', async () => {
    const forged = await signCompactJws(stranger.signer, { typ: 'JWT' }, payloadOf(await listOf(form)));
    await expect(verify(forged)).rejects.toMatchObject({ code: 'signature-invalid' });
  });

  it.each<[string, (payload: ReturnType<typeof payloadOf>) => object]>([
    ['another purpose', (p) => ({ ...p, vc: { ...p.vc, credentialSubject: [{ ...p.vc.credentialSubject[0], statusPurpose: 'suspension' }] } })],
    ['another subject inside', (p) => ({ ...p, vc: { ...p.vc, credentialSubject: [{ ...p.vc.credentialSubject[0], id: 'https://x.example' }] } })],
    ['a status of its own', (p) => ({ ...p, vc: { ...p.vc, credentialStatus: [] } })],
    ['two subjects', (p) => ({ ...p, vc: { ...p.vc, credentialSubject: [...p.vc.credentialSubject, ...p.vc.credentialSubject] } })],
    ['no end', (p) => ({ ...p, exp: undefined })],
    ['a list that is no text', (p) => ({ ...p, vc: { ...p.vc, credentialSubject: [{ ...p.vc.credentialSubject[0], encodedList: 1 }] } })],
    ['a third type', (p) => ({ ...p, vc: { ...p.vc, type: [...(p.vc['type'] as string[]), 'X'] } })],
  ])('is refused with %s', async (_, change) => {
    const jwt = await signCompactJws(regisseur.signer, { typ: 'JWT' }, change(payloadOf(await listOf(form))));
    await expect(verify(jwt)).rejects.toMatchObject({ code: 'status-malformed' });
  });

});

describe('status list credential as ldp_vc (spec nuts-protocols §2.8)', () => {
  const form = 'StatusList2021';
  const url = urlOf(form);
  const verify = (document: unknown) => verifyStatusList(JSON.stringify(document), { form, url, keys, now });
  const documentOf = async (revoked: readonly number[] = []): Promise<ListDocument> => JSON.parse(await listOf(form, revoked));
  const signedAnew = async (change: Record<string, unknown>, issuer = regisseur) => {
    const { proof: _, ...document } = await documentOf();
    return signDocument(issuer.signer, { ...document, ...change }, '2026-01-01T18:59:55Z');
  };

  it('has the very shape that nuts-node reads', async () => {
    expect(await documentOf([417])).toEqual({
      '@context': [contexts.credentials, contexts.statusList2021, contexts.jsonWebSignature2020],
      id: expect.stringMatching(`^${regisseur.did}#`),
      type: ['VerifiableCredential', 'StatusList2021Credential'],
      issuer: regisseur.did,
      issuanceDate: '2026-01-01T18:59:55Z',
      expirationDate: '2026-01-02T18:59:55Z',
      credentialSubject: { id: url, type: 'StatusList2021', statusPurpose: 'revocation', encodedList: expect.stringMatching(/^H4sI[A-Za-z0-9_-]+$/) },
      proof: { type: 'JsonWebSignature2020', proofPurpose: 'assertionMethod', created: '2026-01-01T18:59:55Z', verificationMethod: regisseur.signer.kid, jws: expect.stringMatching(/^[\w-]+\.\.[\w-]{86}$/) },
    });
  });

  it('is read by the library of Digital Bazaar', async () => {
    const { encodedList } = (await documentOf([417, 131_071])).credentialSubject;
    const list = await bazaarStatusList.decodeList({ encodedList });
    expect([416, 417, 418, 131_070, 131_071].map((index) => list.getStatus(index))).toEqual([false, true, false, false, true]);
  });

  it('is signed over what its canonical form says: jose agrees', async () => {
    const { proof, ...document } = await documentOf([417]);
    const { jws, type, ...options } = proof as { jws: string; type: string };
    const [header, signature] = jws.split('..');
    const digests = await Promise.all([{ '@context': contexts.jsonWebSignature2020, '@type': type, ...options }, document].map(async (part) => createHash('sha256').update(await canonicalize(part)).digest()));
    await expect(flattenedVerify({ protected: header!, payload: Buffer.concat(digests), signature: signature! }, regisseur.publicKey, { algorithms: ['ES256'] })).resolves.toBeDefined();
  });

  it('is taken as jwt_vc as well', async () => {
    const { id, credentialSubject } = await documentOf([417]);
    const list = await signListAsJwt(regisseur.signer, {
      url, id: id as DidUrl, from: now.getTime() / 1000, until: now.getTime() / 1000 + 60, type: 'StatusList2021Credential', contexts: [contexts.credentials, contexts.statusList2021], subject: credentialSubject as never,
    });
    expect(isBitSet((await verifyStatusList(list, { form, url, keys, now })).bits, 417)).toBe(true);
  });

  it('is refused when a bit was cleared', async () => {
    const revoked = await documentOf([417]);
    const { credentialSubject } = await documentOf();
    await expect(verify({ ...revoked, credentialSubject })).rejects.toMatchObject({ code: 'signature-invalid' });
  });

  it('is refused when someone else signed it', async () => {
    await expect(verify(await signedAnew({}, stranger))).rejects.toMatchObject({ code: 'signature-invalid' });
  });

  it('is refused when a member is named twice', async () => {
    const text = (await listOf(form)).replace('{', '{"issuer":"did:web:other.example",');
    await expect(verifyStatusList(text, { form, url, keys, now })).rejects.toMatchObject({ code: 'malformed' });
  });

  it.each<[string, (document: ListDocument) => Record<string, unknown>]>([
    ['another purpose', (d) => ({ credentialSubject: { ...d.credentialSubject, statusPurpose: 'suspension' } })],
    ['a status of its own', () => ({ credentialStatus: [] })],
    ['two subjects', (d) => ({ credentialSubject: [d.credentialSubject, d.credentialSubject] })],
    ['no end', () => ({ expirationDate: undefined })],
    ['a list that is no text', (d) => ({ credentialSubject: { ...d.credentialSubject, encodedList: 1 } })],
    ['a third type', (d) => ({ type: [...d.type, 'X'] })],
    ['a context of its own making', (d) => ({ '@context': [...d['@context'], { encodedList: 'urn:x' }] })],
    ['a date that a node prints otherwise', () => ({ issuanceDate: '2026-01-01T18:59:55.000Z' })],
    ['another member', () => ({ evidence: 'none' })],
  ])('is refused with %s', async (_, change) => {
    const document = await documentOf();
    await expect(verify({ ...document, ...change(document) })).rejects.toMatchObject({ code: 'status-malformed' });
  });

  it('is refused when another type was signed', async () => {
    await expect(verify(await signedAnew({ type: ['VerifiableCredential', 'StatusList2021Entry'] }))).rejects.toMatchObject({ code: 'status-malformed' });
  });
});

describe('status of a credential (design D10: fail closed)', () => {
  /** The lists as served, by URL; a value may be changed during a test. */
  function region(options: Partial<StatusResolverOptions> = {}) {
    const served = new Map<string, string | Error>();
    const fetched: string[] = [];
    const time = { now };
    const statuses = createCredentialStatuses({
      fetchList: async (url) => {
        fetched.push(url);
        await Promise.resolve();
        const body = served.get(url);
        if (typeof body !== 'string') throw body ?? new Error('404');
        return body;
      },
      keys,
      clock: () => time.now,
      ...options,
    });
    const serve = async (revoked: readonly number[] = [], issuer = regisseur) => {
      for (const form of forms) served.set(urlOf(form), await listOf(form, revoked, { now: time.now }, issuer));
    };
    return { statuses, served, fetched, time, serve };
  }

  const credentialWith = (status: readonly unknown[] = createStatusEntries(base, { page: 1, index: 417 })) => ({ id: newCredentialId(regisseur), issuer: regisseur.did, status });

  it('is valid when every list says so, as of the moment of fetching', async () => {
    const { statuses, serve } = region();
    await serve();
    expect(await statuses.statusOf(credentialWith())).toEqual({ status: 'valid', checkedAt: now });
  });

  it('is read for a credential as it came, with real keys and lists', async () => {
    const { statuses, serve } = region();
    await serve();
    expect(await statuses.statusOf(parseCredential(await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now))))).toMatchObject({ status: 'valid' });
  });

  it('is revoked when its bit is set, and only its own', async () => {
    const { statuses, serve } = region();
    await serve([416, 418]);
    expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'valid' });
    const other = region();
    await other.serve([417]);
    expect(await other.statuses.statusOf(credentialWith())).toEqual({ status: 'revoked' });
  });

  it.each(forms)('is revoked when %s alone says so', async (form) => {
    const { statuses, served, serve } = region();
    await serve();
    served.set(urlOf(form), await listOf(form, [417]));
    expect(await statuses.statusOf(credentialWith())).toEqual({ status: 'revoked' });
  });

  it.each(forms)('is unknown when %s alone cannot be had', async (form) => {
    const { statuses, served, serve } = region();
    await serve();
    served.delete(urlOf(form));
    expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
  });

  it('is revoked when one list says so and the other cannot be had', async () => {
    const { statuses, served, serve } = region();
    await serve([417]);
    served.delete(urlOf('StatusList2021'));
    expect(await statuses.statusOf(credentialWith())).toEqual({ status: 'revoked' });
  });

  it('is unknown without any entry', async () => expect(await region().statuses.statusOf(credentialWith([]))).toMatchObject({ status: 'unknown' }));

  it.each<[string, (entry: object) => object]>([
    ['another type', (entry) => ({ ...entry, type: 'RevocationList2020Status' })],
    ['another purpose', (entry) => ({ ...entry, statusPurpose: 'suspension' })],
    ['an index outside the list', (entry) => ({ ...entry, statusListIndex: '131072' })],
  ])('is unknown when one of its entries has %s', async (_, change) => {
    const { statuses, serve } = region();
    await serve();
    const [first, second] = createStatusEntries(base, { page: 1, index: 417 });
    expect(await statuses.statusOf(credentialWith([first, change(second!)]))).toMatchObject({ status: 'unknown' });
  });

  it('is unknown when the list is of another issuer, although that issuer signed it', async () => {
    const { statuses, serve } = region();
    await serve([], stranger);
    expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown', detail: 'the list is of another issuer' });
  });

  it('is unknown when the list is over', async () => {
    const { statuses, serve, time } = region();
    await serve();
    time.now = at(86_401);
    expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
  });

  it.each<unknown>(['not a list', new Error('time-out')])('is unknown when %s comes back', async (answer) => {
    const { statuses, served } = region();
    for (const form of forms) served.set(urlOf(form), answer as string);
    expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
  });

  describe('cache', () => {
    it('fetches each list once, however many ask at once', async () => {
      const { statuses, serve, fetched } = region();
      await serve();
      await Promise.all(Array.from({ length: 100 }, () => statuses.statusOf(credentialWith())));
      expect(fetched).toHaveLength(2);
    });

    it('fetches anew after its maximum age, and sees a revocation then', async () => {
      const { statuses, serve, fetched, time } = region({ maxAgeSeconds: 60 });
      await serve();
      await statuses.statusOf(credentialWith());
      await serve([417]);
      time.now = at(59);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'valid', checkedAt: now });
      time.now = at(60);
      expect(await statuses.statusOf(credentialWith())).toEqual({ status: 'revoked' });
      expect(fetched).toHaveLength(4);
    });

    it('bridges a list that is away for a moment, never beyond five minutes', async () => {
      const { statuses, serve, served, time } = region({ maxAgeSeconds: 60 });
      await serve();
      await statuses.statusOf(credentialWith());
      served.clear();
      time.now = at(299);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'valid' });
      time.now = at(300);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
    });

    it('does not use a list beyond its own end', async () => {
      const { statuses, serve, served, time } = region({ maxAgeSeconds: 60 });
      await serve();
      time.now = at(86_390);
      await statuses.statusOf(credentialWith());
      served.clear();
      time.now = at(86_395);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
    });

    it('does not ask again for two seconds after a failure, and does then', async () => {
      const { statuses, serve, fetched, time } = region();
      await statuses.statusOf(credentialWith());
      await serve();
      time.now = at(1);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'unknown' });
      expect(fetched).toHaveLength(2);
      time.now = at(2);
      expect(await statuses.statusOf(credentialWith())).toMatchObject({ status: 'valid' });
    });

    it('keeps no more lists than it may: the one used longest ago goes first', async () => {
      const { statuses, served, fetched } = region({ maxEntries: 2 });
      const entryOf = (page: number): StatusEntry => parseStatusEntries(createStatusEntries(base, { page, index: 1 }))[0]!;
      const url = (page: number) => statusListUrl('StatusList2021', base, page);
      for (const page of [1, 2, 3]) served.set(url(page), await listOf('StatusList2021', [], { url: url(page) }));
      for (const page of [1, 2, 1, 3, 1, 2]) expect(await statuses.statusOf(credentialWith([entryOf(page)]))).toMatchObject({ status: 'valid' });
      expect(fetched).toEqual([url(1), url(2), url(3), url(2)]);
    });

    it('may not be older than five minutes', () => expect(() => region({ maxAgeSeconds: 301 })).toThrow(RangeError));
  });

  it('follows the register of the issuer from issue to revocation', async () => {
    const register = new InMemoryStatusRegister();
    const id: DidUrl = newCredentialId(regisseur);
    const position = await register.allocate(id);
    const statusNow = async () => {
      const { statuses, served } = region();
      for (const form of forms) served.set(urlOf(form), await listOf(form, [], { bits: (await register.bitsOf(1))! }));
      return (await statuses.statusOf(credentialWith(createStatusEntries(base, position)))).status;
    };
    expect(await statusNow()).toBe('valid');
    await register.revoke(id, now);
    expect(await statusNow()).toBe('revoked');
  });
});
