import { provenanceOf } from '@anw/fhir';
import { AuditLogTable, Database, EnrichmentTable, type ListedEnrichment, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type Clock, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const params = z.object({ org: OrganisationName });
const Cursor = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Filter = z.strictObject({ after: Cursor.default(0), since: z.iso.datetime({ offset: true }).optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) });
type Filter = z.infer<typeof Filter>;
const Resource = z.looseObject({ resourceType: z.string() });
const EnrichedView = z.strictObject({ id: z.uuid(), resource: z.string(), patient: z.string(), at: z.iso.datetime(), provenance: Resource, body: Resource.optional() });
type EnrichedView = z.infer<typeof EnrichedView>;
const EnrichedList = z.strictObject({ items: z.array(EnrichedView), next: z.string() });
type EnrichedList = z.infer<typeof EnrichedList>;

/** A write is milliseconds; one that takes longer than this is stuck, and the list says so rather than pass it over. */
const PATIENCE_MILLISECONDS = 3_000;

/** What came into one organisation's records from out-of-hours care, for its own systems; see docs/day-team.md. */
@Controller('operator/organisations/:org/enriched')
export class EnrichedController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({
    summary: 'What came in behind `after`, oldest first, each once; `next` is the `after` of the next question. `since`: from that moment on. `X-Operator` says who asks',
    request: { params, query: Filter },
    responses: { 200: { description: 'With author, organisation and regisseur as Provenance; `body` where the record lies here', schema: EnrichedList }, 503: { description: 'A write is under way for longer than it should; ask again' } },
  })
  async list(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Query({ schema: Filter }) { after, since, limit }: Filter): Promise<EnrichedList> {
    const { id } = await requireOrganisation(this.directory, org);
    return this.database.withOrganisation(id, async (tx) => {
      const listed = await new EnrichmentTable(tx).list({ after, since: since === undefined ? undefined : new Date(since), limit, patienceMilliseconds: PATIENCE_MILLISECONDS });
      if (listed === undefined) throw new ProblemError('unavailable', { retryAfterSeconds: 5 });
      const items = listed.items.map(render);
      if (items.length > 0) {
        await new AuditLogTable(tx).append({ id: randomUUID(), name: 'enriched.read', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, query: `after ${after}`, resources: items.map(({ resource }) => resource) });
      }
      return { items, next: String(listed.next) };
    });
  }
}

function render(enrichment: ListedEnrichment): EnrichedView {
  const { id, type, resource, version, patient, at, body } = enrichment;
  return { id, resource: `${type}/${resource}/_history/${version}`, patient, at: at.toISOString(), provenance: EnrichedView.shape.provenance.parse(provenanceOf(enrichment)), ...(body && { body }) };
}
