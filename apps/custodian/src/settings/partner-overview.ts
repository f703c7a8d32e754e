import type { PartnerStateView, PartnersView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { AllowlistTable, listLastSeen, listWaitingByRecipient, OrganisationNameTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { PartnerStates } from '@anw/service-core';
import type { Clock, Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { LoggedLooks } from '../looks/logged-looks.js';
import { partyNamer } from '../entries/entry-views.js';

const DAY_MILLISECONDS = 24 * 3600 * 1000;
/** Looking further back tells nobody more than that it was long ago. */
const SEEN_DAYS = 30;
/** A certificate takes weeks to get. */
const EXPIRES_SOON_DAYS = 30;

const circuits: Readonly<Record<NonNullable<PartnerStateView['circuit']>, string>> = { closed: 'Bereikbaar', open: 'Antwoordt niet; wij proberen het vanzelf weer', 'half-open': 'Wordt opnieuw geprobeerd' };

/** How each partner stands that this organisation works with, as far as it shows from here. */
@Injectable()
export class PartnerOverview {
  constructor(
    @Inject(LoggedLooks) private readonly looks: LoggedLooks,
    @Inject(PartnerStates) private readonly states: PartnerStates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async listPartners(user: StaffUser): Promise<PartnersView> {
    const now = this.clock();
    const { rows, names, seen, waiting } = await this.looks.read(user, {
      name: 'partners.read',
      read: async (tx) => ({
        rows: await new AllowlistTable(tx).listRows(),
        names: await new OrganisationNameTable(tx).listNames(),
        seen: await listLastSeen(tx, new Date(now.getTime() - SEEN_DAYS * DAY_MILLISECONDS)),
        waiting: await listWaitingByRecipient(tx),
      }),
    });
    const party = partyNamer(names);
    const standing = rows.filter(({ period }) => period.until > now);
    const [regisseurs, actors] = [new Set<Did>(standing.map(({ regisseur }) => regisseur)), new Set<Did>(standing.map(({ actor }) => actor))];
    const partners = [...new Set([...regisseurs, ...actors])].map((did): PartnerStateView => {
      const { circuit, certificateUntil, statusListAt } = this.states.stateOf(did);
      const [lastSeen, queue] = [seen.get(did), waiting.get(did)];
      return {
        party: party(did),
        roles: [...(regisseurs.has(did) ? ['regisseur' as const] : []), ...(actors.has(did) ? ['actor' as const] : [])],
        ...(lastSeen && { lastSeen: lastSeen.toISOString() }),
        ...(certificateUntil && { certificate: { validUntil: certificateUntil.toISOString(), expiresSoon: certificateUntil.getTime() - now.getTime() < EXPIRES_SOON_DAYS * DAY_MILLISECONDS } }),
        ...(statusListAt && regisseurs.has(did) && { statusListAt: statusListAt.toISOString() }),
        ...(circuit && { circuit }),
        circuitText: circuit === undefined ? 'Nog niets gevraagd sinds deze dienst draait' : circuits[circuit],
        waiting: queue?.waiting ?? 0,
        ...(queue && { waitingSince: queue.since.toISOString() }),
      };
    });
    return { partners: partners.toSorted((one, other) => one.party.name.localeCompare(other.party.name, 'nl')), at: now.toISOString() };
  }
}
