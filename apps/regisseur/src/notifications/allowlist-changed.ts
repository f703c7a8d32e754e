import type { Signer } from '@anw/identity';
import type { NotificationEffect } from '@anw/notifications';
import { type AllowlistAnswer, type Authorization, findWithdrawn, revokeWithdrawn } from '@anw/triage';
import type { Clock } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { Allowlists } from '../allowlists/allowlists.js';
import type { CustodianDoors } from '../custodians/custodian-doors.js';
import type { RegisseurStores } from '../regisseur-stores.js';
import type { Regisseurs } from '../regisseurs/regisseurs.js';

export interface AllowlistChangedPorts {
  readonly regisseurs: Pick<Regisseurs, 'findById'>;
  readonly allowlists: Pick<Allowlists, 'ask'>;
  readonly doors: Pick<CustodianDoors, 'doorFor'>;
  readonly clock: Clock;
}

interface Told {
  readonly at: Date;
  readonly answer: AllowlistAnswer;
  /** What rested on something that the custodian ended. */
  readonly withdrawn: readonly Authorization[];
  readonly signer: Signer;
}

/**
 * A custodian says that what it told this regisseur changed: rows are fetched before the notification counts as received,
 * and no green light from before this moment counts any more (design D11). Authorizations that it supports no longer are
 * revoked. A custodian that is no partner changes nothing.
 */
export function allowlistChanged({ regisseurs, allowlists, doors, clock }: AllowlistChangedPorts): NotificationEffect<RegisseurStores, Told | undefined> {
  return {
    prepare: async ({ source }, recipient) => {
      const at = clock();
      const regisseur = await regisseurs.findById(recipient.id);
      const partner = await regisseur?.transaction(({ partners }) => partners.findPartner(source, 'custodian'));
      if (regisseur === undefined || partner === undefined) return undefined;
      const answer = await allowlists.ask(regisseur, source);
      const withdrawn = await findWithdrawn(source, { transaction: (work) => regisseur.transaction(work), door: doors.doorFor(regisseur), clock });
      return { at, answer, withdrawn, signer: await regisseur.signer() };
    },
    apply: async (stores, { source }, told) => {
      if (told === undefined) return;
      await stores.allowlists.markTold(source, told.at);
      await stores.allowlists.saveAnswer(told.answer);
      await revokeWithdrawn(told.withdrawn, stores, { signer: told.signer, clock, uuid: randomUUID });
    },
  };
}
