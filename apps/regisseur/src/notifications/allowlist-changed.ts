import type { NotificationEffect } from '@anw/notifications';
import type { AllowlistAnswer } from '@anw/triage';
import type { Clock } from '@anw/values';
import type { Allowlists } from '../allowlists/allowlists.js';
import type { RegisseurStores } from '../regisseur-stores.js';
import type { Regisseurs } from '../regisseurs/regisseurs.js';

export interface AllowlistChangedPorts {
  readonly regisseurs: Pick<Regisseurs, 'findById'>;
  readonly allowlists: Pick<Allowlists, 'ask'>;
  readonly clock: Clock;
}

interface Told {
  readonly at: Date;
  readonly answer: AllowlistAnswer;
}

/**
 * A custodian says that this regisseur's rows changed: they are fetched before the notification counts as received, and
 * no green light from before this moment counts any more (design D11). A custodian that is no partner changes nothing.
 */
export function allowlistChanged({ regisseurs, allowlists, clock }: AllowlistChangedPorts): NotificationEffect<RegisseurStores, Told | undefined> {
  return {
    prepare: async ({ source }, recipient) => {
      const at = clock();
      const regisseur = await regisseurs.findById(recipient.id);
      const partner = await regisseur?.transaction(({ partners }) => partners.findPartner(source, 'custodian'));
      return regisseur && partner && { at, answer: await allowlists.ask(regisseur, source) };
    },
    apply: async (stores, { source }, told) => {
      if (told === undefined) return;
      await stores.allowlists.markTold(source, told.at);
      await stores.allowlists.saveAnswer(told.answer);
    },
  };
}
