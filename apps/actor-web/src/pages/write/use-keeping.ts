import { useEffect, useMemo, useRef, useState } from 'react';
import { carryKept, changedFields, deviceVault, type FormValues, isSameForm, type KeptDraft, mergeForms, noteKeeping, typed } from '../../offline/index.js';
import { useVisit } from '../dossier/Visit.js';

/** After the last key on the device; what is whole goes to the server a little later. */
const KEEP_MILLISECONDS = 150;
const CARRY_MILLISECONDS = 1_200;
/** What the device could not keep is tried again so much later, or with the next key. */
const AGAIN_MILLISECONDS = 5_000;

/** An entry as the device keeps it. */
export interface Keeping {
  typed(form: FormValues): void;
  /** Takes in what another tab kept of it since. */
  takeIn(kept: Pick<KeptDraft, 'form' | 'revision'>): void;
  /** Keeps at once what waits. */
  flush(): void;
  /** Keeps it with her order to send, and carries it. */
  send(change: (kept: KeptDraft) => KeptDraft): Promise<void>;
  /** Nothing is kept from now on: she throws it away. */
  stop(): void;
}

/** `failed`: the device could not keep it, and goes on trying. */
export type KeepStanding = 'kept' | 'waiting' | 'failed';

/** Whether the device has everything that she typed, and since when. */
export interface Kept {
  readonly standing: KeepStanding;
  /** Undefined as long as it kept nothing. */
  readonly keptAt: Date | undefined;
}

interface Begun {
  readonly id: string;
  readonly kind: string;
  readonly begun: FormValues;
}

/** Keeps an entry on the device as she types it, one write after the other. `onNews` hears what another tab typed. */
export function useKeeping({ id, kind, begun, onNews }: Begun & { readonly onNews: (fields: FormValues) => void }): { readonly keeping: Keeping; readonly kept: Kept } {
  const { visit, stop } = useVisit();
  const [standing, setStanding] = useState<KeepStanding>('kept');
  const [keptAt, setKeptAt] = useState<Date>();
  // An authorization that is extended while she types is no other entry.
  const until = useRef(stop.period.until);
  until.current = stop.period.until;
  const news = useRef(onNews);
  news.current = onNews;
  const keeper = useMemo(() => new Keeper({ id, visit, kind, until: () => until.current, begun }, { onKept: setKeptAt, onStanding: setStanding, onNews: (fields) => news.current(fields) }), [id, visit, kind, begun]);
  useEffect(() => {
    const flush = () => keeper.flush();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      flush();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
    };
  }, [keeper]);
  // Who leaves while the device cannot keep it is asked whether she means it.
  useEffect(() => {
    if (standing !== 'failed') return;
    const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', askFirst);
    return () => window.removeEventListener('beforeunload', askFirst);
  }, [standing]);
  return { keeping: keeper, kept: { standing, keptAt } };
}

class Keeper implements Keeping {
  /** As it stands in the fields. */
  private form: FormValues;
  /** As the device kept it when this tab last looked; and which of its changes that was. */
  private known: FormValues;
  private revision = 0;
  private isWaiting = false;
  private isStopped = false;
  private isFailed = false;
  private writes = 0;
  private keepSoon: ReturnType<typeof setTimeout> | undefined;
  private carrySoon: ReturnType<typeof setTimeout> | undefined;
  private againSoon: ReturnType<typeof setTimeout> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly entry: Begun & { readonly visit: string; readonly until: () => string },
    private readonly hear: { readonly onKept: (at: Date) => void; readonly onStanding: (standing: KeepStanding) => void; readonly onNews: (fields: FormValues) => void },
  ) {
    this.form = entry.begun;
    this.known = entry.begun;
  }

  typed(form: FormValues): void {
    if (this.isStopped || isSameForm(form, this.form)) return;
    this.form = form;
    this.isWaiting = true;
    this.tellStanding();
    clearTimeout(this.keepSoon);
    this.keepSoon = setTimeout(() => this.flush(), KEEP_MILLISECONDS);
  }

  takeIn({ form: there, revision }: Pick<KeptDraft, 'form' | 'revision'>): void {
    // Its own, or one that it has taken in already.
    if (revision <= this.revision) return;
    const form = mergeForms({ known: this.known, here: this.form, there });
    const names = changedFields(form, this.form);
    this.form = form;
    this.known = there;
    this.revision = revision;
    if (names.length > 0) this.hear.onNews(Object.fromEntries(names.map((name) => [name, form[name] ?? ''])));
  }

  flush(): void {
    clearTimeout(this.keepSoon);
    if (!this.isWaiting || this.isStopped) return;
    this.isWaiting = false;
    void this.write((kept) => (isSameForm(kept.form, this.form) ? kept : typed(kept, this.form, new Date())));
    clearTimeout(this.carrySoon);
    this.carrySoon = setTimeout(carryKept, CARRY_MILLISECONDS);
  }

  async send(change: (kept: KeptDraft) => KeptDraft): Promise<void> {
    clearTimeout(this.keepSoon);
    clearTimeout(this.carrySoon);
    this.isWaiting = false;
    await this.write((kept) => change(isSameForm(kept.form, this.form) ? kept : typed(kept, this.form, new Date())));
    carryKept();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.keepSoon);
    clearTimeout(this.carrySoon);
    clearTimeout(this.againSoon);
    this.tellStanding();
  }

  private tellStanding(): void {
    if (this.isStopped) this.hear.onStanding('kept');
    else if (this.isFailed) this.hear.onStanding('failed');
    else this.hear.onStanding(this.isWaiting || this.writes > 0 ? 'waiting' : 'kept');
  }

  private keepAgain(): void {
    this.isWaiting = true;
    this.flush();
  }

  /** One after the other, each upon what is kept then; what another tab kept meanwhile is taken in first. */
  private write(change: (kept: KeptDraft) => KeptDraft): Promise<unknown> {
    const next = this.last.then(async () => {
      const vault = await deviceVault();
      const isKept = await vault.write(this.entry.id, (kept) => {
        if (kept !== undefined) this.takeIn(kept);
        const changed = change(kept ?? this.fresh());
        this.known = changed.form;
        this.revision = changed.revision;
        return changed;
      });
      if (isKept) this.hear.onKept(new Date());
    });
    this.writes += 1;
    this.tellStanding();
    this.last = next
      .then(
        () => {
          this.isFailed = false;
          clearTimeout(this.againSoon);
        },
        () => {
          this.isFailed = true;
          clearTimeout(this.againSoon);
          this.againSoon = setTimeout(() => this.keepAgain(), AGAIN_MILLISECONDS);
        },
      )
      .finally(() => {
        this.writes -= 1;
        this.tellStanding();
      });
    noteKeeping(this.last);
    return next;
  }

  private fresh(): KeptDraft {
    const { id, visit, until, kind } = this.entry;
    return { id, visit, until: until(), kind, form: this.form, revision: this.revision + 1, isAtServer: false, state: 'writing', confirmed: [], savedAt: new Date().toISOString() };
  }
}
