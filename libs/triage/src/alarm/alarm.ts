import type { Urgency } from '@anw/authorization';
import { type Authorization, authorizationState, refusalOf } from '../assignment/authorization.js';

/** Within how many minutes a visit has to be opened, by urgency. */
export type AlarmTimes = Readonly<Record<Urgency, number>>;

/** As long as a regisseur has agreed nothing else. */
export const DEFAULT_ALARM_TIMES: AlarmTimes = { urgent: 10, soon: 20, routine: 60 };

/** The agreed times of one regisseur. */
export interface AlarmTimesStore {
  /** The defaults as long as nothing was agreed. */
  findAlarmTimes(): Promise<AlarmTimes>;
  saveAlarmTimes(times: AlarmTimes): Promise<void>;
}

/** The moment by which somebody has to have opened it: counted from sending, or from the begin of the visit window when that is later. */
export function openBefore({ issuedAt, visitWindow, urgency }: Pick<Authorization, 'issuedAt' | 'visitWindow' | 'urgency'>, times: AlarmTimes): Date {
  return new Date(Math.max(issuedAt.getTime(), visitWindow.from.getTime()) + times[urgency] * 60_000);
}

export interface Alarm {
  readonly kind: 'not-opened' | 'refused';
  readonly since: Date;
  readonly acknowledged?: { readonly at: Date; readonly by: string };
}

/**
 * What the desk has to look at now. A visit that was opened, taken back, followed by another or is over rings no more; nor
 * does one that was opened although its actor's system refused it first. An acknowledgement is of what rang until then.
 */
export function alarmOf(authorization: Authorization, at: Date): Alarm | undefined {
  const { openedAt, alarmAt, replacedBy, acknowledged } = authorization;
  if (replacedBy !== undefined || authorizationState(authorization, at) !== 'valid') return undefined;
  const refusal = refusalOf(authorization);
  const since = refusal ?? (openedAt === undefined ? alarmAt : undefined);
  if (since === undefined) return undefined;
  return { kind: refusal === undefined ? 'not-opened' : 'refused', since, ...(acknowledged && acknowledged.at >= since && { acknowledged }) };
}
