import { type UndeliveredDraft, undeliveredReasons } from '@anw/fhir';
import { DidUrl, EmployeeIdentifier, OrganisationId } from '@anw/values';
import { z } from 'zod';
import type { SystemTransaction, Transaction } from '../database/database.js';

const columns = 'id, authorization_id, practitioner, kind, saved_at, sent_at, ended_at, reason, written, leaving, last_failure, initials, seen_at, acknowledged_at, acknowledged_by';

/** Drafts of the transaction's organisation that could not be delivered, in PostgreSQL: that there was one, never what it said. */
export class UndeliveredDraftTable {
  constructor(private readonly tx: Transaction) {}

  /** What this nurse has not seen yet, newest first. */
  async listUnseen(practitioner: EmployeeIdentifier): Promise<readonly UndeliveredDraft[]> {
    const rows = await this.tx.query<Row>(
      `SELECT ${columns} FROM draft WHERE organisation_id = $1 AND state = 'undelivered' AND practitioner = $2 AND seen_at IS NULL ORDER BY ended_at DESC, id LIMIT 500`,
      [this.tx.organisation, practitioner],
    );
    return rows.map(fromRow);
  }

  /** Newest first; those that no manager has taken note of before all others. */
  async listUndelivered(limit: number): Promise<readonly UndeliveredDraft[]> {
    const rows = await this.tx.query<Row>(
      `SELECT ${columns} FROM draft WHERE organisation_id = $1 AND state = 'undelivered' ORDER BY acknowledged_at IS NOT NULL, ended_at DESC, id LIMIT $2`,
      [this.tx.organisation, limit],
    );
    return rows.map(fromRow);
  }

  async findUndelivered(id: string): Promise<UndeliveredDraft | undefined> {
    const [row] = await this.tx.query<Row>(`SELECT ${columns} FROM draft WHERE organisation_id = $1 AND id = $2 AND state = 'undelivered'`, [this.tx.organisation, id]);
    return row && fromRow(row);
  }

  /** The nurse has seen it: whose client it was is forgotten. Answers false when it is not hers. */
  async markSeen(id: string, practitioner: EmployeeIdentifier, at: Date): Promise<boolean> {
    const rows = await this.tx.query(
      "UPDATE draft SET seen_at = coalesce(seen_at, $4), initials = NULL WHERE organisation_id = $1 AND id = $2 AND state = 'undelivered' AND practitioner = $3 RETURNING 1",
      [this.tx.organisation, id, practitioner, at],
    );
    return rows.length === 1;
  }

  /** The application manager has taken note of it. Answers true the first time. */
  async markAcknowledged(id: string, by: string, at: Date): Promise<boolean> {
    const rows = await this.tx.query(
      "UPDATE draft SET acknowledged_at = $4, acknowledged_by = $3 WHERE organisation_id = $1 AND id = $2 AND state = 'undelivered' AND acknowledged_at IS NULL RETURNING 1",
      [this.tx.organisation, id, by, at],
    );
    return rows.length === 1;
  }

  /** It arrived after all: its last resource was on its way when the authorization ended. Answers whether it was taken for lost. */
  async markArrived(id: string, claim: number): Promise<boolean> {
    const rows = await this.tx.query("DELETE FROM draft WHERE organisation_id = $1 AND id = $2 AND state = 'undelivered' AND claim = $3 RETURNING 1", [this.tx.organisation, id, claim]);
    return rows.length === 1;
  }
}

/** Those that were never told to an application manager, of every organisation; marks them told. */
export async function takeUntoldDrafts(tx: SystemTransaction, at: Date): Promise<readonly (UndeliveredDraft & { readonly organisation: OrganisationId })[]> {
  const rows = await tx.query<Row & { readonly organisation_id: string }>(`UPDATE draft SET told_at = $1 WHERE state = 'undelivered' AND told_at IS NULL RETURNING organisation_id, ${columns}`, [at]);
  return rows.map((row) => ({ organisation: OrganisationId.parse(row.organisation_id), ...fromRow(row) }));
}

/** Of every organisation: forgets initials that nobody came to see, and what a manager took note of long ago. */
export async function forgetUndeliveredDrafts(tx: SystemTransaction, { initialsBefore, acknowledgedBefore }: { readonly initialsBefore: Date; readonly acknowledgedBefore: Date }): Promise<void> {
  await tx.query("UPDATE draft SET initials = NULL WHERE state = 'undelivered' AND initials IS NOT NULL AND ended_at < $1", [initialsBefore]);
  await tx.query("DELETE FROM draft WHERE state = 'undelivered' AND acknowledged_at < $1", [acknowledgedBefore]);
}

interface Row {
  readonly id: string;
  readonly authorization_id: string;
  readonly practitioner: string;
  readonly kind: string;
  readonly saved_at: Date;
  readonly sent_at: Date | null;
  readonly ended_at: Date;
  readonly reason: string;
  readonly written: number;
  readonly leaving: boolean;
  readonly last_failure: string | null;
  readonly initials: string | null;
  readonly seen_at: Date | null;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_by: string | null;
}

const KnownReason = z.enum(undeliveredReasons);

function fromRow(row: Row): UndeliveredDraft {
  return {
    id: row.id,
    authorization: DidUrl.parse(row.authorization_id),
    practitioner: EmployeeIdentifier.parse(row.practitioner),
    kind: row.kind,
    savedAt: row.saved_at,
    ...(row.sent_at && { sentAt: row.sent_at }),
    endedAt: row.ended_at,
    reason: KnownReason.parse(row.reason),
    written: row.written,
    mayHaveArrived: row.leaving,
    ...(row.last_failure !== null && { lastFailure: row.last_failure }),
    ...(row.initials !== null && { initials: row.initials }),
    ...(row.seen_at && { seenAt: row.seen_at }),
    ...(row.acknowledged_at && { acknowledgedAt: row.acknowledged_at }),
    ...(row.acknowledged_by !== null && { acknowledgedBy: row.acknowledged_by }),
  };
}
