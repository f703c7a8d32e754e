import { PartnerDoorModule } from '@anw/platform';
import { Module } from '@nestjs/common';
import { AuthorizationsController } from './authorizations.controller.js';

@Module({ imports: [PartnerDoorModule], controllers: [AuthorizationsController] })
export class RegisseurPartnerDoorModule {}
