import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { LogController } from '@anw/service-core';
import { type DynamicModule, Module } from '@nestjs/common';
import type { CustodianConfig } from './config.js';
import { AllowlistController } from './operator-door/allowlist.controller.js';
import { AuditEventsController } from './operator-door/audit-events.controller.js';
import { DecisionsController } from './operator-door/decisions.controller.js';
import { EnrolmentsController } from './operator-door/enrolments.controller.js';
import { EnrichedController } from './operator-door/enriched.controller.js';
import { WebhookController } from './operator-door/webhook.controller.js';
import { HomeAccessController } from './operator-door/home-access.controller.js';
import { ResourcesController } from './operator-door/resources.controller.js';
import { SourceController } from './operator-door/source.controller.js';
import { SettingsController } from './operator-door/settings.controller.js';
import { FhirController } from './partner-door/fhir.controller.js';
import { RegisseurController } from './partner-door/regisseur.controller.js';
import { StaffDecisionsController } from './staff-door/staff-decisions.controller.js';
import { OwnPatientsController } from './staff-door/own-patients.controller.js';
import { ManagerController } from './staff-door/manager.controller.js';
import { StaffEnrichedController } from './staff-door/enriched.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [FhirController, RegisseurController] })
export class CustodianPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [AllowlistController, EnrolmentsController, HomeAccessController, EnrichedController, WebhookController, DecisionsController, AuditEventsController, ResourcesController, SettingsController, SourceController] })
export class CustodianOperatorDoor {}

@Module({ controllers: [StaffEnrichedController, ManagerController, OwnPatientsController, StaffDecisionsController, LogController] })
export class CustodianStaffDoor {
  static with({ oidc, themes, doors }: CustodianConfig): DynamicModule {
    return { module: CustodianStaffDoor, imports: [StaffDoorModule.with({ oidc, themes, url: doors.staff.url, title: 'Bronhouder: toezicht op het dossier' })] };
  }
}
