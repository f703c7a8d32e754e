import type { Draft, DraftContent } from '@anw/fhir';
import { decodeDraftContent, DraftTable, type DraftProgress, encodeDraftContent, type ClaimedDraft, type SealedDraft, type Transaction } from '@anw/persistence';
import { createDraftKeys, type DraftKey, type DraftKeys, DraftUnreadableError, type KeyEncryption } from '@anw/veramo';
import type { DidUrl, EmployeeIdentifier } from '@anw/values';

/** What became of a claimed draft, its content in the clear. */
export interface OpenProgress extends Omit<DraftProgress, 'sealed' | 'written' | 'leaving'> {
  readonly content: DraftContent;
}

/** Drafts of the transaction's organisation: in the clear here, encrypted with the key of their visit in the database. */
export class SealedDrafts {
  private readonly table: DraftTable;
  private readonly keys: DraftKeys;

  constructor(
    private readonly tx: Transaction,
    encryption: KeyEncryption,
  ) {
    this.table = new DraftTable(tx);
    this.keys = createDraftKeys(tx, encryption);
  }

  /** Locked until the transaction ends. */
  async lockDraft(id: string): Promise<Draft | undefined> {
    return this.opened(await this.table.lockDraft(id));
  }

  async findDraft(id: string): Promise<Draft | undefined> {
    return this.opened(await this.table.findDraft(id));
  }

  /** Answers false when the id is another draft's. */
  async addDraft(draft: Draft): Promise<boolean> {
    return this.table.addDraft(await this.sealed(draft));
  }

  async replaceDraft(draft: Draft, now: Date): Promise<void> {
    await this.table.replaceDraft(await this.sealed(draft), now);
  }

  /** Oldest first. */
  async listDrafts(authorization: DidUrl, practitioner: EmployeeIdentifier): Promise<readonly Draft[]> {
    const key = await this.keys.findKey(authorization);
    if (key === undefined) return [];
    const rows = await this.table.listDrafts(authorization, practitioner);
    return rows.flatMap((row) => this.readable(row, key) ?? []);
  }

  countDrafts(authorization: DidUrl): Promise<number> {
    return this.table.countDrafts(authorization);
  }

  deleteDraft(id: string): Promise<void> {
    return this.table.deleteDraft(id);
  }

  /** Answers false when the claim has passed to another process, or the authorization has ended. */
  async recordProgress(claimed: Pick<ClaimedDraft, 'id' | 'claim'>, authorization: DidUrl, { content, ...progress }: OpenProgress): Promise<boolean> {
    const key = await this.keys.findKey(authorization);
    if (key === undefined) return false;
    return this.table.recordProgress(claimed, { ...progress, sealed: key.seal(encodeDraftContent(content), claimed.id), ...shownOf(content) });
  }

  private async sealed({ content, ...draft }: Draft): Promise<SealedDraft> {
    const key = await this.keys.keyFor(draft.authorization);
    return { ...draft, claim: 0, sealed: key.seal(encodeDraftContent(content), draft.id), ...shownOf(content) };
  }

  private async opened(row: SealedDraft | undefined): Promise<Draft | undefined> {
    const key = row && (await this.keys.findKey(row.authorization));
    return row && key && this.readable(row, key);
  }

  /** After a restore that left the keys out there are drafts that nobody can read: they are not there, and told of when their authorization ends. */
  private readable({ sealed, written: _written, leaving: _leaving, claim: _claim, warnedAt: _warnedAt, ...draft }: SealedDraft, key: DraftKey): Draft | undefined {
    try {
      return { ...draft, content: decodeDraftContent(key.open(sealed, draft.id), this.tx.organisation) };
    } catch (error) {
      if (error instanceof DraftUnreadableError) return undefined;
      throw error;
    }
  }
}

/** What stays known of a draft when its content has gone. */
function shownOf({ written, leaving }: DraftContent): Pick<SealedDraft, 'written' | 'leaving'> {
  return { written: written.length, leaving: leaving !== undefined };
}
