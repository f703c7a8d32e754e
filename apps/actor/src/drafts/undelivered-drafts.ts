import type { UndeliveredDraft } from '@anw/fhir';
import type { Organisation, StaffUser } from '@anw/identity';
import { AuditLogTable, Database, UndeliveredDraftTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import type { Clock, EmployeeIdentifier } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** What was written and did not arrive: told to the nurse who wrote it and to her application manager, never what it said. */
@Injectable()
export class UndeliveredDrafts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What she has not seen yet, newest first. */
  listUnseen({ organisationId, identifier }: StaffUser): Promise<readonly UndeliveredDraft[]> {
    return this.database.withOrganisation(organisationId, (tx) => new UndeliveredDraftTable(tx).listUnseen(identifier));
  }

  /** Answers false when there is none of that id of hers. */
  markSeen(id: string, { organisationId, identifier }: StaffUser): Promise<boolean> {
    return this.database.withOrganisation(organisationId, (tx) => new UndeliveredDraftTable(tx).markSeen(id, identifier, this.clock()));
  }

  /** Those that nobody took note of first, each newest first. */
  list({ id }: Organisation, limit: number): Promise<readonly UndeliveredDraft[]> {
    return this.database.withOrganisation(id, (tx) => new UndeliveredDraftTable(tx).listUndelivered(limit));
  }

  /** The application manager takes note of one, once; undefined when there is none of that id. */
  acknowledge({ id: organisation, did }: Organisation, id: string, by: EmployeeIdentifier | undefined): Promise<UndeliveredDraft | undefined> {
    const [at, who] = [this.clock(), by ?? 'operator'];
    return this.database.withOrganisation(organisation, async (tx) => {
      const table = new UndeliveredDraftTable(tx);
      if (await table.markAcknowledged(id, who, at)) await new AuditLogTable(tx).append({ id: randomUUID(), name: 'draft.acknowledged', outcome: 'success', at, practitioner: { identifier: who }, actor: did, reference: id });
      return table.findUndelivered(id);
    });
  }
}
