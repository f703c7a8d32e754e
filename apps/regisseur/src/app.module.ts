import { deskEntities } from '@anw/persistence';
import { KeySuccession, NotificationHandling, OfferedScopes, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { ConnectStep, ProviderSource } from '@anw/platform';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import type { RegisseurConfig } from './config.js';
import { regisseurMigrations } from './migrations/index.js';
import { AlarmKeeper } from './alarms/alarm-keeper.js';
import { AllowlistKeeper } from './allowlists/allowlist-keeper.js';
import { PROPOSAL_SETTINGS } from './prechecks/proposal-settings.js';
import { ALLOWLIST_SETTINGS } from './allowlists/allowlist-settings.js';
import { Allowlists } from './allowlists/allowlists.js';
import { AuthorizationSuccession } from './assignments/authorization-succession.js';
import { Assignments } from './assignments/assignments.js';
import { CustodianDoors } from './custodians/custodian-doors.js';
import { ActorDoors } from './duty/actor-doors.js';
import { DutyRosters } from './duty/duty-rosters.js';
import { Handovers } from './handovers/handovers.js';
import { Nights } from './nights/nights.js';
import { PartnerDoors } from './partners/partner-doors.js';
import { PatientFinder } from './patients/patient-finder.js';
import { Prechecks } from './prechecks/prechecks.js';
import { ActorLights } from './proposals/actor-lights.js';
import { Proposals } from './proposals/proposals.js';
import { RegisseurNotifications } from './notifications/regisseur-notifications.js';
import { RegisseurScopes } from './regisseur-scopes.js';
import { Regisseurs } from './regisseurs/regisseurs.js';
import { TriageSystems } from './triage-systems/triage-systems.js';
import { TriageVisits } from './triage-systems/triage-visits.js';
import { VisitWebhookGauge } from './triage-systems/visit-webhook-gauge.js';
import { VisitWebhooks } from './triage-systems/visit-webhooks.js';
import { RosterImport } from './rosters/roster-import.js';

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
      { provide: PROPOSAL_SETTINGS, useValue: config.proposals },
      Allowlists,
      AllowlistKeeper,
      Prechecks,
      PatientFinder,
      Assignments,
      ActorLights,
      Proposals,
      Nights,
      Handovers,
      RosterImport,
      AlarmKeeper,
      TriageSystems,
      TriageVisits,
      VisitWebhooks,
      VisitWebhookGauge,
      { provide: OfferedScopes, useClass: RegisseurScopes },
      { provide: NotificationHandling, useClass: RegisseurNotifications },
      { provide: KeySuccession, useClass: AuthorizationSuccession },
    ],
  });
}

/** What the doors' controllers inject from it. */
export const regisseurTokens: readonly InjectionToken[] = [...serviceCoreTokens, Regisseurs, ALLOWLIST_SETTINGS, PROPOSAL_SETTINGS, DutyRosters, Prechecks, PatientFinder, Assignments, Proposals, Nights, Handovers, RosterImport, TriageSystems, TriageVisits];

/** What the regisseur starts beside what every service does. */
export function regisseurConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const allowlists = core.get<AllowlistKeeper>(AllowlistKeeper);
  const alarms = core.get<AlarmKeeper>(AlarmKeeper);
  const webhooks = core.get<VisitWebhooks>(VisitWebhooks);
  return [
    { name: 'visit webhooks', needs: ['organisations'], gatesDoors: false, connect: async () => webhooks.start() },
    { name: 'allowlist keeper', needs: ['organisations'], gatesDoors: false, connect: async () => allowlists.start() },
    { name: 'alarm keeper', needs: ['organisations'], gatesDoors: false, connect: async () => alarms.start() },
  ];
}
