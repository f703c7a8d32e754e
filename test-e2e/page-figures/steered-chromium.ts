import { ensureChromium, freePort } from '@anw/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromiumArguments } from '../support/browser.js';

/** A Chromium with a profile of its own, which one program steers by Chrome's protocol. */
export interface SteeredChromium {
  readonly port: number;
  stop(): Promise<void>;
}

/** @throws Error when it does not answer within twenty seconds */
export async function startSteeredChromium(): Promise<SteeredChromium> {
  const [port, profile] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'anw-lighthouse-'))]);
  const child = spawn(ensureChromium(), ['--headless', ...chromiumArguments, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore', detached: true });
  const ended = once(child, 'exit');
  const stop = async () => {
    // As a group: what is started may be a script that starts the browser.
    process.kill(-child.pid!);
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/version`).catch(() => undefined);
    if (answer?.ok) return { port, stop };
    await sleep(200);
  }
  await stop();
  throw new Error('Chromium does not answer at its port for debugging.');
}
