import { CLOCK } from '@anw/platform';
import { type Night, type NightFilter, nightOf, tonight, type Triagist } from '@anw/triage';
import type { Clock, Did, ValidityPeriod } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';

export interface ShownNight extends Night {
  readonly period: ValidityPeriod;
  readonly now: Date;
  /** Of partners, by DID. */
  readonly names: ReadonlyMap<Did, string>;
}

/** The night of another regisseur that lets this one look. */
export interface NeighbourNight {
  readonly regisseur: Regisseur;
  readonly night: ShownNight;
}

/** More than one desk handles in a night. */
const AT_MOST = 1_000;

/** The night of a regisseur, from what stands in its tables. */
@Injectable()
export class Nights {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  nightOf(regisseur: Regisseur, filter: NightFilter = {}, asked?: ValidityPeriod): Promise<ShownNight> {
    const now = this.clock();
    const period = asked ?? tonight(now);
    return regisseur.transaction(async (stores) => {
      const authorizations = await stores.authorizations.listInPeriod(period, AT_MOST);
      const careRequests = await stores.careRequests.listInPeriod(period, [...new Set(authorizations.map(({ careRequest }) => careRequest))], AT_MOST);
      const shifts = await stores.shifts.listShifts(period);
      const names = new Map((await stores.partners.listPartners()).map(({ did, name }) => [did, name]));
      return { ...nightOf({ careRequests, authorizations, shifts }, filter, now), period, now, names };
    });
  }

  /** Of the regisseurs that let this one look; the look is in their log before anything is shown. */
  async neighboursOf({ organisation: own }: Regisseur, triagist: Triagist): Promise<readonly NeighbourNight[]> {
    const others = (await this.regisseurs.listAll()).filter(({ organisation }) => organisation.id !== own.id);
    const nights: NeighbourNight[] = [];
    for (const regisseur of others) {
      const allowed = await regisseur.transaction(async ({ viewers, audit }) => {
        if (!(await viewers.mayView(own.id))) return false;
        await audit.append({ id: randomUUID(), name: 'night.read', outcome: 'success', at: this.clock(), practitioner: triagist, regisseur: own.did });
        return true;
      });
      if (allowed) nights.push({ regisseur, night: await this.nightOf(regisseur) });
    }
    return nights;
  }
}
