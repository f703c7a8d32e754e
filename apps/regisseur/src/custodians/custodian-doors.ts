import { FoundPatients, PartnerAllowlist, PartnerPrecheckResult } from '@anw/api-contracts';
import { ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import type { CustodianDoor } from '@anw/triage';
import type { Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { PartnerDoors, type PartnerQuestion } from '../partners/partner-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** What regisseurs ask custodians (design §6). */
@Injectable()
export class CustodianDoors {
  constructor(@Inject(PartnerDoors) private readonly doors: PartnerDoors) {}

  doorFor(regisseur: Regisseur): CustodianDoor {
    const ask = <T>(custodian: Did, question: Omit<PartnerQuestion<T>, 'scope'>) => this.doors.ask(regisseur, custodian, { scope: ANW_REGISSEUR_SCOPE, ...question });
    return {
      fetchAllowlist: async (custodian) => toAllowlist(await ask(custodian, { method: 'GET', path: '/allowlist', answer: PartnerAllowlist })),
      askPrecheck: (custodian, { actor, handle, delegation }) => ask(custodian, { method: 'POST', path: '/precheck', body: { actor, handle, delegation }, answer: PartnerPrecheckResult }),
      searchPatients: async (custodian, terms) => (await ask(custodian, { method: 'POST', path: '/patients/_search', body: terms, answer: FoundPatients })).patients,
    };
  }
}

function toAllowlist({ entries, delegation }: PartnerAllowlist): Awaited<ReturnType<CustodianDoor['fetchAllowlist']>> {
  const rows = entries.map(({ actor, validFrom, validUntil }) => ({ actor, period: { from: new Date(validFrom), until: new Date(validUntil) } }));
  return { rows, delegation };
}
