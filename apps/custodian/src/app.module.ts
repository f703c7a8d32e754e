import { AllowlistRowEntity, DelegationEntity, EnrolmentEntity, fhirResourceEntities } from '@anw/persistence';
import { AccessSettingsSource, KeySuccession, NotificationHandling, OfferedScopes, PatientNames, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { ConnectStep, ProviderSource } from '@anw/platform';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import { Allowlists } from './allowlist/allowlists.js';
import { DelegationSuccession } from './allowlist/delegation-succession.js';
import { DelegationKeeper } from './allowlist/delegation-keeper.js';
import type { CustodianConfig } from './config.js';
import { CUSTODIAN_CONFIG } from './config.token.js';
import { CustodianScopes } from './custodian-scopes.js';
import { Decisions } from './decisions/decisions.js';
import { EnrichedVisits } from './enriched/enriched-visits.js';
import { EntryDesk } from './entries/entry-desk.js';
import { LoggedLooks } from './looks/logged-looks.js';
import { OwnPatients } from './patients/own-patients.js';
import { AssuranceDesk } from './settings/assurance-desk.js';
import { PartnerOverview } from './settings/partner-overview.js';
import { Enrolments } from './enrolments/enrolments.js';
import { CustodianFhir } from './fhir/custodian-fhir.js';
import { HomeAccessKeeping } from './home-access/home-access-keeping.js';
import { custodianMigrations } from './migrations/index.js';
import { CustodianNotifications } from './notifications/custodian-notifications.js';
import { RegisseurDesk } from './regisseurs/regisseur-desk.js';
import { ResourceLoading } from './loading/resource-loading.js';
import { OpenSources } from './sources/open-sources.js';
import { CustodianSources } from './sources/custodian-sources.js';
import { WebhookGauge } from './webhooks/webhook-gauge.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { Webhooks } from './webhooks/webhooks.js';
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
      OpenSources,
      CustodianSources,
      ResourceLoading,
      CustodianFhir,
      HomeAccessKeeping,
      Webhooks,
      WebhookSender,
      WebhookGauge,
      Allowlists,
      DelegationKeeper,
      { provide: KeySuccession, useClass: DelegationSuccession },
      Enrolments,
      EnrichedVisits,
      Decisions,
      LoggedLooks,
      OwnPatients,
      { provide: PatientNames, useExisting: OwnPatients },
      EntryDesk,
      AssuranceDesk,
      PartnerOverview,
      RegisseurDesk,
    ],
  });
}

/** What the doors may inject. */
export const custodianTokens: readonly InjectionToken[] = [...serviceCoreTokens, CUSTODIAN_CONFIG, CustodianFhir, CustodianSources, ResourceLoading, HomeAccessKeeping, Webhooks, Allowlists, Enrolments, EnrichedVisits, Decisions, EntryDesk, OwnPatients, AssuranceDesk, PartnerOverview, RegisseurDesk, StoredAccessSettings];

/** What the custodian starts beside what every service does. */
export function custodianConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const delegations = core.get<DelegationKeeper>(DelegationKeeper);
  return [
    { name: 'sources', needs: ['organisations'], connect: () => core.get<CustodianSources>(CustodianSources).resealSources() },
    { name: 'home access', needs: ['organisations'], connect: () => core.get<HomeAccessKeeping>(HomeAccessKeeping).reseal() },
    { name: 'webhooks', needs: ['organisations'], gatesDoors: false, connect: () => core.get<WebhookSender>(WebhookSender).start() },
    { name: 'delegation keeper', needs: ['organisations'], gatesDoors: false, connect: async () => delegations.start() },
  ];
}
