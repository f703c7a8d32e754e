import { HomeAccessLocation } from '@anw/fhir';
import type { KeptHomeAccess, OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, parseRequest, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type EmployeeIdentifier, HomeAccessId, OrganisationName, PatientId } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { HomeAccessKeeping } from '../home-access/home-access-keeping.js';

const params = z.object({ org: OrganisationName });
const patientParams = params.extend({ patient: PatientId });

/** Never what it says: whoever loads it knows, and nobody else needs to. */
const HomeAccessView = z.strictObject({ id: HomeAccessId, patient: PatientId, changedAt: z.iso.datetime() });
type HomeAccessView = z.infer<typeof HomeAccessView>;

/** How to get into patients' homes, loaded by the organisation's own system apart from the record (spec anw-fhir-profiles §3.7). */
@Controller('operator/organisations/:org/home-access')
export class HomeAccessController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(HomeAccessKeeping) private readonly homeAccess: HomeAccessKeeping,
  ) {}

  @Put(':patient')
  @Documented({
    summary: 'Keep how to get into one patient’s home: a FHIR Location with a description only. Other words keep the id. `X-Operator` says who',
    request: { params: patientParams, body: HomeAccessLocation },
    responses: { 200: { description: 'Kept; the description is not repeated', schema: HomeAccessView }, 422: { description: 'The patient is not in care here' } },
  })
  async save(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: HomeAccessLocation }) { description }: HomeAccessLocation): Promise<HomeAccessView> {
    const { org, patient } = parseRequest(patientParams, path);
    const kept = await this.homeAccess.save(await requireOrganisation(this.directory, org), patient, description, by);
    if (kept === undefined) throw new ProblemError('not-acceptable', { detail: 'The patient is not in care here.', extensions: { code: 'patient-not-in-care' } });
    return render(kept);
  }

  @Get()
  @Documented({ summary: 'For which patients a home access is kept; never what it says', request: { params }, responses: { 200: { description: 'By patient', schema: z.object({ homeAccess: z.array(HomeAccessView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly homeAccess: readonly HomeAccessView[] }> {
    return { homeAccess: (await this.homeAccess.list(await requireOrganisation(this.directory, org))).map(render) };
  }

  @Delete(':patient')
  @HttpCode(204)
  @Documented({ summary: 'Forget it; authorizations that name it open nothing from now on', request: { params: patientParams }, responses: { 204: { description: 'Forgotten' }, 404: { description: 'There was none' } } })
  async remove(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const { org, patient } = parseRequest(patientParams, path);
    if (!(await this.homeAccess.remove(await requireOrganisation(this.directory, org), patient, by))) throw new ProblemError('not-found');
  }
}

function render({ id, patient, changedAt }: KeptHomeAccess): HomeAccessView {
  return { id, patient, changedAt: changedAt.toISOString() };
}
