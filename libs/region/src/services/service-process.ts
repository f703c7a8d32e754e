import type { ProcessGuard } from '@anw/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegionError } from '../region-error.js';
import type { ServiceName } from '../sample/organisations.js';

export interface ServiceProcessOptions {
  readonly name: ServiceName;
  /** The built `service.js`. */
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** `/health/ready` at its operator door. */
  readonly readyUrl: string;
  readonly guard: ProcessGuard;
  /** Hears of an end that nobody asked for; the message is a sentence with the last lines of its log. */
  readonly onUnexpectedEnd: (error: RegionError) => void;
}

const secondsToReady = 120;
/** Who is asked pays too: at 25 ms, the questions took two CPU seconds of a start on a busy machine. */
const millisecondsBetweenQuestions = 150;
const secondsToEnd = 30;
const shownLogLines = 15;

/** One service of the region as a process of its own, that can be stopped, killed and started again. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  /** Somebody waits for it to be ready, and hears there when it ends. */
  private awaited = false;
  private logStart = 0;

  constructor(private readonly options: ServiceProcessOptions) {}

  get name(): ServiceName {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get environment(): NodeJS.ProcessEnv {
    return this.options.environment;
  }

  /** Resolves once the service calls itself ready. @throws RegionError when it ends before, or takes two minutes */
  async start(): Promise<void> {
    await this.launch();
    await this.untilReady();
  }

  /** Starts the process and does not wait for it. */
  async launch(): Promise<void> {
    if (this.child !== undefined) throw new RegionError(`The ${this.name} runs already.`);
    if ((await stat(this.options.script).catch(() => undefined)) === undefined) {
      throw new RegionError(`The ${this.name} has not been built (${this.options.script} is missing): run npm run build.`);
    }
    await mkdir(dirname(this.options.logFile), { recursive: true, mode: 0o700 });
    const log = await open(this.options.logFile, 'a', 0o600);
    this.logStart = (await log.stat()).size;
    // A group of its own: Ctrl-C in a terminal is ours to hear, and to pass on in order.
    const child = spawn(process.execPath, [this.options.script], {
      env: this.options.environment,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
    await log.close();
    this.child = child;
    this.options.guard.watch(child);
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => void this.ended(child, code, signal));
  }

  /** @throws RegionError when the service ends before it is ready, or takes two minutes */
  async untilReady(): Promise<void> {
    this.awaited = true;
    try {
      await this.askUntilReady();
    } finally {
      this.awaited = false;
    }
  }

  private async askUntilReady(): Promise<void> {
    const deadline = Date.now() + secondsToReady * 1000;
    let last = 'it does not answer';
    while (Date.now() < deadline) {
      if (this.child === undefined) throw await this.failure('ended before it was ready');
      const answer = await askReadiness(this.options.readyUrl);
      if (answer === 'ready') return;
      last = answer;
      await sleep(millisecondsBetweenQuestions);
    }
    throw await this.failure(`was not ready within ${secondsToReady} seconds (${last})`);
  }

  /** Asks it to end, as a deployment would, and waits. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends it on the spot, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** What it logged since its last start. */
  async logs(): Promise<string> {
    const whole = await readFile(this.options.logFile).catch(() => Buffer.alloc(0));
    return whole.subarray(this.logStart).toString('utf8');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), secondsToEnd * 1000);
    await ended;
    clearTimeout(late);
  }

  private async ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.child !== child) return;
    this.child = undefined;
    if (!this.awaited) this.options.onUnexpectedEnd(await this.failure(`ended by itself (${signal ?? `exit code ${code}`})`));
  }

  private async failure(what: string): Promise<RegionError> {
    const log = (await this.logs()).trimEnd();
    if (log === '') return new RegionError(`The ${this.name} ${what}, and logged nothing.`);
    const lines = log.split('\n').slice(-shownLogLines);
    return new RegionError([`The ${this.name} ${what}. The end of ${this.options.logFile}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
}

/** `ready`, or why not. */
async function askReadiness(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const body = await response.text();
    return response.ok ? 'ready' : body.slice(0, 500);
  } catch {
    return 'its operator door does not answer';
  }
}
