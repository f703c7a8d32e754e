import { type AuthorizationView, NightView } from '@anw/api-contracts';
import { formatTime, useAsk } from '@anw/web-ui';
import { BellRing } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { deskKeys } from '../events/DeskEvents.js';
import './alarms.css';

/** What asks for attention now, on every page of the desk: nobody has to look at the overview to hear of it. */
export function AlarmBanner() {
  const { pathname } = useLocation();
  const { data } = useAsk([...deskKeys.night, 'now'], '/api/night', NightView, { staleTime: 15_000, refetchInterval: 60_000 });
  const ringing = (data?.alarms ?? []).filter((authorization) => isRinging(authorization) && pathname !== `/bezoeken/${authorization.id}`);
  if (ringing.length === 0 || pathname === '/') return null;
  return (
    <section className="alarm-banner" aria-label="Alarm">
      <BellRing size={24} aria-hidden="true" />
      <ul>
        {ringing.map(({ id, practitioner, patient, alarm }) => (
          <li key={id}>
            <strong>Alarm sinds {formatTime(alarm?.since ?? '')}:</strong> {alarm?.message} <Link className="nl-link" to={`/bezoeken/${id}`}>{practitioner.name} naar {patient.name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function isRinging({ alarm, state }: Pick<AuthorizationView, 'alarm' | 'state'>): boolean {
  return alarm !== undefined && alarm.acknowledgedAt === undefined && state === 'valid';
}
