import type { PartnerDemandView, Party } from '@anw/api-contracts';
import type { AccessSettings } from '@anw/authorization';
import type { Did } from '@anw/values';

type PartnerSettings = AccessSettings['partners'][number];

const evidence: Readonly<Record<NonNullable<PartnerSettings['minimumSystemEvidence']>, string>> = {
  'client-certificate': 'Het systeem toont een certificaat.',
  'did-web-host': 'Het systeem hoeft geen certificaat te tonen: ondertekenen met de sleutels van de organisatie is genoeg.',
};

const bindings: Readonly<Record<NonNullable<PartnerSettings['tokenBinding']>, string>> = {
  certificate: 'Toegang werkt alleen met het certificaat van het systeem.',
  dpop: 'Toegang werkt alleen met de eigen sleutel van het systeem (DPoP).',
  both: 'Toegang werkt alleen met het certificaat én de eigen sleutel van het systeem (DPoP).',
  either: 'Toegang werkt met het certificaat of de eigen sleutel van het systeem (DPoP).',
};

/** What is asked of single partners instead of what is asked of all, in Dutch, by name. */
export function tellPartnerDemands(partners: AccessSettings['partners'], party: (did: Did) => Party): PartnerDemandView[] {
  return partners
    .map(({ partner, minimumSystemEvidence, tokenBinding }) => ({ party: party(partner), demands: [...(minimumSystemEvidence ? [evidence[minimumSystemEvidence]] : []), ...(tokenBinding ? [bindings[tokenBinding]] : [])] }))
    .filter(({ demands }) => demands.length > 0)
    .toSorted((one, other) => one.party.name.localeCompare(other.party.name, 'nl'));
}
