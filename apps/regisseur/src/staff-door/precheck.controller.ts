import { PrecheckInput, PrecheckResult } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { PROPOSAL_SETTINGS, type ProposalSettings } from '../prechecks/proposal-settings.js';
import { Prechecks } from '../prechecks/prechecks.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { toPrecheckResult } from './light-view.js';

/** The light that the desk shows before anything is sent (design §2 step 2). */
@Controller('api/precheck')
@RequireRole(TRIAGIST_ROLE)
export class PrecheckController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Prechecks) private readonly prechecks: Prechecks,
    @Inject(PROPOSAL_SETTINGS) private readonly settings: ProposalSettings,
  ) {}

  @Post()
  @HttpCode(200)
  @Documented({ summary: 'May this actor be sent to this patient?', request: { body: PrecheckInput }, responses: { 200: { description: 'Green, or red with the reason', schema: PrecheckResult } } })
  async check(@CurrentUser() user: StaffUser, @Body({ schema: PrecheckInput }) question: PrecheckInput): Promise<PrecheckResult> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toPrecheckResult(await this.prechecks.answer(regisseur, question, triagistOf(user)), this.settings);
  }
}
