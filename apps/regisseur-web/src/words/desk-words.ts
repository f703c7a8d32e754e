import type { AuthorizationView, CareRequestKind, CareRequestState, DeliveryProgress, TriageOutcome, Urgency } from '@anw/api-contracts';

/** The words of the desk for what the server names; the server words everything that it decides. */
export const kindWords: Readonly<Record<CareRequestKind, string>> = { unplanned: 'Ongepland', planned: 'Gepland' };

export const urgencyWords: Readonly<Record<Urgency, string>> = { urgent: 'Spoed', soon: 'Snel', routine: 'Gewoon' };

export const outcomeWords: Readonly<Record<TriageOutcome, string>> = {
  'nothing-needed': 'Geen zorg nodig',
  'informal-carer': 'Mantelzorger',
  'emergency-112': '112 bellen',
  'out-of-hours-care': 'ANW-zorg',
};

export const careRequestWords: Readonly<Record<CareRequestState, string>> = {
  open: 'Triage loopt',
  'to-assign': 'Nog niemand onderweg',
  assigned: 'Zorgverlener ingezet',
  closed: 'Afgerond',
};

export const deliveryWords: Readonly<Record<DeliveryProgress, string>> = {
  pending: 'Verstuurd',
  received: 'Aangekomen',
  opened: 'Geopend',
  reported: 'Verslag geschreven',
  refused: 'Geweigerd door de zorgorganisatie',
};

/** How a visit stands, in one word for a list. */
export function standOf({ state, delivery }: Pick<AuthorizationView, 'state' | 'delivery'>): string {
  if (state === 'revoked') return 'Ingetrokken';
  if (state === 'ended') return delivery === 'reported' ? 'Afgelopen, verslag geschreven' : 'Afgelopen';
  return deliveryWords[delivery];
}
