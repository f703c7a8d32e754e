import { createDocumentFetch, maxAgeOf } from './fetch-did-document.js';
import type { OutboundRequest } from './outbound.js';

describe('fetch of a DID document', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    ['max-age=300', 300],
    ['public, max-age=300', 300],
    ['Public, Max-Age=60', 60],
    ['max-age="60"', 60],
    ['s-maxage=9, max-age=60', 60],
    ['no-store', 0],
    ['max-age=300, no-cache', 0],
    ['max-age=-1', undefined],
    ['max-age=x', undefined],
  ])('reads Cache-Control %j as %p seconds', (header, seconds) => expect(maxAgeOf(header)).toBe(seconds));

  it('hands over what the resolver decides on, and asks for no more than a DID document needs', async () => {
    const asked: (OutboundRequest | undefined)[] = [];
    const fetchDocument = createDocumentFetch(async (_url, request) => {
      asked.push(request);
      return new Response('{}', { status: 200, headers: { 'content-type': 'application/did+json', 'cache-control': 'max-age=7' } });
    });
    expect(await fetchDocument(new URL('https://zorg.example/did.json'))).toEqual({
      status: 200,
      contentType: 'application/did+json',
      maxAgeSeconds: 7,
      body: new Uint8Array([0x7b, 0x7d]),
    });
    expect(asked).toEqual([expect.objectContaining({ timeoutMilliseconds: 5_000, maxResponseBytes: 1_048_576 })]);
  });
});
