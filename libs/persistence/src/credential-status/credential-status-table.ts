import { createBitstring, STATUS_LIST_BITS, type StatusPosition, type StatusRegister } from '@anw/credentials';
import type { DidUrl } from '@anw/values';
import { randomInt } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { CredentialStatusEntity } from './credential-status-entity.js';

/** A page is left for the next when this many positions are taken: finding a free one at random stays a matter of a try or two. */
const FULL_PAGE = STATUS_LIST_BITS / 2;

const randomIndex = () => randomInt(STATUS_LIST_BITS);

/** Status register of the transaction's organisation, in PostgreSQL. */
export class CredentialStatusTable implements StatusRegister {
  /** @param chooseIndex a random position; every call another. */
  constructor(
    private readonly tx: Transaction,
    private readonly chooseIndex: () => number = randomIndex,
  ) {}

  async allocate(credential: DidUrl, until: Date): Promise<StatusPosition> {
    return this.allocateOn(await this.newestPage(), credential, until);
  }

  async revoke(credential: DidUrl, at: Date): Promise<boolean> {
    const own = { organisationId: this.tx.organisation, credentialId: credential };
    const { affected } = await this.tx.manager.update(CredentialStatusEntity, { ...own, revokedAt: IsNull() }, { revokedAt: at });
    return affected === 1 || this.tx.manager.existsBy(CredentialStatusEntity, own);
  }

  async bitsOf(page: number): Promise<Uint8Array | undefined> {
    if ((await this.newestPageInUse()) < page || page < 1) return undefined;
    const revoked = await this.tx.query<{ index: number }>(
      'SELECT index FROM credential_status WHERE organisation_id = $1 AND page = $2 AND revoked_at IS NOT NULL',
      [this.tx.organisation, page],
      'status-list-bits',
    );
    return createBitstring(revoked.map(({ index }) => index));
  }

  /** A position that is taken, or being taken by a transaction that then commits, is tried again elsewhere. */
  private async allocateOn(page: number, credential: DidUrl, until: Date): Promise<StatusPosition> {
    const index = this.chooseIndex();
    if (await this.take({ page, index }, credential, until)) return { page, index };
    return this.allocateOn((await this.isFull(page)) ? page + 1 : page, credential, until);
  }

  private async take({ page, index }: StatusPosition, credential: DidUrl, until: Date): Promise<boolean> {
    const taken = await this.tx.query(
      `INSERT INTO credential_status (organisation_id, page, index, credential_id, valid_until)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation_id, page, index) DO NOTHING RETURNING 1`,
      [this.tx.organisation, page, index, credential, until],
      'take-status-position',
    );
    return taken.length === 1;
  }

  /** Asked only when a position was taken already, which is rare on a page with room. */
  private async isFull(page: number): Promise<boolean> {
    const [row] = await this.tx.query<{ taken: number }>('SELECT count(*)::int AS taken FROM credential_status WHERE organisation_id = $1 AND page = $2', [this.tx.organisation, page]);
    return (row?.taken ?? 0) > FULL_PAGE;
  }

  private async newestPage(): Promise<number> {
    return Math.max(1, await this.newestPageInUse());
  }

  /** 0 when there is none. */
  private async newestPageInUse(): Promise<number> {
    const [row] = await this.tx.query<{ page: number }>(
      'SELECT page FROM credential_status WHERE organisation_id = $1 ORDER BY page DESC LIMIT 1',
      [this.tx.organisation],
      'newest-status-page',
    );
    return row?.page ?? 0;
  }
}
