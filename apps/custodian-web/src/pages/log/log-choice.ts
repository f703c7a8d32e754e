import { toInstant } from '@anw/web-ui';

/** What the officer asks of the log, as her form has it; empty is not asked. */
export interface LogChoice {
  readonly purpose: string;
  readonly patient: string;
  readonly practitioner: string;
  readonly actor: string;
  readonly regisseur: string;
  readonly event: string;
  readonly outcome: string;
  /** Calendar dates, as `2026-01-02`; both belong to the period. */
  readonly from: string;
  readonly until: string;
}

const names = ['purpose', 'patient', 'practitioner', 'actor', 'regisseur', 'event', 'outcome', 'from', 'until'] as const satisfies readonly (keyof LogChoice)[];

export function readChoice(parameters: URLSearchParams): LogChoice {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ''])) as unknown as LogChoice;
}

export function toParameters(choice: LogChoice): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (choice[name].trim() === '' ? [] : [[name, choice[name].trim()]])));
}

/** The same as the service takes it: whole days on the clock of the Netherlands, half-open. */
export function toQuery(choice: LogChoice): URLSearchParams {
  const { from, until, ...same } = toParameters(choice);
  const query = new URLSearchParams(same);
  const begin = from && toInstant(`${from}T00:00`);
  const end = until && toInstant(`${dayAfter(until)}T00:00`);
  if (begin) query.set('from', begin);
  if (end) query.set('until', end);
  return query;
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(next.getTime())) return day;
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
