import { AlarmTimes } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';

/** Within what time a visit has to be opened; agreed in the region, set at the operator door. */
@Controller('api/alarm-times')
@RequireRole(TRIAGIST_ROLE)
export class AlarmTimesController {
  constructor(@Inject(Regisseurs) private readonly regisseurs: Regisseurs) {}

  @Get()
  @Documented({ summary: 'Within how many minutes a visit has to be opened, by urgency', responses: { 200: { description: 'Minutes', schema: AlarmTimes } } })
  async find(@CurrentUser() user: StaffUser): Promise<AlarmTimes> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return regisseur.transaction(({ alarmTimes }) => alarmTimes.findAlarmTimes());
  }
}
