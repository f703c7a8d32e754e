import { type Draft, draftStates, type UndeliveredReason } from '@anw/fhir';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId } from '@anw/values';
import { z } from 'zod';
import type { SystemTransaction, Transaction } from '../database/database.js';

/** A draft with its content encrypted; beside it what is told of a draft whose content is gone. */
export interface SealedDraft extends Omit<Draft, 'content'> {
  readonly sealed: Uint8Array;
  /** How many of its resources are stored at the custodian. */
  readonly written: number;
  /** Whether a resource left whose outcome nobody knows. */
  readonly leaving: boolean;
  /** Which claim may record what becomes of it. */
  readonly claim: number;
  readonly warnedAt?: Date;
}

export interface DueDrafts {
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly limit: number;
  /** Custodians that are busy enough. */
  readonly exceptCustodians: readonly Did[];
}

/** A draft whose turn it is, and the claim under which to record what becomes of it. */
export interface ClaimedDraft {
  readonly organisation: OrganisationId;
  readonly id: string;
  readonly custodian: Did;
  readonly claim: number;
}

/** What became of a claimed draft; a `nextAttemptAt` keeps it on its way. */
export interface DraftProgress {
  readonly state: 'sending' | 'accepted' | 'refused';
  readonly sealed: Uint8Array;
  readonly written: number;
  readonly leaving: boolean;
  readonly nextAttemptAt?: Date;
  readonly decidedAt?: Date;
  readonly failure?: string;
}

const columns = 'id, authorization_id, custodian, practitioner, kind, state, saved_at, sent_at, decided_at, attempts, claim, written, leaving, warned_at, content';

/** Drafts of the transaction's organisation while their authorization lasts, in PostgreSQL. */
export class DraftTable {
  constructor(private readonly tx: Transaction) {}

  /** Locks it until the transaction ends, so that it changes one change at a time. */
  async lockDraft(id: string): Promise<SealedDraft | undefined> {
    const [row] = await this.tx.query<Row>(`SELECT ${columns} FROM draft WHERE organisation_id = $1 AND id = $2 AND state <> 'undelivered' FOR UPDATE`, [this.tx.organisation, id], 'lock-draft');
    return row && fromRow(row);
  }

  /** Answers false when that id is taken: by another's draft, or by one that could not be delivered. */
  async addDraft(draft: SealedDraft): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO draft (organisation_id, id, authorization_id, custodian, practitioner, kind, state, saved_at, content)
       VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
      [this.tx.organisation, draft.id, draft.authorization, draft.custodian, draft.practitioner, draft.kind, draft.savedAt, Buffer.from(draft.sealed)],
      'add-draft',
    );
    return rows.length === 1;
  }

  /** A draft that was changed by the nurse, under its lock. On its way it is due at once. */
  async replaceDraft(draft: SealedDraft, now: Date): Promise<void> {
    await this.tx.query(
      `UPDATE draft SET state = $3, saved_at = $4, sent_at = $5, decided_at = $6, attempts = $7, content = $8, written = $9, leaving = $10, next_attempt_at = $11, last_failure = NULL
       WHERE organisation_id = $1 AND id = $2 AND state <> 'undelivered'`,
      [this.tx.organisation, draft.id, draft.state, draft.savedAt, draft.sentAt ?? null, draft.decidedAt ?? null, draft.attempts, Buffer.from(draft.sealed), draft.written, draft.leaving, draft.state === 'sending' ? now : null],
      'replace-draft',
    );
  }

  /** What she wrote under this authorization, oldest first. */
  async listDrafts(authorization: DidUrl, practitioner: EmployeeIdentifier): Promise<readonly SealedDraft[]> {
    const rows = await this.tx.query<Row>(
      `SELECT ${columns} FROM draft WHERE organisation_id = $1 AND authorization_id = $2 AND practitioner = $3 AND state <> 'undelivered' ORDER BY saved_at, id LIMIT 500`,
      [this.tx.organisation, authorization, practitioner],
      'list-drafts',
    );
    return rows.map(fromRow);
  }

  async findDraft(id: string): Promise<SealedDraft | undefined> {
    const [row] = await this.tx.query<Row>(`SELECT ${columns} FROM draft WHERE organisation_id = $1 AND id = $2 AND state <> 'undelivered'`, [this.tx.organisation, id], 'find-draft');
    return row && fromRow(row);
  }

  async countDrafts(authorization: DidUrl): Promise<number> {
    const [row] = await this.tx.query<{ count: string }>("SELECT count(*) AS count FROM draft WHERE organisation_id = $1 AND authorization_id = $2 AND state <> 'undelivered'", [this.tx.organisation, authorization]);
    return Number(row?.count ?? 0);
  }

  async deleteDraft(id: string): Promise<void> {
    await this.tx.query("DELETE FROM draft WHERE organisation_id = $1 AND id = $2 AND state IN ('draft', 'refused')", [this.tx.organisation, id]);
  }

  /** Answers false when the claim has passed to another process, or the draft's authorization has ended. */
  async recordProgress({ id, claim }: Pick<ClaimedDraft, 'id' | 'claim'>, { state, sealed, written, leaving, nextAttemptAt, decidedAt, failure }: DraftProgress): Promise<boolean> {
    const rows = await this.tx.query(
      `UPDATE draft SET state = $4, content = $5, written = $6, leaving = $7, next_attempt_at = $8, decided_at = $9, last_failure = $10
       WHERE organisation_id = $1 AND id = $2 AND claim = $3 AND state = 'sending' RETURNING 1`,
      [this.tx.organisation, id, claim, state, Buffer.from(sealed), written, leaving, nextAttemptAt ?? null, decidedAt ?? null, failure ?? null],
      'record-draft-progress',
    );
    return rows.length === 1;
  }

  /** The same for a turn that could not even read the draft. */
  async postpone({ id, claim }: Pick<ClaimedDraft, 'id' | 'claim'>, nextAttemptAt: Date, failure: string): Promise<void> {
    await this.tx.query("UPDATE draft SET next_attempt_at = $4, last_failure = $5 WHERE organisation_id = $1 AND id = $2 AND claim = $3 AND state = 'sending'", [this.tx.organisation, id, claim, nextAttemptAt, failure]);
  }

  /**
   * The authorization is over: what arrived is forgotten, of the rest stays that it did not arrive. The lock on the rows makes
   * it wait for whoever is changing one.
   */
  async endDrafts(authorization: DidUrl, { reason, initials, at }: { readonly reason: UndeliveredReason; readonly initials: string | undefined; readonly at: Date }): Promise<readonly Pick<Draft, 'id' | 'practitioner' | 'kind'>[]> {
    await this.tx.query("DELETE FROM draft WHERE organisation_id = $1 AND authorization_id = $2 AND state = 'accepted'", [this.tx.organisation, authorization]);
    const rows = await this.tx.query<Pick<Row, 'id' | 'practitioner' | 'kind'>>(
      `UPDATE draft SET state = 'undelivered', content = NULL, next_attempt_at = NULL, ended_at = $3, reason = $4, initials = $5
       WHERE organisation_id = $1 AND authorization_id = $2 AND state <> 'undelivered' RETURNING id, practitioner, kind`,
      [this.tx.organisation, authorization, at, reason, initials ?? null],
    );
    return rows.map(({ id, practitioner, kind }) => ({ id, practitioner: EmployeeIdentifier.parse(practitioner), kind }));
  }

  /** The visit was extended: near its new end they are told of again. */
  async forgetWarnings(visit: DidUrl): Promise<void> {
    await this.tx.query("UPDATE draft SET warned_at = NULL WHERE organisation_id = $1 AND authorization_id = $2 AND state <> 'undelivered'", [this.tx.organisation, visit]);
  }

  /** How many of hers under these authorizations are not in a custodian's record. */
  async countUndelivered(authorizations: readonly DidUrl[], practitioner: EmployeeIdentifier): Promise<number> {
    const [row] = await this.tx.query<{ count: string }>(
      "SELECT count(*) AS count FROM draft WHERE organisation_id = $1 AND authorization_id = ANY ($2) AND practitioner = $3 AND state IN ('draft', 'sending', 'refused')",
      [this.tx.organisation, authorizations, practitioner],
    );
    return Number(row?.count ?? 0);
  }
}

/** Drafts that are not in a record yet, of visits that end by then, of every organisation; each is told once. */
export async function takeEndingDrafts(tx: SystemTransaction, { endsBefore, now }: { readonly endsBefore: Date; readonly now: Date }): Promise<readonly { readonly organisation: OrganisationId; readonly id: string }[]> {
  const rows = await tx.query<{ organisation_id: string; id: string }>(
    `UPDATE draft d SET warned_at = $2 FROM received_authorization r
     WHERE r.organisation_id = d.organisation_id AND COALESCE(r.continues, r.authorization_id) = d.authorization_id AND r.withdrawn_at IS NULL AND r.valid_until <= $1
       AND NOT EXISTS (SELECT 1 FROM received_authorization later WHERE later.organisation_id = d.organisation_id AND later.continues = d.authorization_id AND later.withdrawn_at IS NULL AND later.valid_until > $1)
       AND d.state IN ('draft', 'sending', 'refused') AND d.warned_at IS NULL RETURNING d.organisation_id, d.id`,
    [endsBefore, now],
  );
  return rows.map(({ organisation_id, id }) => ({ organisation: OrganisationId.parse(organisation_id), id }));
}

/**
 * Claims what is due, of every organisation, for one process: a claim is a later `next_attempt_at` and a new number, so that
 * nothing needs to be undone when the process dies, and one that was overtaken records nothing.
 */
export async function claimDueDrafts(tx: SystemTransaction, { now, leaseUntil, limit, exceptCustodians }: DueDrafts): Promise<readonly ClaimedDraft[]> {
  const rows = await tx.query<{ organisation_id: string; id: string; custodian: string; claim: number }>(
    `UPDATE draft d SET next_attempt_at = $2, claim = d.claim + 1, attempts = d.attempts + 1
     FROM (SELECT organisation_id, id FROM draft WHERE next_attempt_at <= $1 AND custodian <> ALL ($4) ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
     WHERE d.organisation_id = due.organisation_id AND d.id = due.id
     RETURNING d.organisation_id, d.id, d.custodian, d.claim`,
    [now, leaseUntil, limit, exceptCustodians],
    'claim-drafts',
  );
  return rows.map(({ organisation_id, id, custodian, claim }) => ({ organisation: OrganisationId.parse(organisation_id), id, custodian: Did.parse(custodian), claim }));
}

/** How many drafts of the service stand where; of those that could not be delivered only what no manager has taken note of. */
export async function countDraftsEverywhere(tx: SystemTransaction): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ state: string; count: string }>('SELECT state, count(*) AS count FROM draft WHERE acknowledged_at IS NULL GROUP BY state');
  const counts = Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  return Object.fromEntries([...draftStates, 'undelivered'].map((state) => [state, counts[state] ?? 0]));
}

interface Row {
  readonly id: string;
  readonly authorization_id: string;
  readonly custodian: string;
  readonly practitioner: string;
  readonly kind: string;
  readonly state: string;
  readonly saved_at: Date;
  readonly sent_at: Date | null;
  readonly decided_at: Date | null;
  readonly attempts: number;
  readonly claim: number;
  readonly written: number;
  readonly leaving: boolean;
  readonly warned_at: Date | null;
  readonly content: Buffer;
}

const KnownState = z.enum(draftStates);

function fromRow(row: Row): SealedDraft {
  return {
    id: row.id,
    authorization: DidUrl.parse(row.authorization_id),
    custodian: Did.parse(row.custodian),
    practitioner: EmployeeIdentifier.parse(row.practitioner),
    kind: row.kind,
    state: KnownState.parse(row.state),
    savedAt: row.saved_at,
    ...(row.sent_at && { sentAt: row.sent_at }),
    ...(row.decided_at && { decidedAt: row.decided_at }),
    attempts: row.attempts,
    claim: row.claim,
    written: row.written,
    leaving: row.leaving,
    ...(row.warned_at && { warnedAt: row.warned_at }),
    sealed: row.content,
  };
}
