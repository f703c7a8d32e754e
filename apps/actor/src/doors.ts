import { OperatorDoorModule, PartnerDoorModule, StaffDoorModule } from '@anw/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ActorConfig } from './config.js';
import { DossierController } from './staff-door/dossier.controller.js';
import { ShiftController } from './staff-door/shift.controller.js';
import { RouteController } from './staff-door/route.controller.js';
import { WriteBackController } from './staff-door/write-back.controller.js';

@Module({ imports: [PartnerDoorModule] })
export class ActorPartnerDoor {}

@Module({ imports: [OperatorDoorModule] })
export class ActorOperatorDoor {}

@Module({ controllers: [RouteController, DossierController, WriteBackController, ShiftController] })
export class ActorStaffDoor {
  static with({ oidc, doors }: ActorConfig): DynamicModule {
    return { module: ActorStaffDoor, imports: [StaffDoorModule.with({ oidc, url: doors.staff.url, title: 'Route van de zorgverlener' })] };
  }
}
