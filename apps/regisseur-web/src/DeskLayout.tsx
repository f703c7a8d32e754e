import { RequireRole } from '@anw/web-ui';
import { Outlet, useNavigate } from 'react-router';
import { AlarmBanner } from './alarms/AlarmBanner.js';
import { ConnectionLine } from './events/ConnectionLine.js';
import { DeskEvents } from './events/DeskEvents.js';
import { useShortcuts } from './keys/use-shortcuts.js';

/** Who may work at the desk. */
export const deskRoles = ['triagist'] as const;

/** Around every page of the desk: live, with its alarms, and a new call one key away. */
export function DeskLayout() {
  return (
    <RequireRole roles={deskRoles}>
      <DeskEvents>
        <DeskShortcuts />
        <ConnectionLine />
        <AlarmBanner />
        <Outlet />
      </DeskEvents>
    </RequireRole>
  );
}

function DeskShortcuts() {
  const navigate = useNavigate();
  useShortcuts({ 'alt+n': () => void navigate('/melding'), 'alt+h': () => void navigate('/') });
  return null;
}
