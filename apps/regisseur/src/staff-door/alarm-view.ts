import type { AlarmView } from '@anw/api-contracts';
import { type Alarm, alarmOf, type Authorization } from '@anw/triage';

const time = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' });

/** The alarm of an authorization as the desk's pages read it, when one rings. */
export function toAlarmView(authorization: Authorization, now: Date): AlarmView | undefined {
  const alarm = alarmOf(authorization, now);
  if (alarm === undefined) return undefined;
  const { kind, since, acknowledged } = alarm;
  return { kind, since: since.toISOString(), message: wordsOf(alarm, authorization), ...(acknowledged && { acknowledgedAt: acknowledged.at.toISOString(), acknowledgedBy: acknowledged.by }) };
}

function wordsOf({ kind }: Alarm, { practitioner, actor, openBefore, receivedAt }: Authorization): string {
  const next = 'of wijs iemand anders aan.';
  if (kind === 'refused') return `Het systeem van ${actor.name} heeft deze inzet geweigerd. Bel ${actor.name}, ${next}`;
  const agreed = openBefore === undefined ? '' : ` Afgesproken was: vóór ${time.format(openBefore)} uur.`;
  if (receivedAt === undefined) return `Deze inzet is nog niet aangekomen bij ${actor.name}.${agreed} Bel ${actor.name}, ${next}`;
  return `${practitioner.name} heeft dit bezoek nog niet geopend.${agreed} Bel ${practitioner.name}, ${next}`;
}
