import { AlarmTimes } from '@anw/api-contracts';
import { CLOCK, CurrentOperator, Documented } from '@anw/platform';
import { type Clock, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName });

/** Within what time a visit has to be opened, as the region agreed; for what is sent from then on. */
@Controller('operator/organisations/:org/alarm-times')
export class AlarmTimesOperatorController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put()
  @Documented({ summary: 'Agree within how many minutes a visit has to be opened, by urgency', request: { params, body: AlarmTimes }, responses: { 200: { description: 'Minutes', schema: AlarmTimes }, 404: { description: 'No such organisation' } } })
  async save(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: AlarmTimes }) times: AlarmTimes): Promise<AlarmTimes> {
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    await transaction(async ({ alarmTimes, audit }) => {
      await alarmTimes.saveAlarmTimes(times);
      await audit.append({ id: randomUUID(), name: 'alarm-times.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `urgent ${times.urgent}, soon ${times.soon}, routine ${times.routine}` });
    });
    return times;
  }

  @Get()
  @Documented({ summary: 'Within how many minutes a visit has to be opened, by urgency', request: { params }, responses: { 200: { description: 'Minutes', schema: AlarmTimes }, 404: { description: 'No such organisation' } } })
  async find(@Param('org') org: string): Promise<AlarmTimes> {
    const { transaction } = await regisseurOf(org, this.regisseurs);
    return transaction(({ alarmTimes }) => alarmTimes.findAlarmTimes());
  }
}
