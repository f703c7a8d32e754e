import { Database, PushKeyTable, type SealedPushKey, type Transaction } from '@anw/persistence';
import { ORGANISATION_SEALING } from '@anw/service-core';
import type { OrganisationId } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import webPush from 'web-push';

/** The two halves of a key pair on P-256, base64url, by which push services know one sender (VAPID, RFC 8292). */
export interface PushKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const CONTEXT = 'web push key';

/** One key pair for each organisation, made when it is first asked for; the private half lies sealed in the database. */
@Injectable()
export class PushKeys {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
  ) {}

  async keyOf(organisation: OrganisationId): Promise<PushKeyPair> {
    return this.database.withOrganisation(organisation, async (tx) => {
      const table = new PushKeyTable(tx);
      const known = await table.findPushKey();
      if (known !== undefined) return this.open(known, tx);
      const { publicKey, privateKey } = webPush.generateVAPIDKeys();
      await table.addPushKey({ publicKey, ...this.sealing(organisation).seal(privateKey, CONTEXT) });
      const kept = await table.findPushKey();
      if (kept === undefined) throw new Error('the push key that was added is not there');
      return this.open(kept, tx);
    });
  }

  /** What a previous encryption key sealed is sealed anew, so that that key can go. */
  private async open(stored: SealedPushKey, tx: Transaction): Promise<PushKeyPair> {
    const sealing = this.sealing(tx.organisation);
    const privateKey = sealing.open(stored, CONTEXT);
    if (sealing.isOutdated(stored)) await new PushKeyTable(tx).resealPushKey({ publicKey: stored.publicKey, ...sealing.seal(privateKey, CONTEXT) });
    return { publicKey: stored.publicKey, privateKey };
  }
}
