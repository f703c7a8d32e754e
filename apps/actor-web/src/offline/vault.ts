import { KeptDraft } from './kept-draft.js';
import { createSealKey, seal, unseal } from './seal.js';
import type { SealedRow, SealedRows } from './sealed-rows.js';

/** What changed: `undefined` when it may be anything. */
export type VaultChange = { readonly id: string; readonly visit: string } | undefined;

export interface VaultOptions {
  readonly rows: SealedRows;
  readonly now: () => Date;
  /** One at a time for each entry, in whichever tab: each changes what the one before left. */
  readonly inTurn: <T>(id: string, work: () => Promise<T>) => Promise<T>;
  readonly onChange: (change: VaultChange) => void;
  /** What the server never had went with its visit. */
  readonly onLost?: (drafts: readonly KeptDraft[]) => void;
}

/**
 * What a nurse wrote and the server does not have yet, encrypted on her device with a key for each visit. The key goes
 * when the authorization ends, at log-out, at the end of the shift and when somebody else logs in; what it locked goes
 * with it (docs/adr/0020).
 */
export class Vault {
  constructor(private readonly options: VaultOptions) {}

  /** From now on it is this person's; what another left is forgotten. @param owner organisation and identifier of the one who is logged in */
  async claim(owner: string): Promise<void> {
    const { rows } = this.options;
    if ((await rows.owner()) !== owner) {
      await this.forgetAll();
      await rows.setOwner(owner);
    }
    await this.forgetEnded();
  }

  async find(id: string): Promise<KeptDraft | undefined> {
    const row = await this.options.rows.find(id);
    return row && this.opened(row);
  }

  /** Oldest first. @param visit absent: of every visit */
  async list(visit?: string): Promise<readonly KeptDraft[]> {
    const rows = await this.options.rows.list();
    const opened = await Promise.all(rows.filter((row) => visit === undefined || row.visit === visit).map((row) => this.opened(row)));
    return opened.flatMap((draft) => draft ?? []).sort((one, other) => one.savedAt.localeCompare(other.savedAt));
  }

  /** Answers false when its authorization is over: then nothing is kept. */
  async save(draft: KeptDraft): Promise<boolean> {
    const { rows, now, onChange } = this.options;
    const known = await rows.findKey(draft.visit);
    if (Date.parse(known?.until ?? draft.until) <= now().getTime()) {
      await this.forgetVisit(draft.visit);
      return false;
    }
    const { key } = known ?? (await rows.addKey({ visit: draft.visit, key: await createSealKey(), until: draft.until }));
    await rows.put({ id: draft.id, visit: draft.visit, ...(await seal(key, JSON.stringify(draft), contextOf(draft))) });
    onChange(draft);
    return true;
  }

  /** Changes what is kept now, unless she typed on meanwhile; answers what is kept then. */
  amend(draft: Pick<KeptDraft, 'id' | 'revision'>, change: (kept: KeptDraft) => KeptDraft): Promise<KeptDraft | undefined> {
    return this.options.inTurn(draft.id, async () => {
      const kept = await this.find(draft.id);
      if (kept === undefined || kept.revision !== draft.revision) return kept;
      const changed = change(kept);
      await this.save(changed);
      return changed;
    });
  }

  /** Makes of what is kept what she has now; answers whether it changed and is kept. */
  write(id: string, change: (kept: KeptDraft | undefined) => KeptDraft): Promise<boolean> {
    return this.options.inTurn(id, async () => {
      const kept = await this.find(id);
      const changed = change(kept);
      return changed !== kept && this.save(changed);
    });
  }

  async remove({ id, visit }: Pick<KeptDraft, 'id' | 'visit'>): Promise<void> {
    await this.options.rows.remove(id);
    this.options.onChange({ id, visit });
  }

  /** Its visit lasts until then now, as the server says: longer after an extension, shorter when that was taken back. */
  async keepUntil(visit: string, until: string): Promise<void> {
    const known = await this.options.rows.findKey(visit);
    if (known !== undefined && known.until !== until) await this.options.rows.putKey({ ...known, until });
  }

  /** Its authorization is over. */
  async forgetVisit(visit: string): Promise<void> {
    const lost = (await this.list(visit)).filter(({ isAtServer }) => !isAtServer);
    await this.options.rows.removeVisit(visit);
    if (lost.length > 0) this.options.onLost?.(lost);
    this.options.onChange(undefined);
  }

  async forgetAll(): Promise<void> {
    await this.options.rows.clear();
    this.options.onChange(undefined);
  }

  /** Also without a connection what is over is over. */
  async forgetEnded(): Promise<void> {
    const now = this.options.now().getTime();
    for (const { visit, until } of await this.options.rows.listKeys()) if (Date.parse(until) <= now) await this.forgetVisit(visit);
  }

  /** What cannot be opened is not there. */
  private async opened(row: SealedRow): Promise<KeptDraft | undefined> {
    const key = await this.options.rows.findKey(row.visit);
    const text = key && (await unseal(key.key, row, contextOf(row)));
    return text === undefined ? undefined : KeptDraft.safeParse(JSON.parse(text)).data;
  }
}

function contextOf({ id, visit }: Pick<SealedRow, 'id' | 'visit'>): string {
  return `${visit}/${id}`;
}
