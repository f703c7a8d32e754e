import { AllowlistRowEntity, DelegationEntity, EnrolmentEntity, fhirResourceEntities } from '@anw/persistence';
import { AccessSettingsSource, KeySuccession, NotificationHandling, OfferedScopes, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { ConnectStep, ProviderSource } from '@anw/platform';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import { Allowlists } from './allowlist/allowlists.js';
import { DelegationSuccession } from './allowlist/delegation-succession.js';
import { DelegationKeeper } from './allowlist/delegation-keeper.js';
import type { CustodianConfig } from './config.js';
import { CUSTODIAN_CONFIG } from './config.token.js';
import { CustodianScopes } from './custodian-scopes.js';
import { Enrolments } from './enrolments/enrolments.js';
import { CustodianFhir } from './fhir/custodian-fhir.js';
import { custodianMigrations } from './migrations/index.js';
import { CustodianNotifications } from './notifications/custodian-notifications.js';
import { RegisseurDesk } from './regisseurs/regisseur-desk.js';
import { StoredAccessSettings } from './settings/stored-access-settings.js';

/** The custodian behind its doors. */
export function custodianCore(config: CustodianConfig): DynamicModule {
  return ServiceCoreModule.register({
    name: 'custodian',
    config,
    migrations: custodianMigrations,
    entities: [...serviceCoreEntities, ...fhirResourceEntities, AllowlistRowEntity, DelegationEntity, EnrolmentEntity],
    servesFhir: true,
    providers: [
      { provide: CUSTODIAN_CONFIG, useValue: config },
      { provide: OfferedScopes, useClass: CustodianScopes },
      StoredAccessSettings,
      { provide: AccessSettingsSource, useExisting: StoredAccessSettings },
      { provide: NotificationHandling, useClass: CustodianNotifications },
      CustodianFhir,
      Allowlists,
      DelegationKeeper,
      { provide: KeySuccession, useClass: DelegationSuccession },
      Enrolments,
      RegisseurDesk,
    ],
  });
}

/** What the doors may inject. */
export const custodianTokens: readonly InjectionToken[] = [...serviceCoreTokens, CUSTODIAN_CONFIG, CustodianFhir, Allowlists, Enrolments, RegisseurDesk, StoredAccessSettings];

/** What the custodian starts beside what every service does. */
export function custodianConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const delegations = core.get<DelegationKeeper>(DelegationKeeper);
  return [{ name: 'delegation keeper', needs: ['organisations'], gatesDoors: false, connect: async () => delegations.start() }];
}
