import { AuthorizationView } from '@anw/api-contracts';
import { Button, formatTime, ProblemAlert, TimeAgo, useSend } from '@anw/web-ui';
import { BellRing } from 'lucide-react';
import { Link } from 'react-router';
import { isRinging } from '../../alarms/AlarmBanner.js';
import { deskKeys } from '../../events/DeskEvents.js';

/** What asks for attention now, on top of the night. */
export function NightAlarms({ alarms }: { readonly alarms: readonly AuthorizationView[] }) {
  const ringing = alarms.filter(isRinging);
  if (ringing.length === 0) return null;
  return (
    <section className="night-alarms" aria-labelledby="night-alarms">
      <h2 id="night-alarms">
        <BellRing size={24} aria-hidden="true" /> {ringing.length === 1 ? '1 alarm' : `${ringing.length} alarmen`}
      </h2>
      <ul>
        {ringing.map((authorization) => (
          <NightAlarm key={authorization.id} authorization={authorization} />
        ))}
      </ul>
    </section>
  );
}

function NightAlarm({ authorization: { id, alarm, practitioner, actor, patient } }: { readonly authorization: AuthorizationView }) {
  const acknowledging = useSend({ path: `/api/authorizations/${id}/alarm/acknowledge`, answer: AuthorizationView, refreshes: [deskKeys.night, deskKeys.authorization(id)] });
  if (alarm === undefined) return null;
  return (
    <li>
      <p>
        <strong>
          <Link className="nl-link" to={`/bezoeken/${id}`}>
            {practitioner.name} naar {patient.name}
          </Link>
        </strong>{' '}
        ({actor.name}): {alarm.message} Sinds {formatTime(alarm.since)}, <TimeAgo at={alarm.since} />.
      </p>
      <Button busy={acknowledging.isSending} onClick={() => void acknowledging.send({}).catch(() => undefined)}>
        Gezien, ik regel het
      </Button>
      {acknowledging.problem && <ProblemAlert problem={acknowledging.problem} />}
    </li>
  );
}
