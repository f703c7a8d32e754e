import { type ConnectStep, type ProviderSource } from '@anw/platform';
import { NotificationHandling, OfferedScopes, serviceConnectSteps, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import type { ActorConfig } from '../config.js';
import { actorMigrations } from '../migrations/index.js';
import { ActorNotifications } from './actor-notifications.js';
import { ActorScopes } from './actor-scopes.js';
import { CustodianDoor } from './custodian-door.js';
import { RegisseurDoor } from './regisseur-door.js';
import { ShiftEnd } from './shift-end.js';
import { Visits } from './visits.js';

/** The actor behind its doors. */
export function actorCore(config: ActorConfig): DynamicModule {
  return ServiceCoreModule.register({
    name: 'actor',
    config,
    migrations: actorMigrations,
    entities: serviceCoreEntities,
    servesFhir: false,
    providers: [
      { provide: OfferedScopes, useClass: ActorScopes },
      { provide: NotificationHandling, useClass: ActorNotifications },
      RegisseurDoor,
      CustodianDoor,
      Visits,
      ShiftEnd,
    ],
  });
}

/** What the doors may inject. */
export const actorTokens: readonly InjectionToken[] = [...serviceCoreTokens, CustodianDoor, Visits];

export function actorConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const shiftEnd = core.get<ShiftEnd>(ShiftEnd);
  return [...serviceConnectSteps(core), { name: 'shift end', needs: ['organisations'], connect: async () => shiftEnd.start() }];
}
