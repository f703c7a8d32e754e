import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CrossSiteGuard } from './cross-site.guard.js';
import { EventStreams } from './event-streams.js';
import { FrontPageController } from './front-page.controller.js';
import { LoginController } from './login.controller.js';
import { OidcClient } from './oidc-client.js';
import { SessionReader } from './session-reader.js';
import { SessionGuard } from './session.guard.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';

/**
 * Login, session and protection of every staff door. The service's staff module imports it, and bridges
 * `StaffSessions` and `StaffOrganisations` from its core.
 */
export class StaffDoorModule {
  static with(options: StaffDoorOptions): DynamicModule {
    return {
      module: StaffDoorModule,
      global: true,
      controllers: [FrontPageController, LoginController],
      providers: [
        OidcClient,
        EventStreams,
        SessionReader,
        { provide: STAFF_DOOR_OPTIONS, useValue: options },
        { provide: APP_GUARD, useClass: CrossSiteGuard },
        { provide: APP_GUARD, useClass: SessionGuard },
      ],
      exports: [EventStreams],
    };
  }
}
