import { Did } from '@anw/values';
import { createDidWebResolver, type DidWebResolverConfig, type FetchedDocument, MAX_DID_DOCUMENT_BYTES } from './did-web-resolver.js';

const did = Did.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10');

const documentOf = (subject: string, extra: object = {}) => Buffer.from(JSON.stringify({ '@context': ['https://www.w3.org/ns/did/v1'], id: subject, ...extra }));
const answerFor = (subject: string, changes: Partial<FetchedDocument> = {}): FetchedDocument => ({ status: 200, contentType: 'application/json', body: documentOf(subject), ...changes });

/** A resolver against a publisher whose next answers the spec decides; time stands still until told. */
function setUp(config: Partial<DidWebResolverConfig> = {}) {
  const world = {
    now: Date.parse('2026-11-22T20:00:00Z'),
    asked: [] as string[],
    answer: (): FetchedDocument | Promise<FetchedDocument> => answerFor(did),
    wait: (seconds: number) => void (world.now += seconds * 1000),
  };
  const resolver = createDidWebResolver({
    clock: () => new Date(world.now),
    fetchDocument: async (url) => {
      world.asked.push(url.href);
      return world.answer();
    },
    ...config,
  });
  const failure = (subject: Did = did, options?: { fresh: boolean }) =>
    resolver.resolve(subject, options).then(
      () => 'resolved',
      (error: { code: string }) => error.code,
    );
  return { world, resolver, failure };
}

describe('did:web resolver (spec nuts-protocols §1.2)', () => {
  it('asks the publisher at the URL of the DID', async () => {
    const { resolver, world } = setUp();
    expect((await resolver.resolve(did)).id).toBe(did);
    expect(world.asked).toEqual(['https://zorg.example/iam/41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10/did.json']);
  });

  describe('content', () => {
    it.each(['application/json', 'application/did+json', 'application/did+ld+json', 'application/json; charset=utf-8', 'Application/DID+JSON'])('takes %s', async (contentType) => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(did, { contentType });
      expect(await failure()).toBe('resolved');
    });

    it.each(['text/html', 'text/plain', 'application/jsonp', '', undefined])('refuses %s', async (contentType) => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(did, { contentType });
      expect(await failure()).toBe('malformed');
    });

    it.each([
      ['another DID', 'did:web:evil.example'],
      ['the host in another case', did.replace('zorg', 'Zorg')],
      ['a longer DID', `${did}0`],
    ])('refuses a document about %s', async (_who, subject) => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(subject);
      expect(await failure()).toBe('other-did');
    });

    it('compares %3A byte for byte', async () => {
      const withPort = Did.parse('did:web:zorg.example%3A8443');
      const { world, failure } = setUp();
      world.answer = () => answerFor('did:web:zorg.example%3a8443');
      expect(await failure(withPort)).toBe('other-did');
    });

    it.each([
      ['no JSON', Buffer.from('<html>')],
      ['a list', Buffer.from('[]')],
      ['a document without id', Buffer.from('{}')],
      ['a member named twice', Buffer.from(`{"id":"did:web:evil.example","id":"${did}"}`)],
      ['a relative key id', documentOf(did, { assertionMethod: ['#key-1'] })],
    ])('refuses %s', async (_what, body) => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(did, { body });
      expect(await failure()).toBe('malformed');
    });

    it('refuses more than 1 MiB', async () => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(did, { body: new Uint8Array(MAX_DID_DOCUMENT_BYTES + 1) });
      expect(await failure()).toBe('too-large');
    });

    it('says too large when the fetch itself stopped at its limit', async () => {
      const { world, failure } = setUp();
      world.answer = () => Promise.reject(Object.assign(new Error('x'), { code: 'response-too-large' }));
      expect(await failure()).toBe('too-large');
    });
  });

  it.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [301, 'unreachable'],
    [302, 'unreachable'],
    [500, 'unreachable'],
    [204, 'unreachable'],
  ])('answers status %d with %s', async (status, code) => {
    const { world, failure } = setUp();
    world.answer = () => answerFor(did, { status });
    expect(await failure()).toBe(code);
  });

  it('says unreachable when nothing came back', async () => {
    const { world, failure } = setUp();
    world.answer = () => Promise.reject(new Error('connect ECONNREFUSED'));
    expect(await failure()).toBe('unreachable');
  });

  it('asks nobody for a DID of another method or of bad form', async () => {
    const { world, failure } = setUp();
    expect(await failure(Did.parse('did:key:z6Mk'))).toBe('unsupported-method');
    expect(await failure(Did.parse('did:web:127.0.0.1'))).toBe('malformed');
    expect(world.asked).toEqual([]);
  });

  describe('cache', () => {
    it('gives no place to a DID that nobody can publish', async () => {
      const { world, resolver, failure } = setUp({ maxEntries: 1 });
      await resolver.resolve(did);
      await failure(Did.parse('did:web:127.0.0.1'));
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(1);
    });

    it('answers from its copy for as long as the publisher says', async () => {
      const { world, resolver } = setUp();
      world.answer = () => answerFor(did, { maxAgeSeconds: 60 });
      await resolver.resolve(did);
      world.wait(59);
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(1);
      world.wait(1);
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(2);
    });

    it('keeps nothing longer than its own maximum, whatever the publisher says', async () => {
      const { world, resolver } = setUp({ maxAgeSeconds: 300 });
      world.answer = () => answerFor(did, { maxAgeSeconds: 86_400 });
      await resolver.resolve(did);
      world.wait(300);
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(2);
    });

    it('asks at most once in five seconds for what may not be cached', async () => {
      const { world, resolver } = setUp();
      world.answer = () => answerFor(did, { maxAgeSeconds: 0 });
      await resolver.resolve(did);
      world.wait(4);
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(1);
      world.wait(1);
      await resolver.resolve(did);
      expect(world.asked).toHaveLength(2);
    });

    it('remembers a failure for a few seconds only', async () => {
      const { world, failure } = setUp();
      world.answer = () => answerFor(did, { status: 500 });
      expect([await failure(), await failure()]).toEqual(['unreachable', 'unreachable']);
      expect(world.asked).toHaveLength(1);
      world.answer = () => answerFor(did);
      world.wait(5);
      expect(await failure()).toBe('resolved');
    });

    it('shares one request between those who ask at the same time', async () => {
      const { world, resolver } = setUp();
      await Promise.all(Array.from({ length: 20 }, () => resolver.resolve(did)));
      expect(world.asked).toHaveLength(1);
    });

    it('shares a failure between those who ask at the same time, then asks again', async () => {
      const { world, failure } = setUp();
      world.answer = () => Promise.reject(new Error('down'));
      expect(await Promise.all([failure(), failure()])).toEqual(['unreachable', 'unreachable']);
      expect(world.asked).toHaveLength(1);
    });

    it('forgets the DID that was used longest ago when it is full', async () => {
      const { world, resolver } = setUp({ maxEntries: 2 });
      const [one, two, three] = ['one', 'two', 'three'].map((name) => Did.parse(`did:web:${name}.example`)) as [Did, Did, Did];
      const ask = async (subject: Did) => {
        world.answer = () => answerFor(subject);
        await resolver.resolve(subject);
      };
      for (const subject of [one, two, one, three, one]) await ask(subject);
      expect(world.asked).toHaveLength(3);
      await ask(two);
      expect(world.asked).toHaveLength(4);
    });
  });

  describe('asked for a fresh document', () => {
    it('asks the publisher again', async () => {
      const { world, resolver } = setUp();
      await resolver.resolve(did);
      world.wait(5);
      world.answer = () => answerFor(did, { body: documentOf(did, { service: [{ id: `${did}#x`, type: 'anw-oauth', serviceEndpoint: 'https://new.example' }] }) });
      expect((await resolver.resolve(did, { fresh: true })).service).toHaveLength(1);
      expect((await resolver.resolve(did)).service).toHaveLength(1);
    });

    it('obliges at once, and then at most once in five seconds', async () => {
      const { world, resolver } = setUp();
      await resolver.resolve(did);
      for (let second = 0; second < 10; second += 1) {
        await resolver.resolve(did, { fresh: true });
        world.wait(1);
      }
      expect(world.asked).toHaveLength(3);
    });

    it('keeps the copy it had when the publisher does not answer', async () => {
      const { world, failure } = setUp();
      expect(await failure()).toBe('resolved');
      world.wait(5);
      world.answer = () => Promise.reject(new Error('down'));
      expect(await failure(did, { fresh: true })).toBe('unreachable');
      expect(await failure()).toBe('resolved');
      expect(await failure(did, { fresh: true })).toBe('resolved');
      expect(world.asked).toHaveLength(2);
    });
  });
});
