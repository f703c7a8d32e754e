import { areBeside, type HeldVisit, heldVisits } from '@anw/authorization';
import type { OrganisationIdentities, StaffUser } from '@anw/identity';
import { createEvent, OutboxRelay, signEvent } from '@anw/notifications';
import { Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { visitRoute } from '@anw/scheduling';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '@anw/service-core';
import { type Clock, fragmentOf } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorStores } from '../actor-stores.js';
import type { Errand } from '../custodians/custodian-door.js';

/** An errand on a visit of her route. */
export interface VisitErrand extends Errand {
  readonly visit: HeldVisit;
}

/** The visits of one nurse: those whose authorization names her, or nobody in particular, and lasts. */
@Injectable()
export class Visits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As the nurse goes along it: urgent first, then newest. */
  async routeOf({ organisationId, identifier }: StaffUser): Promise<readonly HeldVisit[]> {
    const received = await this.database.withOrganisation(organisationId, (tx) => actorStores(tx).received.listReceivedFor(identifier));
    const now = this.clock();
    const stops = heldVisits(received, now).map((visit) => {
      const { context, credential, receivedAt } = visit.authorization;
      return { id: visit.id, isUrgent: context.urgency === 'urgent', receivedAt, period: { from: credential.period.from, until: visit.until }, visit };
    });
    return visitRoute(stops, now).map(({ visit }) => visit);
  }

  /**
   * What a nurse needs at the custodian for this visit.
   * @throws ProblemError `not-found` when it is over, revoked or somebody else's, `forbidden` while it has not begun
   */
  async errandFor(id: string, user: StaffUser): Promise<VisitErrand> {
    const visit = (await this.routeOf(user)).find((each) => fragmentOf(each.id) === id);
    const organisation = await this.directory.findByName(user.organisation);
    if (visit === undefined || organisation === undefined) {
      throw new ProblemError('not-found', { detail: 'Dit bezoek staat niet (meer) op uw route: de autorisatie is voorbij of ingetrokken.' });
    }
    const { from } = visit.authorization.credential.period;
    if (this.clock() < from) throw new ProblemError('forbidden', { detail: `De autorisatie voor dit bezoek gaat in op ${inDutch(from)}. Vanaf dan kunt u het dossier openen.` });
    return { visit, authorization: visit.authorization, organisation, user };
  }

  /**
   * The errands of the visits that are one at the door, the asked one first: those that have begun, the newest at each
   * custodian. Each is shown beside the others, never mixed.
   * @throws ProblemError as `errandFor`
   */
  async errandsBeside(id: string, user: StaffUser): Promise<readonly VisitErrand[]> {
    const errand = await this.errandFor(id, user);
    const now = this.clock();
    const beside = (await this.routeOf(user)).filter((other) => areBeside(errand.visit, other) && other.authorization.credential.period.from <= now);
    const custodianOf = ({ authorization }: HeldVisit) => authorization.credential.custodian;
    const newestOfEach = beside.filter((visit, index) => beside.findIndex((each) => custodianOf(each) === custodianOf(visit)) === index);
    return [errand, ...newestOfEach.map((visit) => ({ ...errand, visit, authorization: visit.authorization }))];
  }

  /** The first time she opens a visit the desk hears of it (design §2 step 4). */
  async markOpened({ authorization: { credential, openedAt }, organisation, user }: Errand): Promise<void> {
    if (openedAt !== undefined) return;
    const now = this.clock();
    const event = createEvent({ type: 'nl.anw.authorization.opened.v1', source: organisation.did, recipient: credential.regisseur, subject: credential.id }, { now });
    const jws = await signEvent(event, await this.identities.signerFor(organisation.did));
    await this.database.withOrganisation(organisation.id, async (tx) => {
      const { received, outbox, audit } = actorStores(tx);
      if (!(await received.markOpened(credential.id, now))) return;
      await outbox.put(event, jws);
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      await audit.append({ id: randomUUID(), name: 'authorization.opened', outcome: 'success', at: now, practitioner, actor: organisation.did, regisseur: credential.regisseur, authorization: credential.id });
    });
    this.relay.kick();
  }
}

const dutchMoment = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

function inDutch(moment: Date): string {
  return dutchMoment.format(moment);
}
