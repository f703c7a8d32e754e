import { readNotice, whatToServe } from './what-to-serve.js';

/** Written by the build: paths of the files that the pages are made of, and a name that changes with any of them. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_VERSION: string;
declare const self: ServiceWorkerGlobalScope;

const PREFIX = 'anw-shell-';
const CACHE = PREFIX + SHELL_VERSION;
const DOCUMENT = '/';
const shell = new Set(SHELL_FILES);

/** How long a navigation waits for the server before the kept document stands in: a stairwell with one bar. */
const PATIENCE_MILLISECONDS = 4_000;

self.addEventListener('install', (event) => event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([DOCUMENT, ...SHELL_FILES].map((path) => new Request(path, { cache: 'reload' }))))));

self.addEventListener('activate', (event) => event.waitUntil(forgetOlderShells().then(() => self.clients.claim())));

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
  if (event.data === 'serve-this-page') event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const serving = whatToServe(event.request, self.location.origin, shell);
  if (serving === 'shell-file') event.respondWith(fromShell(event.request));
  if (serving === 'document') event.respondWith(document());
});

self.addEventListener('push', (event) => {
  const { notice, title, body } = readNotice(event.data?.text());
  event.waitUntil(self.registration.showNotification(title, { body, tag: notice, icon: '/icons/icon-192.png', badge: '/icons/badge-96.png', lang: 'nl' }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showRoute());
});

async function forgetOlderShells(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

/**
 * One document serves every page. The server's, so that a new version is met at once; without a connection the kept one,
 * which says itself that there is none.
 */
async function document(): Promise<Response> {
  try {
    return await fetch(DOCUMENT, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  } catch (error) {
    const kept = await caches.match(DOCUMENT, { cacheName: CACHE });
    if (kept === undefined) throw error;
    return kept;
  }
}

/** In the window that is open, where nothing that she types is lost; else in a new one. */
async function showRoute(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open === undefined) await self.clients.openWindow('/');
  else await open.focus();
}
