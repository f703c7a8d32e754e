import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { KeysController } from './keys.controller.js';
import { MetricsController } from './metrics.controller.js';
import { OpenApiController } from './openapi.controller.js';
import { OrganisationsController } from './organisations.controller.js';
import { ParkedMessagesController } from './parked-messages.controller.js';

/** What the operator door of every service serves. The service bridges `OrganisationAdministration`, `KeyAdministration` and `ParkedMessages` from its core. */
@Module({ controllers: [HealthController, MetricsController, OpenApiController, OrganisationsController, KeysController, ParkedMessagesController] })
export class OperatorDoorModule {}
