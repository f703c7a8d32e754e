import type { AccessGrant } from '@anw/api-contracts';
import { homeAccessOf, mayPerform, type ReceivedAuthorization } from '@anw/authorization';
import { closedGroups, dossierOutline, writableKinds, writeKinds } from '@anw/fhir';
import { Database, KnownRegisseurTable } from '@anw/persistence';
import type { KnownRegisseur } from '@anw/scheduling';
import { Inject, Injectable } from '@nestjs/common';
import { regisseurNameOf } from '../regisseurs/regisseur-name.js';
import type { VisitErrand } from '../visits/visits.js';

/** Tells a nurse who gave her this access, on whose authority, and what it does not show. */
@Injectable()
export class AccessGrants {
  constructor(@Inject(Database) private readonly database: Database) {}

  async of(errand: VisitErrand): Promise<AccessGrant> {
    const { regisseur } = errand.authorization.credential;
    const known = await this.database.withOrganisation(errand.organisation.id, (tx) => new KnownRegisseurTable(tx).findRegisseur(regisseur));
    return toAccessGrant(errand, known);
  }
}

/** @param known the regisseur as our operator entered it */
export function toAccessGrant({ visit: { until }, authorization, organisation, user }: Pick<VisitErrand, 'visit' | 'authorization' | 'organisation' | 'user'>, known: Pick<KnownRegisseur, 'telephone'> | undefined): AccessGrant {
  const { credential, context, receivedAt } = authorization;
  const { from } = credential.period;
  const regisseur = regisseurNameOf(authorization);
  const custodian = context.custodian.name;
  const may = (type: string, operation: 'search' | 'create') => mayPerform({ path: `/${type}`, operation }, credential.resources, user.assuranceLevel);
  const whom = credential.practitioner === undefined ? `iedere zorgverlener van ${organisation.displayName} die deze route heeft` : 'u persoonlijk';
  return {
    regisseur: { name: regisseur, ...(known?.telephone !== undefined && { telephone: known.telephone }) },
    period: { from: from.toISOString(), until: until.toISOString() },
    given: `${regisseur} gaf deze toegang op ${moment.format(receivedAt)}, aan ${whom}.`,
    authority: `${custodian} heeft ${regisseur} gemachtigd om ANW-zorg te regelen, en heeft deze cliënt daarvoor bij ${regisseur} aangemeld. ${custodian} controleert dat bij elke inzage opnieuw en legt vast wat u bekijkt.`,
    hidden: hiddenFrom(authorization, closedGroups((type) => may(type, 'search'))),
    outline: dossierOutline((type) => may(type, 'search')),
    writes: writableKinds((type) => may(type, 'create')).map((kind) => ({ kind, label: writeKinds[kind].label })),
  };
}

function hiddenFrom({ credential, context }: ReceivedAuthorization, closed: readonly string[]): readonly string[] {
  return [
    ...(closed.length === 0 ? [] : [`Niet in deze autorisatie: ${closed.join(', ')}.`]),
    `Alleen wat voor ANW-zorg nodig is, wordt opgehaald. De rest van het dossier bij ${context.custodian.name} blijft dicht, ook brieven en documenten.`,
    homeAccessOf(credential.resources) === undefined
      ? 'Deze autorisatie geeft geen toegang tot de woningtoegang (sleutel, code).'
      : 'Hoe u de woning in komt, staat hier niet. Dat vraagt u apart op, met een reden.',
    'Het BSN wordt niet getoond.',
  ];
}

const moment = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
