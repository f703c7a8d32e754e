import { PartnerDoorModule } from '@anw/platform';
import { Module } from '@nestjs/common';
import { ActorAccess } from './actor-access.js';
import { AuthorizationsController } from './authorizations.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [AuthorizationsController], providers: [ActorAccess] })
export class RegisseurPartnerDoorModule {}
