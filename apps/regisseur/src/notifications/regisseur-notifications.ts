import type { NotificationEffect, NotificationEffects } from '@anw/notifications';
import type { Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { NotificationHandling } from '@anw/service-core';
import { recordReceipt } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type RegisseurStores, regisseurStores } from '../regisseur-stores.js';

/** What a regisseur does on notifications: receipts of actors flow back to the desk. It takes no other type. */
@Injectable()
export class RegisseurNotifications extends NotificationHandling<RegisseurStores> {
  readonly effects: NotificationEffects<RegisseurStores>;

  constructor(@Inject(CLOCK) clock: Clock) {
    super();
    const receipt: NotificationEffect<RegisseurStores> = { apply: (stores, event) => recordReceipt(event, stores, { clock, uuid: randomUUID }) };
    this.effects = {
      'nl.anw.authorization.received.v1': receipt,
      'nl.anw.authorization.opened.v1': receipt,
      'nl.anw.authorization.refused.v1': receipt,
    };
  }

  stores(tx: Transaction): RegisseurStores {
    return regisseurStores(tx);
  }
}
