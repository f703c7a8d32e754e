import type { Clock } from '@anw/values';
import type { Authorization, AuthorizationStore } from '../assignment/authorization.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import { alarmOf } from './alarm.js';

/**
 * Somebody at the desk has seen it and acts; the first who says so is the one. It stays to be seen until the visit is
 * opened or taken back.
 * @throws TriageError `authorization-unknown`, `no-alarm`
 */
export async function acknowledgeAlarm(id: string, triagist: Pick<Triagist, 'identifier'>, clock: Clock, { authorizations }: { readonly authorizations: Pick<AuthorizationStore, 'findAuthorization' | 'markAcknowledged'> }): Promise<Authorization> {
  const authorization = await authorizations.findAuthorization(id);
  if (authorization === undefined) throw new TriageError('authorization-unknown');
  const at = clock();
  const alarm = alarmOf(authorization, at);
  if (alarm === undefined) throw new TriageError('no-alarm');
  if (alarm.acknowledged === undefined) await authorizations.markAcknowledged(id, triagist.identifier, at, alarm.since);
  return (await authorizations.findAuthorization(id)) ?? authorization;
}
