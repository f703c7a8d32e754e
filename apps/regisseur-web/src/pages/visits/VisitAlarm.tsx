import { AuthorizationView } from '@anw/api-contracts';
import { Alert, Button, formatTime, ProblemAlert, useSend } from '@anw/web-ui';
import { isRinging } from '../../alarms/AlarmBanner.js';
import { deskKeys } from '../../events/DeskEvents.js';

/** Nobody opened it in the agreed time, or it was refused: until somebody of the desk says that she takes care of it. */
export function VisitAlarm({ visit }: { readonly visit: AuthorizationView }) {
  const { id, alarm } = visit;
  const acknowledging = useSend({ path: `/api/authorizations/${id}/alarm/acknowledge`, answer: AuthorizationView, refreshes: [deskKeys.night, deskKeys.authorization(id)] });
  if (alarm === undefined) return null;
  if (!isRinging(visit)) {
    return alarm.acknowledgedAt === undefined ? null : (
      <p className="visit-chain">
        Alarm van {formatTime(alarm.since)} gezien om {formatTime(alarm.acknowledgedAt)}
        {alarm.acknowledgedBy !== undefined && ` door ${alarm.acknowledgedBy}`}.
      </p>
    );
  }
  return (
    <Alert kind="error" title={`Alarm sinds ${formatTime(alarm.since)}`}>
      <p>{alarm.message}</p>
      <p>Bel de zorgverlener, of stuur iemand anders.</p>
      {acknowledging.problem && <ProblemAlert problem={acknowledging.problem} />}
      <Button busy={acknowledging.isSending} onClick={() => void acknowledging.send({}).catch(() => undefined)}>
        Gezien, ik regel het
      </Button>
    </Alert>
  );
}
