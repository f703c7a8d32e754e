import type { NonceStore } from '@anw/credentials';
import type { Did } from '@anw/values';

/** Twin of the nonce table of one organisation. */
export class InMemoryNonces implements NonceStore {
  private readonly used = new Map<string, Date>();

  async useNonce(holder: Did, nonce: string, forgetAfter: Date): Promise<boolean> {
    const key = JSON.stringify([holder, nonce]);
    if (this.used.has(key)) return false;
    this.used.set(key, forgetAfter);
    return true;
  }

  get size(): number {
    return this.used.size;
  }
}
