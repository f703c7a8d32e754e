import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { readBuiltPages } from './built-pages.js';
import { contentPolicy } from './content-policy.js';
import type { FrameAncestors } from './frame-ancestors.js';
import { servePages } from './serve-pages.js';

const document = '<!doctype html><link rel="stylesheet" crossorigin href="/assets/index-c3.css"><div id="app"></div>';
const script = `console.log(${JSON.stringify('x'.repeat(2000))})`;
const navigation = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };

describe('pages at a staff door', () => {
  let directory: string;
  let door: FastifyInstance;
  let origins: readonly string[] = [];
  const ancestors: FrameAncestors = { originsFor: async (path) => (path === '/launch' ? origins : []) };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anw-pages-'));
    await mkdir(join(directory, 'assets'));
    const files = { 'index.html': document, 'build.json': '{}', 'favicon.svg': '<svg/>', 'assets/index-a1.js': script, 'assets/index-a1.js.br': brotliCompressSync(script), 'assets/index-c3.css': 'p{}' };
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    door = fastify();
    door.addHook('onRequest', async (_request, reply) => void reply.headers({ 'content-security-policy': contentPolicy(), 'x-frame-options': 'DENY' }));
    await servePages(door, readBuiltPages(directory)!, () => ancestors);
    door.get('/api/me', async (_request, reply) => reply.code(401).header('content-type', 'application/problem+json').send(Buffer.from('{"title":"U bent niet <ingelogd>","status":401,"reference":"r-1"}')));
    door.setNotFoundHandler((_request, reply) => void reply.code(404).header('content-type', 'application/problem+json').send('{"title":"Niet gevonden","status":404}'));
    await door.ready();
  });
  afterAll(async () => {
    await door.close();
    await rm(directory, { recursive: true });
  });

  it.each(['/', '/visits/0e5d', '/a.b/c'])('a navigation to %s gets the document, which nobody keeps', async (url) => {
    const answer = await door.inject({ url, headers: navigation });
    expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, document, 'no-store']);
  });

  it('a file with a hash in its name is kept for ever, one without is asked for again', async () => {
    expect((await door.inject({ url: '/assets/index-a1.js' })).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await door.inject({ url: '/favicon.svg' })).headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.any(String), 'content-type': expect.stringContaining('image/svg+xml') });
  });

  it('a file goes out compressed to who takes that', async () => {
    const answer = await door.inject({ url: '/assets/index-a1.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': expect.stringContaining('javascript') });
    expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(script);
    expect((await door.inject({ url: '/assets/index-a1.js' })).body).toBe(script);
  });

  it.each(['/build.json', '/index.html', '/assets/index-a1.js.br', '/assets/gone.js', '/assets/../index.html', '/%2e%2e/%2e%2e/etc/passwd', '/assets', '/visits/0e5d', '/api/unheard'])('a script that asks for %s is refused, whatever lies on the disk', async (url) => {
    expect((await door.inject({ url })).statusCode).toBe(404);
  });

  it.each(['/api/unheard', '/login/x', '/logout'])('no page stands in for %s of the service', async (url) => {
    expect((await door.inject({ url, headers: navigation })).statusCode).toBe(404);
  });

  it('nor for one with a fragment, which no browser sends', async () => {
    const origin = await door.listen({ port: 0, host: '127.0.0.1' });
    const asked = request(origin, { path: '/logout#x?y', headers: navigation }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(404);
  });

  it('a page is only read: other methods fall through', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) expect((await door.inject({ method, url: '/', headers: navigation })).statusCode).toBe(404);
  });

  it('a person who is refused somewhere gets a page in the look of the app, with text as text; a script gets the problem', async () => {
    const page = await door.inject({ url: '/api/me', headers: navigation });
    expect([page.statusCode, page.headers['content-type'], page.headers['cache-control']]).toEqual([401, 'text/html; charset=utf-8', 'no-store']);
    expect(page.body).toContain('U bent niet &lt;ingelogd&gt;');
    expect(page.body).toContain('<link rel="stylesheet" href="/assets/index-c3.css">');
    expect(page.body).toContain('r-1');
    expect((await door.inject({ url: '/api/me' })).json()).toMatchObject({ status: 401 });
  });

  describe('within other software (docs/embedding.md)', () => {
    const framing = async (url: string) => {
      const { headers } = await door.inject({ url, headers: navigation });
      return [/frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1], headers['x-frame-options']];
    };

    it('only the document of a launch may be framed, by the origins that are named now', async () => {
      origins = ['https://ecd.example', 'https://ecd2.example:8443'];
      expect(await framing('/launch')).toEqual(['https://ecd.example https://ecd2.example:8443', undefined]);
      expect(await framing('/')).toEqual(["'none'", 'DENY']);
      expect(await framing('/visits/0e5d')).toEqual(["'none'", 'DENY']);
      origins = [];
      expect(await framing('/launch')).toEqual(["'none'", 'DENY']);
    });
  });

  it('a directory without a build has no pages', () => {
    expect(readBuiltPages(join(directory, 'assets'))).toBeUndefined();
  });
});

describe('content security policy of the pages', () => {
  it('allows nothing inline, nothing evaluated and nothing from elsewhere', () => {
    const policy = contentPolicy();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});
