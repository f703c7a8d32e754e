import type { ReceivedAuthorization } from '@anw/authorization';
import type { OrganisationIdentities, StaffUser } from '@anw/identity';
import { createEvent, type NotificationEvent, OutboxRelay, signEvent } from '@anw/notifications';
import { Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import type { ShiftStore } from '@anw/scheduling';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '@anw/service-core';
import { type Clock, fragmentOf } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorStores } from '../actor-stores.js';
import { CustodianDoor } from '../custodians/custodian-door.js';

interface EndingVisit {
  readonly authorization: ReceivedAuthorization;
  /** Tells its regisseur. */
  readonly event: NotificationEvent;
  readonly jws: string;
}

/** A nurse ends her shift before its time: what was authorized to her goes, and each regisseur hears of it to revoke it (design §2 step 7). */
@Injectable()
export class EndOfShift {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Ends it now; answers how many visits left her route. What is authorized to any employee of the actor stays. */
  async endFor(user: StaffUser): Promise<{ readonly endedAt: Date; readonly visits: number }> {
    const endedAt = this.clock();
    const ending = await this.visitsOf(user, endedAt);
    for (const { authorization } of ending) this.custodians.forget(fragmentOf(authorization.credential.id));
    const visits = await this.database.withOrganisation(user.organisationId, async (tx) => {
      const { received, shifts, outbox, audit, signal } = actorStores(tx);
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      let count = 0;
      for (const { authorization: { credential }, event, jws } of ending) {
        if (!(await received.withdraw(credential.id, 'ended', endedAt))) continue;
        count += 1;
        await signal(credential.id);
        await outbox.put(event, jws);
        await audit.append({ id: randomUUID(), name: 'authorization.wiped', outcome: 'success', at: endedAt, practitioner, actor: credential.actor, regisseur: credential.regisseur, authorization: credential.id, reason: 'shift-ended' });
      }
      await endRunningShifts(user, shifts, endedAt);
      await audit.append({ id: randomUUID(), name: 'shift.ended', outcome: 'success', at: endedAt, practitioner });
      return count;
    });
    this.relay.kick();
    return { endedAt, visits };
  }

  private async visitsOf({ organisationId, organisation: name, identifier }: StaffUser, now: Date): Promise<readonly EndingVisit[]> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) throw new ProblemError('not-found');
    const held = await this.database.withOrganisation(organisationId, (tx) => actorStores(tx).received.listReceivedFor(identifier));
    const hers = held.filter(({ credential }) => credential.practitioner === identifier);
    const signer = await this.identities.signerFor(organisation.did);
    return Promise.all(
      hers.map(async (authorization) => {
        const { regisseur, id } = authorization.credential;
        const event = createEvent({ type: 'nl.anw.shift.ended.v1', source: organisation.did, recipient: regisseur, subject: id }, { now });
        return { authorization, event, jws: await signEvent(event, signer) };
      }),
    );
  }
}

/** Regisseurs that ask who is on duty no longer hear of her. */
async function endRunningShifts({ identifier }: StaffUser, shifts: ShiftStore, at: Date): Promise<void> {
  const running = await shifts.listShifts({ from: at, until: new Date(at.getTime() + 1) });
  for (const { id, practitioner } of running) if (practitioner.identifier === identifier) await shifts.endShift(id, at);
}
