import { type ConnectStep, FrameAncestors, type ProviderSource, StaffSessions } from '@anw/platform';
import { ShiftEntity } from '@anw/persistence';
import { NotificationHandling, OfferedScopes, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import type { ActorConfig } from './config.js';
import { actorMigrations } from './migrations/index.js';
import { ActorNotifications } from './notifications/actor-notifications.js';
import { ActorScopes } from './actor-scopes.js';
import { CustodianDoor } from './custodians/custodian-door.js';
import { AccessGrants } from './dossiers/access-grants.js';
import { DossierLooks } from './dossiers/dossier-looks.js';
import { Dossiers } from './dossiers/dossiers.js';
import { DraftGauge } from './drafts/draft-gauge.js';
import { DraftKeyCare } from './drafts/draft-key-care.js';
import { DraftSender } from './drafts/draft-sender.js';
import { DraftWatch } from './drafts/draft-watch.js';
import { Drafts } from './drafts/drafts.js';
import { UndeliveredDrafts } from './drafts/undelivered-drafts.js';
import { Duty } from './duty/duty.js';
import { RegisseurDoor } from './regisseurs/regisseur-door.js';
import { FreeMemory } from './visits/free-memory.js';
import { EndOfShift } from './visits/end-of-shift.js';
import { ShiftEnd } from './visits/shift-end.js';
import { HomeAccessLooks } from './home-access/home-access-looks.js';
import { EmbeddedFrames } from './launches/embedded-frames.js';
import { launchBindings } from './launches/launch-bindings.js';
import { LaunchClients } from './launches/launch-clients.js';
import { LaunchHousekeeping } from './launches/launch-housekeeping.js';
import { STAFF_URL } from './launches/launch-url.js';
import { Launches } from './launches/launches.js';
import { NurseSessions } from './push/nurse-sessions.js';
import { PushKeys } from './push/push-keys.js';
import { pushFetch } from './push/push-fetch.js';
import { PushSender } from './push/push-sender.js';
import { PUSH_SETTINGS } from './push/push-settings.js';
import { PushSubscriptions } from './push/push-subscriptions.js';
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
      FreeMemory,
      CustodianDoor,
      HomeAccessLooks,
      Visits,
      Dossiers,
      DossierLooks,
      AccessGrants,
      EndOfShift,
      ShiftEnd,
      Drafts,
      UndeliveredDrafts,
      DraftSender,
      DraftWatch,
      DraftKeyCare,
      DraftGauge,
      { provide: StaffSessions, useClass: NurseSessions },
      { provide: FrameAncestors, useClass: EmbeddedFrames },
      { provide: PUSH_SETTINGS, useValue: config.push },
      ...launchBindings(config),
      pushFetch(config.outbound),
      PushKeys,
      PushSubscriptions,
      PushSender,
    ],
  });
}

/** What the doors may inject. */
export const actorTokens: readonly InjectionToken[] = [...serviceCoreTokens, CustodianDoor, HomeAccessLooks, Dossiers, DossierLooks, AccessGrants, Duty, Visits, EndOfShift, Drafts, UndeliveredDrafts, PushKeys, PushSubscriptions, LaunchClients, Launches, STAFF_URL];

/** What the actor starts beside what every service does. */
export function actorConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const [shiftEnd, sender, watch, keys] = [core.get<ShiftEnd>(ShiftEnd), core.get<DraftSender>(DraftSender), core.get<DraftWatch>(DraftWatch), core.get<DraftKeyCare>(DraftKeyCare)];
  const [push, launches] = [core.get<PushSender>(PushSender), core.get<LaunchHousekeeping>(LaunchHousekeeping)];
  return [
    { name: 'shift end', needs: ['organisations'], connect: async () => shiftEnd.start() },
    { name: 'draft keys', needs: ['organisations'], connect: () => keys.resealKeys() },
    { name: 'draft sender', needs: ['draft keys'], connect: async () => sender.start() },
    { name: 'draft watch', needs: ['organisations'], gatesDoors: false, connect: async () => watch.start() },
    { name: 'push sender', needs: ['organisations'], gatesDoors: false, connect: async () => push.start() },
    { name: 'launch housekeeping', needs: ['organisations'], gatesDoors: false, connect: async () => launches.start() },
  ];
}
