import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ActorConfig } from './config.js';
import { LaunchClientsController } from './operator-door/launch-clients.controller.js';
import { RegisseursController } from './operator-door/regisseurs.controller.js';
import { ShiftsController } from './operator-door/shifts.controller.js';
import { UndeliveredDraftsController } from './operator-door/undelivered-drafts.controller.js';
import { LaunchesController } from './partner-door/launches.controller.js';
import { PractitionersController } from './partner-door/practitioners.controller.js';
import { DossierController } from './staff-door/dossier.controller.js';
import { ShiftController } from './staff-door/shift.controller.js';
import { HomeAccessController } from './staff-door/home-access.controller.js';
import { RouteController } from './staff-door/route.controller.js';
import { DraftsController } from './staff-door/drafts.controller.js';
import { LaunchController } from './staff-door/launch.controller.js';
import { PushController } from './staff-door/push.controller.js';
import { UndeliveredController } from './staff-door/undelivered.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [PractitionersController, LaunchesController] })
export class ActorPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [RegisseursController, ShiftsController, UndeliveredDraftsController, LaunchClientsController] })
export class ActorOperatorDoor {}

@Module({ controllers: [RouteController, DossierController, HomeAccessController, DraftsController, UndeliveredController, ShiftController, PushController, LaunchController] })
export class ActorStaffDoor {
  static with({ oidc, themes, doors }: ActorConfig): DynamicModule {
    return { module: ActorStaffDoor, imports: [StaffDoorModule.with({ oidc, themes, url: doors.staff.url, title: 'Route van de zorgverlener' })] };
  }
}
