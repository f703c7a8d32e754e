import type { Organisation, Signer } from '@anw/identity';
import { OutboxRelay } from '@anw/notifications';
import { CLOCK } from '@anw/platform';
import { KeySuccession, PARTNER_URL } from '@anw/service-core';
import { reissueAuthorizations } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Regisseurs } from '../regisseurs/regisseurs.js';

/** Nurses are under way on authorizations of this regisseur: after a key was withdrawn those in force are signed anew and offered again. */
@Injectable()
export class AuthorizationSuccession extends KeySuccession {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(PARTNER_URL) private readonly partnerUrl: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async signAnew({ id, name }: Organisation, signer: Signer): Promise<void> {
    const regisseur = await this.regisseurs.findById(id);
    if (regisseur === undefined) return;
    await reissueAuthorizations({
      signer,
      hrefOf: (authorization) => `${this.partnerUrl}/anw/${name}/authorizations/${authorization}`,
      transaction: (work) => regisseur.transaction(work),
      clock: this.clock,
      uuid: randomUUID,
    });
    this.relay.kick();
  }
}
