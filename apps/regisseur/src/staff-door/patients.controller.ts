import { PatientSearchInput, PatientSearchResult } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, problemDetails, RequireRole } from '@anw/platform';
import { Body, Controller, Header, HttpCode, Inject, Post, UseInterceptors } from '@nestjs/common';
import { PatientFinder } from '../patients/patient-finder.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { doorFailureMessages } from './door-failure-messages.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { TriageProblems } from './triage-problems.js';

/** The narrow search at the custodians (design §2 step 2); terms travel in the body only. */
@Controller('api/patients')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class PatientsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(PatientFinder) private readonly finder: PatientFinder,
  ) {}

  @Post('search')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Find a patient at one custodian or at all of them',
    request: { body: PatientSearchInput },
    responses: { 200: { description: 'Who was found, and which custodians gave no answer', schema: PatientSearchResult }, 422: { description: 'Not a custodian of this region', schema: problemDetails } },
  })
  async search(@CurrentUser() user: StaffUser, @Body({ schema: PatientSearchInput }) { custodian, ...terms }: PatientSearchInput): Promise<PatientSearchResult> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const { found, unanswered } = await this.finder.search(regisseur, { terms, triagist: triagistOf(user), ...(custodian && { custodian }) });
    return {
      patients: found.map(({ custodian: { did, name }, ...patient }) => ({ ...patient, custodian: { did, name } })),
      unanswered: unanswered.map(({ custodian: { did, name }, reason }) => ({ did, name, reason: doorFailureMessages.custodian[reason] })),
    };
  }
}
