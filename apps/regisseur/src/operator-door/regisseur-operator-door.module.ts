import { OperatorDoorModule } from '@anw/platform';
import { Module } from '@nestjs/common';
import { PartnersController } from './partners.controller.js';
import { ShiftsController } from './shifts.controller.js';

@Module({ imports: [OperatorDoorModule], controllers: [PartnersController, ShiftsController] })
export class RegisseurOperatorDoorModule {}
