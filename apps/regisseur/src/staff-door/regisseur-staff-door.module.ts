import { StaffDoorModule, type StaffDoorOptions } from '@anw/platform';
import type { DynamicModule } from '@nestjs/common';
import { DeskAuthorizationsController } from './authorizations.controller.js';
import { CareRequestsController } from './care-requests.controller.js';
import { DeskEventsController } from './desk-events.controller.js';
import { PatientsController } from './patients.controller.js';
import { PractitionersController } from './practitioners.controller.js';
import { PrecheckController } from './precheck.controller.js';

/** The API of the triage desk. */
export class RegisseurStaffDoorModule {
  static with(options: StaffDoorOptions): DynamicModule {
    return {
      module: RegisseurStaffDoorModule,
      imports: [StaffDoorModule.with(options)],
      controllers: [CareRequestsController, PatientsController, PractitionersController, PrecheckController, DeskAuthorizationsController, DeskEventsController],
    };
  }
}
