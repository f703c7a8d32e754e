import { type DossierPatient, DossierView } from '@anw/api-contracts';
import { dossierQueries, dossierView, type PatientCard } from '@anw/fhir';
import { fetchDossier } from '@anw/fhir-client';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { CustodianDoor } from '../custodians/custodian-door.js';
import { Visits } from '../visits/visits.js';
import { toCustodianProblem } from './custodian-problems.js';
import { NURSE_ROLE } from './nurse-role.js';

/** Searches under way at one custodian for one nurse. */
const CONCURRENCY = 6;

/** The dossier of a visit: fetched at the custodian for this answer and kept nowhere (design §2 step 5). */
@Controller('api/visits/:id/dossier')
@RequireRole(NURSE_ROLE)
export class DossierController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'The dossier of a visit, group by group',
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      200: { description: 'What the custodian gave', schema: DossierView },
      403: { description: 'The custodian refused, and `reference` finds its decision there; or the authorization has not begun' },
      404: { description: 'Not on this nurse’s route (any more)' },
      502: { description: 'The custodian does not answer' },
    },
  })
  async open(@Param('id') id: string, @CurrentUser() user: StaffUser): Promise<DossierView> {
    const errand = await this.visits.errandFor(id, user);
    const parts = await this.custodians
      .visit(errand, async (client, patient) => fetchDossier({ client, queries: dossierQueries(patient), concurrency: CONCURRENCY }))
      .catch((error: unknown) => {
        throw toCustodianProblem(error);
      });
    if (parts.every((part) => part.state === 'failed' && (part.reason === 'no-access' || part.reason === 'expired'))) {
      throw new ProblemError('forbidden', { detail: 'U heeft geen toegang (meer) tot dit dossier.' });
    }
    await this.visits.markOpened(errand);
    const { custodian } = errand.authorization.context;
    const { patient, ...view } = dossierView(parts, custodian.name);
    return { ...view, ...(patient && { patient: withoutBsn(patient) }), custodian, fetchedAt: this.clock().toISOString() };
  }
}

/** She confirms identity by name, birth date and address; the BSN is not hers to see (design D7). */
function withoutBsn({ bsn: _bsn, ...card }: PatientCard): DossierPatient {
  return card;
}
