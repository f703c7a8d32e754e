import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ActorConfig } from './config.js';
import { RegisseursController } from './operator-door/regisseurs.controller.js';
import { ShiftsController } from './operator-door/shifts.controller.js';
import { PractitionersController } from './partner-door/practitioners.controller.js';
import { DossierController } from './staff-door/dossier.controller.js';
import { ShiftController } from './staff-door/shift.controller.js';
import { RouteController } from './staff-door/route.controller.js';
import { WriteBackController } from './staff-door/write-back.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [PractitionersController] })
export class ActorPartnerDoor {}

@Module({ imports: [OperatorDoorModule], controllers: [RegisseursController, ShiftsController] })
export class ActorOperatorDoor {}

@Module({ controllers: [RouteController, DossierController, WriteBackController, ShiftController] })
export class ActorStaffDoor {
  static with({ oidc, doors }: ActorConfig): DynamicModule {
    return { module: ActorStaffDoor, imports: [StaffDoorModule.with({ oidc, url: doors.staff.url, title: 'Route van de zorgverlener' })] };
  }
}
