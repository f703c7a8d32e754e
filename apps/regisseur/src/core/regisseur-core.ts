import { deskEntities } from '@anw/persistence';
import { NotificationHandling, OfferedScopes, type ServiceConfig, ServiceCoreModule, serviceCoreEntities, serviceCoreTokens } from '@anw/service-core';
import type { DynamicModule, InjectionToken } from '@nestjs/common';
import { regisseurMigrations } from '../migrations/index.js';
import { Assignments } from './assignments.js';
import { CustodianDoors } from './custodian-doors.js';
import { PatientFinder } from './patient-finder.js';
import { Prechecks } from './prechecks.js';
import { ReceiptHandling } from './receipt-handling.js';
import { RegisseurScopes } from './regisseur-scopes.js';
import { Regisseurs } from './regisseurs.js';

/** Behind the doors of the regisseur: what every service has, and the work of the desk. */
export function regisseurCore(config: ServiceConfig): DynamicModule {
  return ServiceCoreModule.register({
    name: 'regisseur',
    config,
    migrations: regisseurMigrations,
    entities: [...serviceCoreEntities, ...deskEntities],
    servesFhir: false,
    providers: [
      Regisseurs,
      CustodianDoors,
      Prechecks,
      PatientFinder,
      Assignments,
      { provide: OfferedScopes, useClass: RegisseurScopes },
      { provide: NotificationHandling, useClass: ReceiptHandling },
    ],
  });
}

/** What the doors' controllers inject from it. */
export const regisseurTokens: readonly InjectionToken[] = [...serviceCoreTokens, Regisseurs, Prechecks, PatientFinder, Assignments];
