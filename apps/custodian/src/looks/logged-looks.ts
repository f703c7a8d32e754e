import { type AuditEventName, type Look, type LookedAt, Looks } from '@anw/audit';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, Database, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import type { Clock, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

export interface ListToRead<T> {
  readonly name: AuditEventName;
  readonly read: (tx: Transaction) => Promise<T>;
  /** Clients whom it shows by name. */
  readonly shows?: (seen: T) => readonly PatientId[];
}

/** Lists of an organisation as its people read them. A look is a row, or a row for each client whom it shows; it commits before the list leaves. */
@Injectable()
export class LoggedLooks {
  private readonly looks: Looks;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.looks = new Looks(clock);
  }

  async read<T>(user: StaffUser, { name, read, shows }: ListToRead<T>): Promise<T> {
    const look: Look = { organisation: user.organisationId, practitioner: user.identifier, name };
    const { seen, unlogged } = await this.database.withOrganisation(user.organisationId, async (tx) => {
      const list = await read(tx);
      const rows = this.looks.unlogged(look, subjectsOf(shows?.(list)));
      for (const patient of rows) await this.log(tx, user, name, patient);
      return { seen: list, unlogged: rows };
    });
    this.looks.remember(look, unlogged);
    return seen;
  }

  private log(tx: Transaction, { identifier, name: fullName, roleName }: StaffUser, name: AuditEventName, patient: LookedAt): Promise<void> {
    return new AuditLogTable(tx).append({ id: randomUUID(), name, outcome: 'success', at: this.clock(), practitioner: { identifier, name: fullName, roleName }, ...(patient && { patient }) });
  }
}

/** Also a list of nobody was looked at. */
function subjectsOf(patients: readonly PatientId[] = []): readonly LookedAt[] {
  return patients.length === 0 ? [undefined] : patients;
}
