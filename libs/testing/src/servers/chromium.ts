import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** First the one without a window of its own, which starts in a fraction of the time; the engine is the same. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

/** Path of the Chromium that the pages are tested with: `CHROMIUM_PATH`, else the system's; undefined when there is none. */
export function findChromium(environment: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = environment['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return isExecutable(named) ? named : undefined;
  return names.flatMap((name) => placesOf(name, environment['PATH'])).find(isExecutable);
}

/**
 * Installs the distribution's package when no Chromium is there and we may; a run without a browser fails, it never skips.
 * @throws Error that says what to do
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.env['CHROMIUM_PATH'] === undefined && process.getuid?.() === 0 && placesOf('apt-get', process.env['PATH']).some(isExecutable)) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    for (const name of ['chromium-headless-shell', 'chromium']) if (findChromium() === undefined) installPackage(name);
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error('There is no Chromium to test the pages with: install the package "chromium" of your distribution, or name a Chromium in CHROMIUM_PATH.');
  return installed;
}

function installPackage(name: string): void {
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** Where a program may lie; whoever starts it wants an absolute path. */
function placesOf(program: string, path = ''): readonly string[] {
  return path.split(delimiter).filter(isAbsolute).map((directory) => join(directory, program));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
