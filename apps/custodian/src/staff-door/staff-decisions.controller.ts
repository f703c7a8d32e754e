import { DecisionExplanation } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { Decisions } from '../decisions/decisions.js';
import { readReference } from '../decisions/read-reference.js';
import { APPLICATION_MANAGER_ROLE, PRIVACY_OFFICER_ROLE } from './custodian-roles.js';

/** "Waarom is dit geweigerd?" for the privacy officer and the application manager, within their own organisation. */
@Controller('api/decisions')
export class StaffDecisionsController {
  constructor(@Inject(Decisions) private readonly decisions: Decisions) {}

  @Get(':reference')
  @RequireRole(PRIVACY_OFFICER_ROLE, APPLICATION_MANAGER_ROLE)
  @Documented({
    summary: 'The decision of a reference, explained in Dutch; takes the reference as people type or paste it',
    request: { params: z.object({ reference: z.string() }) },
    responses: { 200: { description: 'Eight verdicts, what was seen, what to do and who must do it', schema: DecisionExplanation }, 404: { description: 'No such decision here' } },
  })
  async find(@Param('reference') text: string, @CurrentUser() user: StaffUser): Promise<DecisionExplanation> {
    const reference = readReference(text);
    if (reference === undefined) throw new ProblemError('not-found', { detail: 'Dit lijkt niet op een referentie. Een referentie bestaat uit 32 cijfers en letters (a tot en met f), zoals op het scherm van de medewerker staat.' });
    const explanation = await this.decisions.explain(user, reference);
    if (explanation === undefined) throw new ProblemError('not-found', { detail: 'Onder deze referentie is bij uw organisatie geen beslissing bekend. Controleer de referentie. Is zij ouder dan de bewaartermijn, dan staat de weigering nog wel in het logboek.' });
    return explanation;
  }
}
