import { anw2022Resources } from '@anw/authorization';
import { OutboxRelay } from '@anw/notifications';
import { CLOCK } from '@anw/platform';
import { PARTNER_URL } from '@anw/service-core';
import { type Authorization, type AuthorizationOrder, type EndedShift, endShift, extend, type ExtendPorts, type Extension, issueAuthorization, reassign, type Reassignment, revokeAuthorization, type Triagist } from '@anw/triage';
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
    const authorization = await issueAuthorization(order, triagist, await this.issuePorts(regisseur));
    this.relay.kick();
    return authorization;
  }

  /** Another practitioner goes instead. */
  async reassign(regisseur: Regisseur, id: string, reassignment: Reassignment, triagist: Triagist): Promise<Authorization> {
    const authorization = await reassign(id, reassignment, triagist, await this.issuePorts(regisseur));
    this.relay.kick();
    return authorization;
  }

  /** The same practitioner gets longer. */
  async extend(regisseur: Regisseur, id: string, extension: Extension, triagist: Triagist): Promise<Authorization> {
    const authorization = await extend(id, extension, triagist, await this.issuePorts(regisseur));
    this.relay.kick();
    return authorization;
  }

  async revoke(regisseur: Regisseur, id: string, explanation: string | undefined, triagist: Triagist): Promise<Authorization> {
    const authorization = await revokeAuthorization(id, explanation, triagist, {
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

  private async issuePorts(regisseur: Regisseur): Promise<ExtendPorts> {
    const { id, name } = regisseur.organisation;
    return {
      signer: await regisseur.signer(),
      statusLists: { door: this.partnerUrl, uuid: id },
      precheck: this.prechecks.of(regisseur),
      resources: anw2022Resources,
      hrefOf: (authorization) => `${this.partnerUrl}/anw/${name}/authorizations/${authorization}`,
      transaction: (work) => regisseur.transaction(work),
      clock: this.clock,
      uuid: randomUUID,
    };
  }
}
