import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Ends the processes given to it when this process ends without having done so itself, however it ends. */
export interface ProcessGuard {
  /** `signal` is what asks that process to end: PostgreSQL, for one, waits for its clients on SIGTERM and not on SIGINT. */
  watch(child: ChildProcess, signal?: NodeJS.Signals): void;
  /** Lets the guard itself go. What it still watches is ended. */
  close(): void;
}

/**
 * A second process that holds the other end of a pipe. The kernel closes the pipe when we die, be it by SIGKILL, and
 * then the guard ends our children: databases and services would otherwise stay behind and hold their ports.
 */
export function startProcessGuard(): ProcessGuard {
  const script = fileURLToPath(new URL(`./process-guard-main${extname(import.meta.url)}`, import.meta.url));
  // A group of its own: Ctrl-C in a terminal goes to the whole group, and the guard has to outlive it.
  const guard = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  guard.stdin.on('error', () => undefined);
  const tell = (line: string): void => void (guard.stdin.writable && guard.stdin.write(`${line}\n`));
  return {
    watch: (child, signal = 'SIGTERM') => {
      if (child.pid === undefined) return;
      const { pid } = child;
      tell(`watch ${pid} ${signal}`);
      child.once('exit', () => tell(`release ${pid}`));
    },
    close: () => void guard.stdin.end(),
  };
}
