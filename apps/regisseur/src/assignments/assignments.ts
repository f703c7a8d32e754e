import { anw2022Resources } from '@anw/authorization';
import { OutboxRelay } from '@anw/notifications';
import { CLOCK } from '@anw/platform';
import { PARTNER_URL } from '@anw/service-core';
import { type Authorization, type AuthorizationOrder, type EndedShift, endShift, issueAuthorization, revokeAuthorization, type Triagist } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Prechecks } from '../prechecks/prechecks.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** Issues and revokes authorizations, ends shifts, and wakes the relay once that has committed. */
@Injectable()
export class Assignments {
  constructor(
    @Inject(Prechecks) private readonly prechecks: Prechecks,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(PARTNER_URL) private readonly partnerUrl: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue(regisseur: Regisseur, order: AuthorizationOrder, triagist: Triagist): Promise<Authorization> {
    const { id, name } = regisseur.organisation;
    const authorization = await issueAuthorization(order, triagist, {
      signer: await regisseur.signer(),
      statusLists: { door: this.partnerUrl, uuid: id },
      precheck: this.prechecks.of(regisseur),
      resources: anw2022Resources,
      hrefOf: (authorization) => `${this.partnerUrl}/anw/${name}/authorizations/${authorization}`,
      transaction: (work) => regisseur.transaction(work),
      clock: this.clock,
      uuid: randomUUID,
    });
    this.relay.kick();
    return authorization;
  }

  async revoke(regisseur: Regisseur, id: string, triagist: Triagist): Promise<Authorization> {
    const authorization = await revokeAuthorization(id, triagist, {
      signer: await regisseur.signer(),
      transaction: (work) => regisseur.transaction(work),
      clock: this.clock,
      uuid: randomUUID,
    });
    this.relay.kick();
    return authorization;
  }

  /** Ends a shift before its time, and takes back what was authorized for it. */
  async endShift(regisseur: Regisseur, id: string, triagist: Triagist): Promise<EndedShift> {
    const ended = await endShift(id, triagist, {
      signer: await regisseur.signer(),
      transaction: (work) => regisseur.transaction(work),
      clock: this.clock,
      uuid: randomUUID,
    });
    this.relay.kick();
    return ended;
  }
}
