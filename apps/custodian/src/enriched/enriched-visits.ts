import type { EnrichedQuestion } from '@anw/api-contracts';
import type { AuditEvent } from '@anw/audit';
import type { PatientCard } from '@anw/fhir';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, Database, type EnrichedVisit, EnrichedVisitTable, OrganisationNameTable, PatientCardTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import type { Clock, Did, OrganisationId, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** Visits on a page. */
const PAGE_SIZE = 20;

export interface EnrichedPage {
  readonly visits: readonly EnrichedVisit[];
  readonly patients: ReadonlyMap<PatientId, PatientCard>;
  readonly names: ReadonlyMap<Did, string>;
  readonly next?: number;
  readonly unread: number;
}

/** What came into the record from out-of-hours care, as the day team reads it; whose was read, and what was marked, is in the log. */
@Injectable()
export class EnrichedVisits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async readPage(user: StaffUser, { patient, show, before }: EnrichedQuestion): Promise<EnrichedPage> {
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const table = new EnrichedVisitTable(tx);
      const found = await table.listVisits({ ...(patient && { patient }), unreadOnly: show === 'unread', ...(before !== undefined && { before: Number(before) }), limit: PAGE_SIZE + 1 });
      const visits = found.slice(0, PAGE_SIZE);
      for (const [of, resources] of shownOf(visits)) await this.log(tx, user, { patient: of, resources });
      return {
        visits,
        patients: await new PatientCardTable(tx).readCards(visits.map((visit) => visit.patient)),
        names: await new OrganisationNameTable(tx).findNames(visits.flatMap(({ items }) => items.flatMap(({ actor, regisseur }) => [actor, regisseur]))),
        ...(found.length > PAGE_SIZE && { next: visits.at(-1)!.last }),
        unread: await table.countUnread(),
      };
    });
  }

  countUnread(organisation: OrganisationId): Promise<number> {
    return this.database.withOrganisation(organisation, (tx) => new EnrichedVisitTable(tx).countUnread());
  }

  /** Marks them read for the whole team; answers how many visits are left. */
  markRead(user: StaffUser, items: readonly string[]): Promise<number> {
    return this.mark(user, 'marked as read', (table) => table.markRead(items, user, this.clock()));
  }

  markUnread(user: StaffUser, items: readonly string[]): Promise<number> {
    return this.mark(user, 'marked as unread', (table) => table.markUnread(items));
  }

  private mark(user: StaffUser, query: string, change: (table: EnrichedVisitTable) => Promise<readonly PatientId[]>): Promise<number> {
    return this.database.withOrganisation(user.organisationId, async (tx) => {
      const table = new EnrichedVisitTable(tx);
      for (const patient of await change(table)) await this.log(tx, user, { patient, query });
      return table.countUnread();
    });
  }

  private log(tx: Transaction, { identifier, name, roleName }: StaffUser, about: Pick<AuditEvent, 'patient' | 'resources' | 'query'>): Promise<void> {
    return new AuditLogTable(tx).append({ id: randomUUID(), name: 'enriched.read', outcome: 'success', at: this.clock(), practitioner: { identifier, name, roleName }, ...about });
  }
}

/** What is shown of whom. */
function shownOf(visits: readonly EnrichedVisit[]): ReadonlyMap<PatientId, readonly string[]> {
  const shown = new Map<PatientId, string[]>();
  for (const { patient, items } of visits) shown.set(patient, [...(shown.get(patient) ?? []), ...items.map(({ type, resource, version }) => `${type}/${resource}/_history/${version}`)]);
  return shown;
}
