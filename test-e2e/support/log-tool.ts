import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface ToolRun {
  readonly code: number;
  readonly output: string;
}

/** As an administrator gives the command. */
export function runLogTool(tool: 'verify-log' | 'log-retention', ...parameters: readonly string[]): Promise<ToolRun> {
  const script = fileURLToPath(new URL(`../../apps/log-tools/dist/${tool}.js`, import.meta.url));
  const run = promisify(execFile)(process.execPath, [script, ...parameters], { env: { PATH: process.env['PATH'] } });
  return run.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
  );
}
