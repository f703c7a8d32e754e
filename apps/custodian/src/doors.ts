import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { LogController } from '@anw/service-core';
import { type DynamicModule, Module } from '@nestjs/common';
import type { CustodianConfig } from './config.js';
import { AllowlistController } from './operator-door/allowlist.controller.js';
import { AuditEventsController } from './operator-door/audit-events.controller.js';
import { DecisionsController } from './operator-door/decisions.controller.js';
import { EnrolmentsController } from './operator-door/enrolments.controller.js';
import { ResourcesController } from './operator-door/resources.controller.js';
import { SettingsController } from './operator-door/settings.controller.js';
import { FhirController } from './partner-door/fhir.controller.js';
import { RegisseurController } from './partner-door/regisseur.controller.js';
import { StaffDecisionsController } from './staff-door/staff-decisions.controller.js';
import { WrittenBackController } from './staff-door/written-back.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [FhirController, RegisseurController] })
export class CustodianPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [AllowlistController, EnrolmentsController, DecisionsController, AuditEventsController, ResourcesController, SettingsController] })
export class CustodianOperatorDoor {}

@Module({ controllers: [WrittenBackController, StaffDecisionsController, LogController] })
export class CustodianStaffDoor {
  static with({ oidc, doors }: CustodianConfig): DynamicModule {
    return { module: CustodianStaffDoor, imports: [StaffDoorModule.with({ oidc, url: doors.staff.url, title: 'Bronhouder: toezicht op het dossier' })] };
  }
}
