import type { DpopReplayStore } from '@anw/authorization';

/** Twin of the table of DPoP proofs of one organisation. */
export class InMemoryDpopReplays implements DpopReplayStore {
  private readonly used = new Set<string>();

  async useProof(thumbprint: string, jti: string): Promise<boolean> {
    const key = JSON.stringify([thumbprint, jti]);
    if (this.used.has(key)) return false;
    this.used.add(key);
    return true;
  }
}
