import type { Provider } from '@nestjs/common';
import type { ActorConfig } from '../config.js';
import { LaunchClients } from './launch-clients.js';
import { LaunchHousekeeping } from './launch-housekeeping.js';
import { STAFF_URL } from './launch-url.js';
import { LAUNCH_ACR_LEVELS, Launches } from './launches.js';

/** What launches need of the configuration. */
export function launchBindings({ doors, oidc }: ActorConfig): readonly Provider[] {
  return [{ provide: STAFF_URL, useValue: doors.staff.url }, { provide: LAUNCH_ACR_LEVELS, useValue: oidc.acrLevels }, LaunchClients, Launches, LaunchHousekeeping];
}
