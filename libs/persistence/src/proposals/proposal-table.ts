import type { EntryKind, EntryToAdd, Proposal, ProposalDecision, ProposalStore } from '@anw/authorization';
import { Did, EmployeeIdentifier, PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';

export interface ProposalRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly regisseur: string;
  readonly actor: string | null;
  readonly patient_id: string | null;
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly outcome: ProposalDecision['outcome'] | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}

/** Proposals of the transaction's organisation, in PostgreSQL. */
export class ProposalTable implements ProposalStore {
  constructor(private readonly tx: Transaction) {}

  async addProposal({ id, kind, entry, proposedBy, proposedAt }: Proposal): Promise<void> {
    const { actor = null, patient = null } = { ...entry } as Partial<EntryToAdd<'allowlist-row'> & EntryToAdd<'enrolment'>>;
    await this.tx.query(
      `INSERT INTO proposal (organisation_id, id, kind, regisseur, actor, patient_id, valid_from, valid_until, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [this.tx.organisation, id, kind, entry.regisseur, actor, patient, entry.period.from, entry.period.until, proposedBy, proposedAt],
    );
  }

  async holdProposal<K extends EntryKind>(kind: K, id: string): Promise<Proposal<K> | undefined> {
    const [row] = await this.tx.query<ProposalRow>('SELECT * FROM proposal WHERE organisation_id = $1 AND kind = $2 AND id = $3 FOR UPDATE', [this.tx.organisation, kind, id]);
    return row && toProposal(row, kind);
  }

  async listProposals<K extends EntryKind>(kind: K): Promise<readonly Proposal<K>[]> {
    const rows = await this.tx.query<ProposalRow>('SELECT * FROM proposal WHERE organisation_id = $1 AND kind = $2 ORDER BY proposed_at, id', [this.tx.organisation, kind]);
    return rows.map((row) => toProposal(row, kind));
  }

  async decideProposal(id: string, { outcome, by, at }: ProposalDecision): Promise<void> {
    await this.tx.query('UPDATE proposal SET outcome = $3, decided_by = $4, decided_at = $5 WHERE organisation_id = $1 AND id = $2 AND outcome IS NULL', [this.tx.organisation, id, outcome, by ?? null, at]);
  }
}

export function toProposal<K extends EntryKind>(row: ProposalRow, kind: K): Proposal<K> {
  const entry = readEntry[kind](row);
  return { id: row.id, kind, entry, proposedBy: EmployeeIdentifier.parse(row.proposed_by), proposedAt: row.proposed_at, ...decisionOf(row) };
}

const readEntry: { readonly [K in EntryKind]: (row: ProposalRow) => EntryToAdd<K> } = {
  'allowlist-row': (row) => ({ ...common(row), actor: Did.parse(row.actor) }),
  enrolment: (row) => ({ ...common(row), patient: PatientId.parse(row.patient_id) }),
};

function common({ regisseur, valid_from: from, valid_until: until }: ProposalRow) {
  return { regisseur: Did.parse(regisseur), period: { from, until } };
}

function decisionOf({ outcome, decided_by: by, decided_at: at }: ProposalRow): Pick<Proposal, 'decision'> {
  if (outcome === null || at === null) return {};
  return { decision: { outcome, at, ...(by !== null && { by: EmployeeIdentifier.parse(by) }) } };
}
