import { DecisionView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, Database, DecisionTable } from '@anw/persistence';
import { CLOCK, CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { explainDecision } from '../decisions/explain-decision.js';

/** "Waarom is dit geweigerd?" for the privacy officer and the application manager, within their own organisation. */
@Controller('api/decisions')
export class StaffDecisionsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':reference')
  @RequireRole('privacy-officer', 'application-manager')
  @Documented({ summary: 'The decision of a reference, explained in Dutch', request: { params: z.object({ reference: z.uuid() }) }, responses: { 200: { description: 'Eight verdicts', schema: DecisionView }, 404: { description: 'No such decision here' } } })
  async find(@Param('reference') reference: string, @CurrentUser() user: StaffUser): Promise<DecisionView> {
    if (!z.uuid().safeParse(reference).success) throw new ProblemError('not-found');
    const { record, grant } = await this.database.withOrganisation(user.organisationId, async (tx) => {
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'decision.read', outcome: 'success', at: this.clock(), practitioner, reference });
      const decisions = new DecisionTable(tx);
      const found = await decisions.findDecision(reference);
      return { record: found, grant: found?.tokenDecision === undefined ? undefined : await decisions.findDecision(found.tokenDecision) };
    });
    if (record === undefined) throw new ProblemError('not-found');
    return explainDecision(record, grant);
  }
}
