/** One measurement of the text exposition format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const comment = /^# (HELP|TYPE) [a-zA-Z_:][\w:]* .+$/;
const sample = /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (NaN|[+-]Inf|[-+]?\d[\d.e+-]*)$/;

/** Reads the measurements of a service as strictly as Prometheus does. @throws Error with the line that is neither comment nor sample */
export async function readMetrics(url: string): Promise<readonly Sample[]> {
  const response = await fetch(url);
  if (!response.headers.get('content-type')?.startsWith('text/plain; version=0.0.4')) throw new Error(`${url} is no text exposition`);
  const text = await response.text();
  return text.split('\n').filter((line) => line !== '' && !comment.test(line)).map(parseSample);
}

function parseSample(line: string): Sample {
  const [, name, labels = '', value] = sample.exec(line) ?? [];
  if (name === undefined) throw new Error(`no line of the text exposition format: ${line}`);
  return { name, value: Number(value), labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text])) };
}

/** The sum over the samples that have these labels; undefined when there is none. */
export function valueOf(samples: readonly Sample[], name: string, wanted: Readonly<Record<string, string>>): number | undefined {
  const found = samples.filter((candidate) => candidate.name === name && Object.entries(wanted).every(([label, text]) => candidate.labels[label] === text));
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}
