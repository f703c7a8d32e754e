/** What the worker does with a request: nothing (the browser asks the server), or one of its two ways. */
export type Serving = 'not-ours' | 'shell-file' | 'document';

/** Paths that the service answers itself: never kept, never answered from here. Framed documents carry headers of their own. */
const answeredByService = /^\/(?:api|login|callback|logout|embedded)(?:\/|$)/;

/**
 * Only what has no word about anybody is ever kept: the one document of these pages, and the files that it is made of.
 * `shell` are the paths of those files.
 */
export function whatToServe({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>, origin: string, shell: ReadonlySet<string>): Serving {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin || answeredByService.test(pathname)) return 'not-ours';
  if (shell.has(pathname)) return 'shell-file';
  return mode === 'navigate' ? 'document' : 'not-ours';
}

/** What a notice shows, from what the push service brought; anything else is told in general: a push that shows nothing is taken away by browsers. */
export function readNotice(text: string | undefined): { readonly notice: string; readonly title: string; readonly body: string } {
  const general = { notice: 'route', title: 'Uw route', body: 'Er is iets veranderd. Open uw route.' };
  try {
    const { notice, title, body } = JSON.parse(text ?? '') as Record<string, unknown>;
    return typeof notice === 'string' && typeof title === 'string' && typeof body === 'string' ? { notice, title, body } : general;
  } catch {
    return general;
  }
}
