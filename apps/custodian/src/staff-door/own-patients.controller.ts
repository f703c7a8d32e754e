import { OwnPatientSearch, OwnPatientSearchResult } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { OwnPatients } from '../patients/own-patients.js';
import { APPLICATION_MANAGER_ROLE, PRIVACY_OFFICER_ROLE } from './custodian-roles.js';

/** Finds a client of one's own organisation by name or birth date, for who else would have to know her number. */
@Controller('api/patients')
@RequireRole(PRIVACY_OFFICER_ROLE, APPLICATION_MANAGER_ROLE)
export class OwnPatientsController {
  constructor(@Inject(OwnPatients) private readonly patients: OwnPatients) {}

  @Post('search')
  @HttpCode(200)
  @Documented({ summary: 'Clients of this organisation by parts of the name, birth date, or both; those who left included', request: { body: OwnPatientSearch }, responses: { 200: { description: 'Clients, by name', schema: OwnPatientSearchResult } } })
  async search(@CurrentUser() user: StaffUser, @Body({ schema: OwnPatientSearch }) query: OwnPatientSearch): Promise<OwnPatientSearchResult> {
    return this.patients.search(user, query);
  }
}
