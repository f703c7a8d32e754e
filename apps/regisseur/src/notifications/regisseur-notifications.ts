import type { OrganisationIdentities, Signer } from '@anw/identity';
import type { NotificationEffect, NotificationEffects } from '@anw/notifications';
import type { Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { NotificationHandling, ORGANISATION_IDENTITIES } from '@anw/service-core';
import { endShiftOnWordOfActor, recordReceipt } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Allowlists } from '../allowlists/allowlists.js';
import { CustodianDoors } from '../custodians/custodian-doors.js';
import { type RegisseurStores, regisseurStores } from '../regisseur-stores.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { allowlistChanged } from './allowlist-changed.js';

/** What a regisseur does on notifications: receipts of actors flow back to the desk, a nurse who ends her shift ends it here, and rows that a custodian changed are fetched. It takes no other type. */
@Injectable()
export class RegisseurNotifications extends NotificationHandling<RegisseurStores> {
  readonly effects: NotificationEffects<RegisseurStores>;

  constructor(
    @Inject(ORGANISATION_IDENTITIES) signers: OrganisationIdentities,
    @Inject(Regisseurs) regisseurs: Regisseurs,
    @Inject(Allowlists) allowlists: Allowlists,
    @Inject(CustodianDoors) doors: CustodianDoors,
    @Inject(CLOCK) clock: Clock,
  ) {
    super();
    const receipt: NotificationEffect<RegisseurStores> = { apply: (stores, event) => recordReceipt(event, stores, { clock, uuid: randomUUID }) };
    const shiftEnded: NotificationEffect<RegisseurStores, Signer> = {
      prepare: (_event, recipient) => signers.signerFor(recipient.did),
      apply: (stores, event, signer) => endShiftOnWordOfActor(event, stores, { signer, clock, uuid: randomUUID }),
    };
    this.effects = {
      'nl.anw.authorization.received.v1': receipt,
      'nl.anw.authorization.opened.v1': receipt,
      'nl.anw.authorization.refused.v1': receipt,
      'nl.anw.authorization.reported.v1': receipt,
      'nl.anw.shift.ended.v1': shiftEnded,
      'nl.anw.allowlist.changed.v1': allowlistChanged({ regisseurs, allowlists, doors, clock }),
    };
  }

  stores(tx: Transaction): RegisseurStores {
    return regisseurStores(tx);
  }
}
