import { EndShiftInput, NurseShiftEnded } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { EndOfShift } from '../visits/end-of-shift.js';
import { NURSE_ROLE } from './nurse-role.js';

/** The shift of the logged-in nurse. */
@Controller('api/shift')
@RequireRole(NURSE_ROLE)
export class ShiftController {
  constructor(@Inject(EndOfShift) private readonly endOfShift: EndOfShift) {}

  @Post('end')
  @HttpCode(200)
  @Documented({ summary: 'End the shift: every visit leaves her route, and the regisseurs revoke what they authorized', request: { body: EndShiftInput }, responses: { 200: { description: 'Ended', schema: NurseShiftEnded }, 409: { description: 'Something she wrote is in no custodian’s record yet; `undelivered` says how many' } } })
  async end(@CurrentUser() user: StaffUser, @Body({ schema: EndShiftInput }) input: EndShiftInput): Promise<NurseShiftEnded> {
    const { endedAt, ...counts } = await this.endOfShift.endFor(user, input);
    return { endedAt: endedAt.toISOString(), ...counts };
  }
}
