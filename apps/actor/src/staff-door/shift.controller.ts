import { NurseShiftEnded } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { EndOfShift } from '../visits/end-of-shift.js';
import { NURSE_ROLE } from './nurse-role.js';

/** The shift of the logged-in nurse. */
@Controller('api/shift')
@RequireRole(NURSE_ROLE)
export class ShiftController {
  constructor(@Inject(EndOfShift) private readonly endOfShift: EndOfShift) {}

  @Post('end')
  @HttpCode(200)
  @Documented({ summary: 'End the shift: every visit leaves her route, and the regisseurs revoke what they authorized', responses: { 200: { description: 'Ended', schema: NurseShiftEnded } } })
  async end(@CurrentUser() user: StaffUser): Promise<NurseShiftEnded> {
    const { endedAt, visits } = await this.endOfShift.endFor(user);
    return { endedAt: endedAt.toISOString(), visits };
  }
}
