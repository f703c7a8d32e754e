import { PrecheckInput, PrecheckResult } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { type PrecheckRefusal, repairers, triageMessages } from '@anw/triage';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Prechecks } from '../prechecks/prechecks.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';

/** The light that the desk shows before anything is sent (design §2 step 2). */
@Controller('api/precheck')
@RequireRole(TRIAGIST_ROLE)
export class PrecheckController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Prechecks) private readonly prechecks: Prechecks,
  ) {}

  @Post()
  @HttpCode(200)
  @Documented({ summary: 'May this actor be sent to this patient?', request: { body: PrecheckInput }, responses: { 200: { description: 'Green, or red with the reason', schema: PrecheckResult } } })
  async check(@CurrentUser() user: StaffUser, @Body({ schema: PrecheckInput }) question: PrecheckInput): Promise<PrecheckResult> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const answer = await this.prechecks.answer(regisseur, question, triagistOf(user));
    return answer.light === 'green' ? { light: 'green' } : redLight(answer.reason);
  }
}

function redLight(code: PrecheckRefusal): PrecheckResult {
  const repairBy = repairers[code];
  return { light: 'red', reason: triageMessages[code], code, ...(repairBy && { repairBy }) };
}
