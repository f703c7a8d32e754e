import { PartnerPractitioners } from '@anw/api-contracts';
import { ANW_PRACTITIONERS_SCOPE } from '@anw/credentials';
import { placeOfShift } from '@anw/scheduling';
import type { ActorDoor } from '@anw/triage';
import { Inject, Injectable } from '@nestjs/common';
import { PartnerDoors } from '../partners/partner-doors.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** What regisseurs ask actors. */
@Injectable()
export class ActorDoors {
  constructor(@Inject(PartnerDoors) private readonly doors: PartnerDoors) {}

  doorFor(regisseur: Regisseur): ActorDoor {
    return {
      fetchPractitioners: async (actor) => {
        const { practitioners } = await this.doors.ask(regisseur, actor, { scope: ANW_PRACTITIONERS_SCOPE, method: 'GET', path: '/practitioners', answer: PartnerPractitioners });
        return practitioners.map(({ until, district, startArea, ...told }) => ({ ...told, ...placeOfShift({ district, startArea }), until: new Date(until) }));
      },
    };
  }
}
