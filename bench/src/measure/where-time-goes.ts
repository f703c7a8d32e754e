import type { CpuProfile } from './cpu-profile.js';

/** A part of a service's work, and how much of its time went there. */
export interface Share {
  readonly name: string;
  /** Of the time that the process was not waiting, in percent. */
  readonly percent: number;
}

/** What code stands for which work; the first that fits the innermost frame that any of them knows. */
const kinds: readonly (readonly [name: string, of: RegExp])[] = [
  ['verifying and making signatures, hashes, random numbers', /^node:internal\/crypto\//],
  ['database client and stores', /\/node_modules\/(pg|pg-[a-z]+|postgres-[a-z]+|typeorm)\/|\/libs\/persistence\//],
  ['reading credentials, JSON and schemas', /\/libs\/(credentials|identity|values)\/|\/node_modules\/(zod|jose)\//],
  ['the checks, the decision, the log row', /\/libs\/(authorization|consent|audit|service-core|fhir)\/|\/apps\//],
  ['HTTP framework and door', /\/node_modules\/(fastify|@fastify|@nestjs|find-my-way|avvio|light-my-request|fast-json-stringify|rxjs|toad-cache)\b|\/libs\/platform\//],
  ['log lines and metrics', /\/node_modules\/(pino|sonic-boom|prom-client|safe-stable-stringify|@opentelemetry)\b/],
];

const NETWORK = /^node:(internal\/)?(net|tls|_http|http|stream|streams|timers|stream_base_commons|events)\b|^node:(internal\/)?streams?\//;

/** What waits, not works. */
const IDLE = '(idle)';

/**
 * Shares of a profile by kind of work, largest first. Time in Node's or the engine's own code counts for whoever called
 * it; what nobody of ours called is the network's or the event loop's.
 */
export function whereTimeGoes({ nodes, samples, timeDeltas }: CpuProfile): readonly Share[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const kindOf = remember((id: number): string => {
    const { functionName, url } = byId.get(id)?.callFrame ?? { functionName: '', url: '' };
    if (functionName === IDLE || functionName === '(garbage collector)') return functionName;
    const parent = parents.get(id);
    const known = kinds.find(([, of]) => of.test(url))?.[0];
    if (known !== undefined) return known;
    const above = parent === undefined ? EVENT_LOOP : kindOf(parent);
    return above === EVENT_LOOP && NETWORK.test(url) ? 'sockets, TLS and HTTP parser' : above;
  });

  const spent = new Map<string, number>();
  samples.forEach((id, index) => {
    const kind = kindOf(id);
    // A sample lasts until the next one.
    if (kind !== IDLE) spent.set(kind, (spent.get(kind) ?? 0) + (timeDeltas[index + 1] ?? 0));
  });
  const whole = [...spent.values()].reduce((sum, time) => sum + time, 0);
  return [...spent].map(([name, time]) => ({ name: NAMES[name] ?? name, percent: (time / whole) * 100 })).sort((a, b) => b.percent - a.percent);
}

const EVENT_LOOP = '(event loop)';

const NAMES: Readonly<Record<string, string>> = { '(garbage collector)': 'garbage collection', [EVENT_LOOP]: 'event loop and engine' };

function remember<K, V>(find: (key: K) => V): (key: K) => V {
  const found = new Map<K, V>();
  return (key) => {
    if (!found.has(key)) found.set(key, find(key));
    return found.get(key)!;
  };
}
