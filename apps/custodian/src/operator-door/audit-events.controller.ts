import { type AuditEvent, auditEventNames } from '@anw/audit';
import { AuditLogTable, AuditTrailTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, CurrentOperator, Documented } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type Clock, type EmployeeIdentifier, OrganisationName, PatientId } from '@anw/values';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const LogQuery = z.strictObject({
  patient: PatientId.optional(),
  reference: z.uuid().optional(),
  name: z.enum(auditEventNames).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
type LogQuery = z.infer<typeof LogQuery>;

/** The log of one organisation; reading it is in the log too (design D17). */
@Controller('operator/organisations/:org/audit-events')
export class AuditEventsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Log rows, newest first', request: { params: z.object({ org: OrganisationName }), query: LogQuery }, responses: { 200: { description: 'Rows', schema: z.object({ events: z.array(z.looseObject({ id: z.uuid(), name: z.enum(auditEventNames) })) }) } } })
  async list(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Query({ schema: LogQuery }) query: LogQuery): Promise<{ readonly events: readonly AuditEvent[] }> {
    const { id } = await requireOrganisation(this.directory, org);
    const events = await this.database.withOrganisation(id, async (tx) => {
      const rows = await new AuditTrailTable(tx).listEvents(query);
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'log.read', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, ...(query.patient && { patient: query.patient }) });
      return rows;
    });
    return { events };
  }
}
