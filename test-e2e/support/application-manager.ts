import type { AccessSettings } from '@anw/authorization';
import type { Region, ServiceName } from '@anw/region';
import { z } from 'zod';

const Entry = z.looseObject({ id: z.uuid(), state: z.enum(['pending', 'future', 'current', 'ended', 'withdrawn']), handle: z.string().optional(), proposedBy: z.string().optional(), approvedBy: z.string().optional() });
export type ListedEntry = z.infer<typeof Entry>;
const LogRow = z.looseObject({ name: z.string(), outcome: z.string(), query: z.string().optional(), reason: z.string().optional(), practitioner: z.looseObject({ identifier: z.string() }).optional() });

export interface OperatorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The operator door of one organisation, asked on behalf of an operator by name, or of nobody. */
export interface ApplicationManager {
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, by?: string): Promise<OperatorAnswer>;
  /** @throws Error unless it is added */
  add(kind: 'allowlist' | 'enrolments', entry: object, by?: string): Promise<ListedEntry>;
  list(kind: 'allowlist' | 'enrolments'): Promise<readonly ListedEntry[]>;
  /** Replaces all settings. */
  demand(settings: z.input<typeof AccessSettings>): Promise<void>;
  log(name: string): Promise<readonly z.infer<typeof LogRow>[]>;
}

export function applicationManagerOf(region: Region, service: ServiceName, organisation: string): ApplicationManager {
  const base = `${region.file.services[service].operator}/operator/organisations/${organisation}`;
  const ask: ApplicationManager['ask'] = async (method, path, body, by) => {
    const response = await fetch(`${base}/${path}`, { method, headers: { ...(body && { 'content-type': 'application/json' }), ...(by !== undefined && { 'x-operator': by }) }, body: body ? JSON.stringify(body) : null });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as OperatorAnswer['body']) };
  };
  const must = async (status: number, asking: Promise<OperatorAnswer>): Promise<OperatorAnswer['body']> => {
    const answer = await asking;
    if (answer.status !== status) throw new Error(`the operator door answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    ask,
    add: async (kind, entry, by) => Entry.parse(await must(201, ask('POST', kind, entry, by))),
    list: async (kind) => z.object({ entries: z.array(Entry) }).parse(await must(200, ask('GET', kind))).entries,
    demand: async (settings) => void (await must(200, ask('PUT', 'settings', settings))),
    log: async (name) => z.object({ events: z.array(LogRow) }).parse(await must(200, ask('GET', `audit-events?name=${name}&limit=1000`))).events,
  };
}

/** Minutes from now, as an entry has them. */
export function fromNow(from: number, until: number): { readonly validFrom: string; readonly validUntil: string } {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return { validFrom: at(from), validUntil: at(until) };
}
