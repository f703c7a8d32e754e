import { DecisionView } from '@anw/api-contracts';
import { AuditLogTable, Database, DecisionTable, findDecisionEverywhere } from '@anw/persistence';
import { CLOCK, CurrentOperator, Documented, ProblemError } from '@anw/platform';
import type { Clock, EmployeeIdentifier } from '@anw/values';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { explainDecision } from '../decisions/explain-decision.js';

/** "Why was this refused?": the whole decision under the reference that the caller was told (design D16). */
@Controller('operator/decisions')
export class DecisionsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':reference')
  @Documented({ summary: 'The decision record of a reference', request: { params: z.object({ reference: z.uuid() }) }, responses: { 200: { description: 'Eight verdicts with their facts', schema: DecisionView }, 404: { description: 'No such decision' } } })
  async find(@Param('reference') reference: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<DecisionView> {
    if (!z.uuid().safeParse(reference).success) throw new ProblemError('not-found');
    const found = await this.database.acrossOrganisations((tx) => findDecisionEverywhere(tx, reference));
    if (found === undefined) throw new ProblemError('not-found');
    const { organisation, record } = found;
    const grant = await this.database.withOrganisation(organisation, async (tx) => {
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'decision.read', outcome: 'success', at: this.clock(), reference, practitioner: { identifier: by ?? 'operator' } });
      return record.tokenDecision === undefined ? undefined : new DecisionTable(tx).findDecision(record.tokenDecision);
    });
    return explainDecision(record, grant);
  }
}
