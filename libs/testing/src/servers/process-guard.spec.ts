import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** A parent that starts a child, has it watched, tells its process id, and dies as it is told. */
const parent = (death: string): string => `
  import { spawn } from 'node:child_process';
  import { startProcessGuard } from ${JSON.stringify(pathToFileURL(join(process.cwd(), 'libs/testing/dist/servers/process-guard.js')).href)};
  const guard = startProcessGuard();
  const child = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
  guard.watch(child);
  process.stdout.write(String(child.pid), () => setTimeout(() => { ${death} }, 100));
`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function childAfter(death: string): Promise<number> {
  const started = spawn(process.execPath, ['--input-type=module', '--eval', parent(death)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [pid] = (await once(started.stdout, 'data')) as [Buffer];
  await once(started, 'exit');
  return Number(pid.toString());
}

async function ends(pid: number): Promise<boolean> {
  for (let wait = 0; wait < 400 && isAlive(pid); wait += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return !isAlive(pid);
}

describe('process guard', () => {
  it.each([
    ['is killed', "process.kill(process.pid, 'SIGKILL')"],
    ['throws', "throw new Error('unexpected')"],
    ['just ends', 'process.exit(0)'],
  ])('ends the children of a process that %s', async (_how, death) => {
    expect(await ends(await childAfter(death))).toBe(true);
  });
});
