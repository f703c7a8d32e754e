import { createBitstring, STATUS_LIST_BITS, type StatusPosition, type StatusRegister } from '@anw/credentials';
import type { DidUrl } from '@anw/values';
import { randomInt } from 'node:crypto';

/** Twin of the status register of one organisation: one page is enough for any spec. */
export class InMemoryStatusRegister implements StatusRegister {
  private readonly positions = new Map<DidUrl, StatusPosition>();
  private readonly revoked = new Map<DidUrl, Date>();

  async allocate(credential: DidUrl): Promise<StatusPosition> {
    if (this.positions.has(credential)) throw new Error('the credential has a position already');
    const position = { page: 1, index: this.freeIndex() };
    this.positions.set(credential, position);
    return position;
  }

  async revoke(credential: DidUrl, at: Date): Promise<boolean> {
    if (!this.positions.has(credential)) return false;
    if (!this.revoked.has(credential)) this.revoked.set(credential, at);
    return true;
  }

  async bitsOf(page: number): Promise<Uint8Array | undefined> {
    if (page !== 1 || this.positions.size === 0) return undefined;
    return createBitstring([...this.revoked.keys()].map((credential) => this.positions.get(credential)!.index));
  }

  private freeIndex(): number {
    const index = randomInt(STATUS_LIST_BITS);
    return [...this.positions.values()].some((position) => position.index === index) ? this.freeIndex() : index;
  }
}
