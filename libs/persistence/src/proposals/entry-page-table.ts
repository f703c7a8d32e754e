import { describeEntry, describeProposal, type Entry, type EntryKind, type EntryKinds, type EntryPageQuery, type EntryPages } from '@anw/authorization';
import { Did, PatientHandle, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { type ProposalRow, toProposal } from './proposal-table.js';

interface PageRow extends ProposalRow {
  /** Whether it is an entry; else a proposal that nobody approved. */
  readonly kept: boolean;
  readonly handle: string | null;
}

/** Allowlist rows or enrolments of the transaction's organisation together with their proposals, page by page, in PostgreSQL. */
export class EntryPageTable implements EntryPages {
  constructor(private readonly tx: Transaction) {}

  async listPage<K extends EntryKind>(kind: K, { show, patient, after, limit, at }: EntryPageQuery): Promise<readonly Entry<K>[]> {
    const rows = await this.tx.query<PageRow>(
      `WITH entry AS (${entriesOf[kind]})
       SELECT * FROM entry
       WHERE ($2::text IS NULL OR patient_id = $2)
         AND ($3 = 'all' OR (valid_until > $4 AND outcome IS DISTINCT FROM 'withdrawn' AND ($3 = 'open' OR NOT kept)))
         AND ($5::uuid IS NULL OR (valid_from, id) < (SELECT valid_from, id FROM entry WHERE id = $5))
       ORDER BY valid_from DESC, id DESC LIMIT $6`,
      [this.tx.organisation, patient ?? null, show, at, after ?? null, limit],
    );
    return rows.map((row) => toEntry(row, kind, at));
  }

  async countWaiting(kind: EntryKind, at: Date): Promise<number> {
    const [counted] = await this.tx.query<{ waiting: number }>('SELECT count(*)::integer AS waiting FROM proposal WHERE organisation_id = $1 AND kind = $2 AND outcome IS NULL AND valid_until > $3', [this.tx.organisation, kind, at]);
    return counted!.waiting;
  }
}

const decision = 'p.proposed_by, p.proposed_at, p.outcome, p.decided_by, p.decided_at';

function union(kind: EntryKind, table: string, own: { readonly actor: string; readonly patient: string; readonly handle: string }): string {
  return `
    SELECT true AS kept, e.id, e.regisseur, ${own.actor} AS actor, ${own.patient} AS patient_id, ${own.handle} AS handle, e.valid_from, e.valid_until, ${decision}
    FROM ${table} e LEFT JOIN proposal p ON p.organisation_id = e.organisation_id AND p.id = e.id AND p.outcome = 'approved'
    WHERE e.organisation_id = $1
    UNION ALL
    SELECT false, p.id, p.regisseur, p.actor, p.patient_id, NULL::text, p.valid_from, p.valid_until, ${decision}
    FROM proposal p WHERE p.organisation_id = $1 AND p.kind = '${kind}' AND p.outcome IS DISTINCT FROM 'approved'`;
}

const entriesOf: Readonly<Record<EntryKind, string>> = {
  'allowlist-row': union('allowlist-row', 'allowlist_row', { actor: 'e.actor', patient: 'NULL::text', handle: 'NULL::text' }),
  enrolment: union('enrolment', 'enrolment', { actor: 'NULL::text', patient: 'e.patient_id', handle: 'e.handle' }),
};

function toEntry<K extends EntryKind>(row: PageRow, kind: K, at: Date): Entry<K> {
  if (!row.kept) return describeProposal(toProposal(row, kind), at);
  // What was added without a proposal has none of its columns.
  const approval = row.outcome === null ? undefined : toProposal(row, kind);
  return describeEntry<K>(readKept[kind](row), approval, at);
}

const readKept: { readonly [K in EntryKind]: (row: PageRow) => EntryKinds[K] } = {
  'allowlist-row': (row) => ({ ...common(row), actor: Did.parse(row.actor) }),
  enrolment: (row) => ({ ...common(row), patient: PatientId.parse(row.patient_id), handle: PatientHandle.parse(row.handle) }),
};

function common({ id, regisseur, valid_from: from, valid_until: until }: PageRow) {
  return { id, regisseur: Did.parse(regisseur), period: { from, until } };
}
