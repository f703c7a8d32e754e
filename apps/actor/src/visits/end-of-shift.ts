import { heldVisits, leadingVisits, type ReceivedAuthorization, visitIdOf } from '@anw/authorization';
import type { OrganisationIdentities, StaffUser } from '@anw/identity';
import { createEvent, type NotificationEvent, OutboxRelay, signEvent } from '@anw/notifications';
import { Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import type { ShiftStore } from '@anw/scheduling';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '@anw/service-core';
import { type Clock, type DidUrl, fragmentOf } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorStores } from '../actor-stores.js';
import { CustodianDoor } from '../custodians/custodian-door.js';
import { withdrawVisit } from './withdraw-visit.js';

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

  /**
   * Ends it now; answers how many visits left her route, and how many entries were lost with them. What is authorized to any
   * employee of the actor stays.
   * @throws ProblemError `conflict` while something she wrote is in no record yet, unless she leaves it
   */
  async endFor(user: StaffUser, { leaveUndelivered }: { readonly leaveUndelivered: boolean }): Promise<{ readonly endedAt: Date; readonly visits: number; readonly undelivered: number }> {
    const endedAt = this.clock();
    const ending = await this.visitsOf(user, endedAt);
    if (!leaveUndelivered) await this.requireDelivered(user, ending);
    for (const { authorization } of ending) this.custodians.forget(fragmentOf(authorization.credential.id));
    const ended = await this.database.withOrganisation(user.organisationId, async (tx) => {
      const stores = actorStores(tx);
      const { shifts, outbox, audit } = stores;
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      let undelivered = 0;
      const over = new Set<DidUrl>();
      for (const { authorization, event, jws } of ending) {
        const { credential } = authorization;
        const withdrawn = await withdrawVisit(stores, { authorization: credential.id, actor: credential.actor, reason: 'shift-ended', at: endedAt });
        if (!withdrawn.held) continue;
        if (withdrawn.isOver) over.add(visitIdOf(authorization));
        undelivered += withdrawn.undelivered;
        await outbox.put(event, jws);
        await audit.append({ id: randomUUID(), name: 'authorization.wiped', outcome: 'success', at: endedAt, practitioner, actor: credential.actor, regisseur: credential.regisseur, authorization: credential.id, reason: 'shift-ended' });
      }
      await endRunningShifts(user, shifts, endedAt);
      await stores.pushSubscriptions.forgetOfPractitioner(user.identifier);
      await audit.append({ id: randomUUID(), name: 'shift.ended', outcome: 'success', at: endedAt, practitioner });
      return { visits: countVisits(ending, over, endedAt), undelivered };
    });
    this.relay.kick();
    return { endedAt, ...ended };
  }

  private async requireDelivered({ organisationId, identifier }: StaffUser, ending: readonly EndingVisit[]): Promise<void> {
    const authorizations = ending.map(({ authorization }) => visitIdOf(authorization));
    const count = await this.database.withOrganisation(organisationId, (tx) => actorStores(tx).drafts.countUndelivered(authorizations, identifier));
    if (count === 0) return;
    const what = count === 1 ? 'Eén invoer is' : `${count} invoeren zijn`;
    throw new ProblemError('conflict', { detail: `${what} nog niet door de bronhouder ontvangen. Na het einde van uw dienst kan dat niet meer en wordt de inhoud gewist.`, extensions: { undelivered: count } });
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

/** As she counts them: records of several custodians are one visit. */
function countVisits(ending: readonly EndingVisit[], over: ReadonlySet<DidUrl>, at: Date): number {
  const visits = heldVisits(ending.map(({ authorization }) => authorization), at).filter(({ id }) => over.has(id));
  return new Set(leadingVisits(visits).values()).size;
}

/** Regisseurs that ask who is on duty no longer hear of her. */
async function endRunningShifts({ identifier }: StaffUser, shifts: ShiftStore, at: Date): Promise<void> {
  const running = await shifts.listShifts({ from: at, until: new Date(at.getTime() + 1) });
  for (const { id, practitioner } of running) if (practitioner.identifier === identifier) await shifts.endShift(id, at);
}
