import { readNotice, whatToServe } from './what-to-serve.js';

const origin = 'https://actor.example';
const shell = new Set(['/assets/index-abc.js', '/icons/icon-192.png']);
const serve = (path: string, change: Partial<Pick<Request, 'method' | 'mode'>> & { readonly at?: string } = {}) => {
  const { at = origin, method = 'GET', mode = 'cors' } = change;
  return whatToServe({ method, mode, url: at + path }, origin, shell);
};

describe('what the worker answers by itself', () => {
  it.each(['/', '/bezoek/1/toegang', '/dienst?x=1'])('is the one document for a navigation to %s', (path) => expect(serve(path, { mode: 'navigate' })).toBe('document'));
  it('is each file of the shell', () => expect(serve('/assets/index-abc.js')).toBe('shell-file'));

  it.each(['/api/route', '/api/visits/1/dossier', '/login', '/callback?code=1', '/logout', '/embedded/de-eik/launch', '/api'])('is never what the service says: %s', (path) => {
    expect(serve(path)).toBe('not-ours');
    expect(serve(path, { mode: 'navigate' })).toBe('not-ours');
  });

  it('is nothing that changes something', () => expect(serve('/', { method: 'POST', mode: 'navigate' })).toBe('not-ours'));
  it('is nothing of another origin', () => expect(serve('/assets/index-abc.js', { at: 'https://elsewhere.example' })).toBe('not-ours'));
  it('is no file that the build did not make', () => expect(serve('/assets/other.js')).toBe('not-ours'));
});

describe('a notice that was pushed', () => {
  it('says what the service says', () => expect(readNotice('{"notice":"visit-added","title":"Nieuw bezoek","body":"Open uw route."}')).toEqual({ notice: 'visit-added', title: 'Nieuw bezoek', body: 'Open uw route.' }));
  it.each([undefined, '', 'no JSON', '{}', '{"notice":1,"title":"x","body":"y"}', 'null'])('that cannot be read says in general that something changed: %s', (text) => expect(readNotice(text).body).toBe('Er is iets veranderd. Open uw route.'));
});
