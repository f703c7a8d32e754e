import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import type { RegisseurConfig } from './config.js';
import { PartnersController } from './operator-door/partners.controller.js';
import { ShiftsController } from './operator-door/shifts.controller.js';
import { AuthorizationsController } from './partner-door/authorizations.controller.js';
import { DeskAuthorizationsController } from './staff-door/authorizations.controller.js';
import { CareRequestsController } from './staff-door/care-requests.controller.js';
import { CustodiansController } from './staff-door/custodians.controller.js';
import { DeskEventsController } from './staff-door/desk-events.controller.js';
import { PatientsController } from './staff-door/patients.controller.js';
import { PractitionersController } from './staff-door/practitioners.controller.js';
import { DeskShiftsController } from './staff-door/shifts.controller.js';
import { PrecheckController } from './staff-door/precheck.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [AuthorizationsController] })
export class RegisseurPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [PartnersController, ShiftsController] })
export class RegisseurOperatorDoor {}

@Module({ controllers: [CareRequestsController, CustodiansController, PatientsController, PractitionersController, PrecheckController, DeskAuthorizationsController, DeskShiftsController, DeskEventsController] })
export class RegisseurStaffDoor {
  static with({ oidc, doors }: RegisseurConfig): DynamicModule {
    return { module: RegisseurStaffDoor, imports: [StaffDoorModule.with({ oidc, url: doors.staff.url, title: 'Triagedesk' })] };
  }
}
