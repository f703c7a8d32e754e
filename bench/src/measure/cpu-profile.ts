import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How often a profiled process is looked at, in microseconds. */
const SAMPLING_INTERVAL = 250;

const LISTENING = /Debugger listening on (ws:\/\/\S+)/g;

/** Where a process was, sample by sample: the `Profiler.Profile` of the Chrome DevTools Protocol, what we read of it. */
export type CpuProfile = z.infer<typeof CpuProfile>;

const CpuProfile = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.number(), callFrame: z.looseObject({ functionName: z.string(), url: z.string() }), children: z.array(z.number()).optional() })),
  samples: z.array(z.number()),
  /** Microseconds from each sample to the one before it. */
  timeDeltas: z.array(z.number()),
});

/** A Node process that runs already, and whose output we can read. */
export interface ProfiledProcess {
  readonly pid: number;
  readonly logs: () => Promise<string>;
}

/**
 * Profiles another Node process while `work` runs, over the inspector that it opens on SIGUSR1.
 * @throws Error when it opens none: its port is taken, or it does not listen to the signal
 */
export async function profileWhile(profiled: ProfiledProcess, work: () => Promise<unknown>): Promise<CpuProfile> {
  const inspector = await connect(await openInspector(profiled));
  try {
    await inspector.send('Profiler.enable');
    await inspector.send('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
    await inspector.send('Profiler.start');
    await work();
    const { profile } = z.object({ profile: CpuProfile }).parse(await inspector.send('Profiler.stop'));
    return profile;
  } finally {
    inspector.close();
  }
}

async function openInspector({ pid, logs }: ProfiledProcess): Promise<string> {
  process.kill(pid, 'SIGUSR1');
  for (let tries = 0; tries < 100; tries += 1) {
    const last = [...(await logs()).matchAll(LISTENING)].at(-1)?.[1];
    if (last !== undefined) return last;
    await sleep(50);
  }
  throw new Error(`process ${pid} opened no inspector; is its port taken?`);
}

interface Inspector {
  send(method: string, parameters?: object): Promise<unknown>;
  close(): void;
}

async function connect(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the inspector does not answer'));
  });
  const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (reason: Error) => void }>();
  socket.onmessage = ({ data }) => {
    const { id, result, error } = Answer.parse(JSON.parse(String(data)));
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || asked === undefined) return;
    waiting.delete(id);
    if (error === undefined) asked.resolve(result);
    else asked.reject(new Error(error.message));
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the inspector closed'));
  };
  let last = 0;
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    close: () => socket.close(),
  };
}

const Answer = z.looseObject({ id: z.number().optional(), result: z.unknown(), error: z.looseObject({ message: z.string() }).optional() });
