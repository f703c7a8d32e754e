import { embeddedIn } from '@anw/web-ui';

const SCRIPT = '/service-worker.js';

/** Registers the worker that keeps the shell of these pages and shows notices; a browser without loses nothing else. In a frame there is none. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || embeddedIn() !== undefined) return;
  void navigator.serviceWorker.register(SCRIPT, { updateViaCache: 'none' }).catch(() => undefined);
  // A page that was loading while the worker began is served by none, unless it asks.
  void navigator.serviceWorker.ready.then(({ active }) => navigator.serviceWorker.controller === null && active?.postMessage('serve-this-page'));
}

/** Loads the newer version of these pages. */
export type TakeUpdate = () => void;

/**
 * Hears when there is a newer version of these pages: one that waits to be used, or one that another tab has taken, so that
 * parts of this version may be gone. @returns how to stop listening
 */
export function onUpdate(hear: (take: TakeUpdate) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const stop = new AbortController();
  const { signal } = stop;
  const { serviceWorker } = navigator;
  // The first worker of all replaces nothing.
  const replaces = () => serviceWorker.controller !== null;
  const waits = (worker: ServiceWorker) => replaces() && hear(() => takeOver(worker));
  if (replaces()) serviceWorker.addEventListener('controllerchange', () => (document.visibilityState === 'hidden' ? location.reload() : hear(() => location.reload())), { signal });
  void serviceWorker.ready.then((registration) => {
    if (signal.aborted) return;
    if (registration.waiting !== null) waits(registration.waiting);
    registration.addEventListener(
      'updatefound',
      () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => installing.state === 'installed' && waits(installing), { signal });
      },
      { signal },
    );
  });
  return () => stop.abort();
}

/**
 * Asks whether there is one: browsers look by themselves when a page is loaded only, and these stay open all night. A worker
 * that could not come when the page was loaded, on a bad connection, is sent for again.
 */
export function lookForUpdate(): void {
  if (!('serviceWorker' in navigator)) return;
  const look = async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration === undefined) registerServiceWorker();
    else await registration.update();
  };
  void look().catch(() => undefined);
}

function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage('take-over');
}
