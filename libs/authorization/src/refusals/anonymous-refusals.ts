const WINDOW_MILLISECONDS = 60_000;

/** How the refusal of a caller whom nobody knows is kept. */
export interface KeptRefusal {
  /** What the caller is told: its own reference, or that of the record that stands for many. */
  readonly reference: string;
  /** Whether a record and a log row are to be written. */
  readonly write: boolean;
  /** Set on the record that stands for every refusal of its kind until the minute is over. */
  readonly collective?: true;
}

/**
 * Bounds what strangers can make us write: everything sent without a good token or presentation is refused, and each
 * refusal wants a decision record and a log row (design D16, D17), of which the log can never be emptied.
 */
export interface AnonymousRefusals {
  /** @param kind why it is refused, of a closed set; refusals of one kind may share a record */
  keep(kind: string, reference: string, at: Date): KeptRefusal;
}

/**
 * The first refusals of each minute have a record each. From then on one record per kind stands for the rest of that
 * minute, so that every reference that was told leads to a record, and a flood leaves a bounded number of them.
 */
export function createAnonymousRefusals({ perMinute = 60 }: { readonly perMinute?: number } = {}): AnonymousRefusals {
  let window = { endsAt: 0, written: 0, collective: new Map<string, string>() };
  return {
    keep(kind, reference, at) {
      if (at.getTime() >= window.endsAt) window = { endsAt: at.getTime() + WINDOW_MILLISECONDS, written: 0, collective: new Map() };
      if (window.written < perMinute) {
        window.written += 1;
        return { reference, write: true };
      }
      const shared = window.collective.get(kind);
      if (shared !== undefined) return { reference: shared, write: false };
      window.collective.set(kind, reference);
      return { reference, write: true, collective: true };
    },
  };
}
