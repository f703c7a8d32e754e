import { deskEntities } from '@anw/persistence';
import { KeySuccession, NotificationHandling, OfferedScopes, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { ConnectStep, ProviderSource } from '@anw/platform';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import type { RegisseurConfig } from './config.js';
import { regisseurMigrations } from './migrations/index.js';
import { AllowlistKeeper } from './allowlists/allowlist-keeper.js';
import { ALLOWLIST_SETTINGS } from './allowlists/allowlist-settings.js';
import { Allowlists } from './allowlists/allowlists.js';
import { AuthorizationSuccession } from './assignments/authorization-succession.js';
import { Assignments } from './assignments/assignments.js';
import { CustodianDoors } from './custodians/custodian-doors.js';
import { ActorDoors } from './duty/actor-doors.js';
import { DutyRosters } from './duty/duty-rosters.js';
import { PartnerDoors } from './partners/partner-doors.js';
import { PatientFinder } from './patients/patient-finder.js';
import { Prechecks } from './prechecks/prechecks.js';
import { RegisseurNotifications } from './notifications/regisseur-notifications.js';
import { RegisseurScopes } from './regisseur-scopes.js';
import { Regisseurs } from './regisseurs/regisseurs.js';

/** Behind the doors of the regisseur: what every service has, and the work of the desk. */
export function regisseurCore(config: RegisseurConfig): DynamicModule {
  return ServiceCoreModule.register({
    name: 'regisseur',
    config,
    migrations: regisseurMigrations,
    entities: [...serviceCoreEntities, ...deskEntities],
    servesFhir: false,
    providers: [
      Regisseurs,
      PartnerDoors,
      CustodianDoors,
      ActorDoors,
      DutyRosters,
      { provide: ALLOWLIST_SETTINGS, useValue: config.allowlists },
      Allowlists,
      AllowlistKeeper,
      Prechecks,
      PatientFinder,
      Assignments,
      { provide: OfferedScopes, useClass: RegisseurScopes },
      { provide: NotificationHandling, useClass: RegisseurNotifications },
      { provide: KeySuccession, useClass: AuthorizationSuccession },
    ],
  });
}

/** What the doors' controllers inject from it. */
export const regisseurTokens: readonly InjectionToken[] = [...serviceCoreTokens, Regisseurs, ALLOWLIST_SETTINGS, DutyRosters, Prechecks, PatientFinder, Assignments];

/** What the regisseur starts beside what every service does. */
export function regisseurConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const allowlists = core.get<AllowlistKeeper>(AllowlistKeeper);
  return [{ name: 'allowlist keeper', needs: ['organisations'], gatesDoors: false, connect: async () => allowlists.start() }];
}
