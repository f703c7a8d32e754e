import { spawnSync } from 'node:child_process';

let answer: boolean | undefined;

/** Whether a container engine answers on this machine; asked once. */
export function containerEngineAnswers(): boolean {
  answer ??= spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 20_000 }).status === 0;
  return answer;
}
