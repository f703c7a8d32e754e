import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import type { RegisseurConfig } from './config.js';
import { AlarmTimesOperatorController } from './operator-door/alarm-times.controller.js';
import { DecisionTreesOperatorController } from './operator-door/decision-trees.controller.js';
import { PartnersController } from './operator-door/partners.controller.js';
import { PostcodeAreasController } from './operator-door/postcode-areas.controller.js';
import { ShiftsController } from './operator-door/shifts.controller.js';
import { NightViewersController } from './operator-door/night-viewers.controller.js';
import { TriageSystemsController } from './operator-door/triage-systems.controller.js';
import { AuthorizationsController } from './partner-door/authorizations.controller.js';
import { TriageTokenController } from './partner-door/triage-token.controller.js';
import { TriageVisitsController } from './partner-door/triage-visits.controller.js';
import { AlarmTimesController } from './staff-door/alarm-times.controller.js';
import { DeskAuthorizationsController } from './staff-door/authorizations.controller.js';
import { CareRequestsController } from './staff-door/care-requests.controller.js';
import { CustodiansController } from './staff-door/custodians.controller.js';
import { DecisionTreesController } from './staff-door/decision-trees.controller.js';
import { DeskEventsController } from './staff-door/desk-events.controller.js';
import { HandoversController } from './staff-door/handovers.controller.js';
import { NightController } from './staff-door/night.controller.js';
import { PatientsController } from './staff-door/patients.controller.js';
import { PractitionersController } from './staff-door/practitioners.controller.js';
import { DeskShiftsController } from './staff-door/shifts.controller.js';
import { PrecheckController } from './staff-door/precheck.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [AuthorizationsController, TriageTokenController, TriageVisitsController] })
export class RegisseurPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [PartnersController, ShiftsController, DecisionTreesOperatorController, PostcodeAreasController, AlarmTimesOperatorController, TriageSystemsController, NightViewersController] })
export class RegisseurOperatorDoor {}

@Module({ controllers: [CareRequestsController, CustodiansController, PatientsController, PractitionersController, PrecheckController, DeskAuthorizationsController, DeskShiftsController, DecisionTreesController, AlarmTimesController, NightController, HandoversController, DeskEventsController] })
export class RegisseurStaffDoor {
  static with({ oidc, themes, doors }: RegisseurConfig): DynamicModule {
    return { module: RegisseurStaffDoor, imports: [StaffDoorModule.with({ oidc, themes, url: doors.staff.url, title: 'Triagedesk' })] };
  }
}
