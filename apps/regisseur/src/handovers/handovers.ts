import { CLOCK } from '@anw/platform';
import { acceptHandover, type Authorization, authorizationState, type CareRequest, type Handover, type HandoverDraft, type Triagist, writeHandover } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Nights } from '../nights/nights.js';
import type { RegisseurStores } from '../regisseur-stores.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** A handover, and what it names as that stands now. */
export interface ShownHandover {
  readonly handover: Handover;
  readonly careRequests: ReadonlyMap<string, CareRequest>;
  /** By care request: what is in force, else what was sent last. */
  readonly authorizations: ReadonlyMap<string, Authorization>;
}

const SHOWN = 20;

/** From one triagist to the next. */
@Injectable()
export class Handovers {
  constructor(
    @Inject(Nights) private readonly nights: Nights,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async write(regisseur: Regisseur, draft: HandoverDraft, triagist: Triagist): Promise<ShownHandover> {
    const { careRequests } = await this.nights.nightOf(regisseur);
    const open = careRequests.filter(({ state }) => state !== 'closed').map(({ careRequest, authorizations }) => ({ careRequest: careRequest.id, ...named(authorizations[0]) }));
    return regisseur.transaction(async (stores) => {
      const handover = await writeHandover(draft, open, triagist, this.clock, stores);
      await this.log('handover.written', handover, triagist, regisseur, stores);
      return this.show([handover], stores).then(first);
    });
  }

  async accept(regisseur: Regisseur, id: string, triagist: Triagist): Promise<ShownHandover> {
    return regisseur.transaction(async (stores) => {
      const handover = await acceptHandover(id, triagist, this.clock, stores);
      await this.log('handover.accepted', handover, triagist, regisseur, stores);
      return this.show([handover], stores).then(first);
    });
  }

  find(regisseur: Regisseur, id: string): Promise<ShownHandover | undefined> {
    return regisseur.transaction(async (stores) => {
      const handover = await stores.handovers.findHandover(id);
      return handover && this.show([handover], stores).then(first);
    });
  }

  list(regisseur: Regisseur): Promise<readonly ShownHandover[]> {
    return regisseur.transaction(async (stores) => this.show(await stores.handovers.listHandovers(SHOWN), stores));
  }

  private async show(handovers: readonly Handover[], { careRequests, authorizations }: RegisseurStores): Promise<readonly ShownHandover[]> {
    const ids = [...new Set(handovers.flatMap(({ items }) => items.map(({ careRequest }) => careRequest)))];
    const now = this.clock();
    const known = new Map((await careRequests.listInPeriod({ from: now, until: now }, ids, ids.length + 1)).map((careRequest) => [careRequest.id, careRequest]));
    const newest = new Map<string, Authorization>();
    for (const authorization of await authorizations.listOfCareRequests(ids)) {
      const chosen = newest.get(authorization.careRequest);
      if (chosen === undefined || (authorizationState(chosen, now) !== 'valid' && authorizationState(authorization, now) === 'valid')) newest.set(authorization.careRequest, authorization);
    }
    return handovers.map((handover) => ({ handover, careRequests: known, authorizations: newest }));
  }

  private log(name: 'handover.written' | 'handover.accepted', { id }: Handover, practitioner: Triagist, { organisation }: Regisseur, { audit }: RegisseurStores): Promise<void> {
    return audit.append({ id: randomUUID(), name, outcome: 'success', at: this.clock(), practitioner, regisseur: organisation.did, query: id });
  }
}

function named(authorization: Authorization | undefined): { readonly authorization?: string } {
  return authorization === undefined ? {} : { authorization: authorization.id };
}

function first(shown: readonly ShownHandover[]): ShownHandover {
  const [one] = shown;
  if (one === undefined) throw new Error('a handover that was found is not shown');
  return one;
}
