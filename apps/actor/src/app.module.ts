import type { ConnectStep, ProviderSource } from '@anw/platform';
import { ShiftEntity } from '@anw/persistence';
import { NotificationHandling, OfferedScopes, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import type { ActorConfig } from './config.js';
import { actorMigrations } from './migrations/index.js';
import { ActorNotifications } from './notifications/actor-notifications.js';
import { ActorScopes } from './actor-scopes.js';
import { CustodianDoor } from './custodians/custodian-door.js';
import { Duty } from './duty/duty.js';
import { RegisseurDoor } from './regisseurs/regisseur-door.js';
import { EndOfShift } from './visits/end-of-shift.js';
import { ShiftEnd } from './visits/shift-end.js';
import { Visits } from './visits/visits.js';

/** The actor behind its doors. */
export function actorCore(config: ActorConfig): DynamicModule {
  return ServiceCoreModule.register({
    name: 'actor',
    config,
    migrations: actorMigrations,
    entities: [...serviceCoreEntities, ShiftEntity],
    servesFhir: false,
    providers: [
      { provide: OfferedScopes, useClass: ActorScopes },
      { provide: NotificationHandling, useClass: ActorNotifications },
      RegisseurDoor,
      Duty,
      CustodianDoor,
      Visits,
      EndOfShift,
      ShiftEnd,
    ],
  });
}

/** What the doors may inject. */
export const actorTokens: readonly InjectionToken[] = [...serviceCoreTokens, CustodianDoor, Duty, Visits, EndOfShift];

/** What the actor starts beside what every service does. */
export function actorConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const shiftEnd = core.get<ShiftEnd>(ShiftEnd);
  return [{ name: 'shift end', needs: ['organisations'], connect: async () => shiftEnd.start() }];
}
