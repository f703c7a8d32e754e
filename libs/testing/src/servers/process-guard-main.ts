import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** The guard's own process: reads `watch <pid> <signal>` and `release <pid>`, and acts when its input ends. */
const watched = new Map<number, NodeJS.Signals>();
const secondsToEnd = 10;

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, pid, signal] = line.split(' ');
  if (verb === 'watch') watched.set(Number(pid), signal as NodeJS.Signals);
  else watched.delete(Number(pid));
}

for (const [pid, signal] of watched) send(pid, signal);
for (let tenth = 0; tenth < secondsToEnd * 10 && [...watched.keys()].some((pid) => send(pid, 0)); tenth += 1) await sleep(100);
for (const pid of watched.keys()) send(pid, 'SIGKILL');

/** Whether the process was there to receive it; signal 0 only asks. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
