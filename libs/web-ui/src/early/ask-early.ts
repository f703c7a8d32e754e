/**
 * A script of its own, of a few hundred bytes: asks what every first page asks while the scripts of the pages are still on
 * their way, and runs those as they come. On a slow connection each question that waits for the one before costs a round trip.
 */
import type { EarlyAnswer } from './early-answers.js';

/** In the frame of an ECD questions carry a token, which only the pages know. */
if (!location.pathname.startsWith('/embedded/')) {
  const first = location.pathname === '/' ? document.documentElement.dataset['firstAsk'] : undefined;
  window.anwEarly = new Map(['/api/me', ...(first === undefined ? [] : [first])].map((path) => [path, askEarly(path)]));
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => void runPages(), { once: true });
else void runPages();

function askEarly(path: string): EarlyAnswer {
  const answer = fetch(path, { headers: { accept: 'application/json' }, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
  // Whoever takes it hears of its failure.
  answer.catch(() => undefined);
  return { askedAt: performance.now(), answer };
}

/** The scripts of the pages, after the words that the document opens with, each in a task of its own: on a slow phone a tap is heard between them. The last is the app. */
async function runPages(): Promise<void> {
  await painted();
  for (const { href } of document.head.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')) {
    await import(/* @vite-ignore */ href);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** A tab in the background paints nothing, and waits for nothing. */
async function painted(): Promise<void> {
  if (document.visibilityState === 'visible') await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
