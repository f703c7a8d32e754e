/** Why the desk cannot do what was asked. Closed: a new code must be placed in every table that answers it. */
export type TriageFailure =
  | 'care-request-unknown'
  | 'care-request-id-reused'
  | 'care-request-needs-no-visit'
  | 'triage-has-authorization'
  | 'shift-unknown'
  | 'shift-over'
  | 'visit-window-outside-shift'
  | 'custodian-unknown'
  | 'custodian-unreachable'
  | 'allowlist-stale'
  | 'actor-not-listed'
  | 'delegation-not-valid'
  | 'not-allowed'
  | 'authorization-unknown'
  | 'authorization-over'
  | 'request-id-reused';

/** What the triagist reads. Red lights of the pre-check do not say which of checks 7 and 8 failed (design D16). */
export const triageMessages: Readonly<Record<TriageFailure, string>> = {
  'care-request-unknown': 'Deze zorgvraag is niet bekend.',
  'care-request-id-reused': 'Er is al een andere zorgvraag met dit kenmerk vastgelegd.',
  'care-request-needs-no-visit': 'Voor deze zorgvraag is de triage-uitkomst niet "ANW-zorg".',
  'triage-has-authorization': 'Er loopt al een inzet voor deze zorgvraag. Trek die eerst in.',
  'shift-unknown': 'Deze dienst is niet bekend.',
  'shift-over': 'Deze dienst is al afgelopen.',
  'visit-window-outside-shift': 'Het bezoekmoment valt buiten de dienst van de zorgverlener.',
  'custodian-unknown': 'Deze bronhouder is niet bekend in deze regio. De beheerder van de regisseur kan hem toevoegen.',
  'custodian-unreachable': 'De bronhouder is nu niet bereikbaar. Probeer het over een minuut opnieuw of bel de bronhouder.',
  'allowlist-stale': 'De lijst van toegelaten zorgorganisaties van deze bronhouder is verouderd en nu niet op te halen. Bel de bronhouder: die moet zijn systeem weer bereikbaar maken.',
  'actor-not-listed': 'De bronhouder heeft deze zorgorganisatie niet toegelaten voor inzet door deze regisseur. Kies een zorgverlener van een andere organisatie, of bel de bronhouder: die kan de organisatie toelaten.',
  'delegation-not-valid': 'De machtiging van de bronhouder voor deze regisseur is niet geldig. Bel de bronhouder: die moet de machtiging herstellen.',
  'not-allowed': 'De bronhouder staat deze inzet voor deze cliënt niet toe. Bel de bronhouder: die kan de cliënt of de zorgorganisatie aanmelden.',
  'authorization-unknown': 'Deze inzet is niet bekend.',
  'authorization-over': 'Deze inzet is al afgelopen.',
  'request-id-reused': 'Er is al een andere inzet met dit kenmerk gedaan.',
};

/** Which organisation can repair what keeps an assignment from being sent. */
export type Repairer = 'regisseur' | 'custodian' | 'actor';

/** Who must repair it, for failures that the triagist cannot mend by ordering otherwise. */
export const repairers: Readonly<Partial<Record<TriageFailure, Repairer>>> = {
  'shift-unknown': 'actor',
  'shift-over': 'actor',
  'custodian-unknown': 'regisseur',
  'custodian-unreachable': 'custodian',
  'allowlist-stale': 'custodian',
  'actor-not-listed': 'custodian',
  'delegation-not-valid': 'custodian',
  'not-allowed': 'custodian',
};

/** A rule of the desk that said no: `code` is stable, the message is for the triagist. */
export class TriageError extends Error {
  override readonly name = 'TriageError';
  constructor(
    readonly code: TriageFailure,
    options?: ErrorOptions,
  ) {
    super(triageMessages[code], options);
  }
}
