import { type WrittenBackItem, WrittenBackList } from '@anw/api-contracts';
import { type FhirResource, patientCard, summariseWrittenBack, type WrittenBackResource } from '@anw/fhir';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, Database, FhirResourceTable, WrittenBackTable } from '@anw/persistence';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const Since = z.strictObject({ since: z.iso.datetime({ offset: true }).default('1970-01-01T00:00:00Z') });
type Since = z.infer<typeof Since>;

/** What came in from out-of-hours care, for the day team of the logged-in person's organisation. */
@Controller('api/written-back')
export class WrittenBackController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequireRole('privacy-officer', 'application-manager', 'nurse')
  @Documented({ summary: 'Reports and measurements that nurses of other organisations wrote, newest first', request: { query: Since }, responses: { 200: { description: 'The list', schema: WrittenBackList } } })
  async list(@CurrentUser() user: StaffUser, @Query({ schema: Since }) { since }: Since): Promise<WrittenBackList> {
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const written = await new WrittenBackTable(tx).listWrittenBack(new Date(since));
      const patients = new FhirResourceTable(tx, { clock: this.clock, newId: randomUUID });
      const items: WrittenBackItem[] = [];
      for (const resource of written) {
        const { patient } = resource;
        const stored = await patients.readPatient(patient);
        items.push(toItem(resource, stored?.resource));
        const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
        await new AuditLogTable(tx).append({ id: randomUUID(), name: 'fhir.read', outcome: 'success', at: this.clock(), practitioner, patient, resources: [items.at(-1)!.resource], query: 'written-back list' });
      }
      return { items };
    });
  }
}

function toItem(written: WrittenBackResource, resource: FhirResource | undefined): WrittenBackItem {
  const { kind, text, effectiveAt } = summariseWrittenBack(written.stored.resource);
  return {
    resource: `${written.stored.resource.resourceType}/${written.stored.resource.id}`,
    kind,
    patient: { id: written.patient, name: resource === undefined ? '' : patientCard(resource).name },
    author: written.practitioner,
    actor: written.actor,
    effectiveAt: (effectiveAt ?? written.stored.lastUpdated).toISOString(),
    receivedAt: written.stored.lastUpdated.toISOString(),
    text,
  };
}
