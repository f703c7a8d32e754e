import type { Signer } from '@anw/identity';
import type { Clock, Did } from '@anw/values';

/** How long another process may go on signing after a rotation or a withdrawal in this one. */
const KEPT_MILLISECONDS = 60_000;

interface Kept {
  readonly signer: Signer;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export interface SignerCache {
  signerFor(did: Did): Promise<Signer>;
  forget(did: Did): void;
}

/**
 * Keeps the opened signer of each of our organisations, so that signing costs one signature and no query.
 * @param open Gives the signer that is current now; it may give back the one that it is handed.
 */
export function createSignerCache(clock: Clock, open: (did: Did, current: Signer | undefined) => Promise<Signer>): SignerCache {
  const kept = new Map<Did, Kept>();
  const opening = new Map<Did, Promise<Signer>>();

  function start(did: Did): Promise<Signer> {
    const started = open(did, kept.get(did)?.signer).then(
      (signer) => {
        // Forgotten while it was being opened: what was read may be out of date, so it serves this once.
        if (settle(did, started)) kept.set(did, { signer, until: clock().getTime() + KEPT_MILLISECONDS });
        return signer;
      },
      (error: unknown) => {
        settle(did, started);
        throw error;
      },
    );
    opening.set(did, started);
    return started;
  }

  function settle(did: Did, started: Promise<Signer>): boolean {
    return opening.get(did) === started && opening.delete(did);
  }

  return {
    async signerFor(did) {
      const found = kept.get(did);
      if (found !== undefined && clock().getTime() < found.until) return found.signer;
      return opening.get(did) ?? start(did);
    },
    forget(did) {
      kept.delete(did);
      opening.delete(did);
    },
  };
}
