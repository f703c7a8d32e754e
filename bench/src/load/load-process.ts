import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromLoad, LoadResult, LoadRun, LoadSetup, ToLoad } from './load-messages.js';

/** A load process seen from the bench. */
export interface LoadProcess {
  /** DID of the actor that it is. */
  readonly did: string;
  setUp(setup: Omit<LoadSetup, 'kind'>): Promise<void>;
  /** @throws Error when a request was not answered as expected: figures over failures say nothing */
  run(run: Omit<LoadRun, 'kind'>): Promise<LoadResult>;
  stop(): Promise<void>;
}

export async function startLoadProcess(name: string, authority: { readonly certificate: string; readonly privateKey: string }): Promise<LoadProcess> {
  const child = fork(fileURLToPath(new URL('./load-main.js', import.meta.url)), [name, authority.certificate, authority.privateKey]);
  const { did } = await next(child, 'ready');
  return {
    did,
    setUp: async (setup) => {
      tell(child, { kind: 'setup', ...setup });
      await next(child, 'ready-to-run');
    },
    run: async (run) => {
      tell(child, { kind: 'run', ...run });
      const result = await next(child, 'result');
      if (result.failed > 0) throw new Error(`${result.failed} of ${result.failed + result.answered} requests failed; the first: ${result.firstFailure}`);
      return result;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      tell(child, { kind: 'stop' });
      await ended;
    },
  };
}

function tell(child: ChildProcess, message: ToLoad): void {
  child.send(message);
}

function next<Kind extends FromLoad['kind']>(child: ChildProcess, kind: Kind): Promise<Extract<FromLoad, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      child.off('message', heard);
      child.off('exit', ended);
      end();
    };
    const heard = (message: FromLoad) => settle(() => (message.kind === kind ? resolve(message as Extract<FromLoad, { kind: Kind }>) : reject(new Error(`${message.kind}: ${JSON.stringify(message)}`))));
    const ended = () => settle(() => reject(new Error('a load process ended by itself')));
    child.on('message', heard);
    child.on('exit', ended);
  });
}
