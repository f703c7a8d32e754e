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
  'custodian-unknown': 'Deze bronhouder is niet bekend in deze regio.',
  'custodian-unreachable': 'De bronhouder is nu niet bereikbaar. Probeer het over een minuut opnieuw of bel de bronhouder.',
  'actor-not-listed': 'Deze zorgorganisatie staat bij de bronhouder niet op de lijst voor ANW-zorg. Kies een zorgverlener van een andere organisatie of bel de bronhouder.',
  'delegation-not-valid': 'De machtiging van de bronhouder voor deze regisseur is niet geldig. Neem contact op met de bronhouder.',
  'not-allowed': 'De bronhouder staat deze inzet voor deze cliënt niet toe. Neem contact op met de bronhouder.',
  'authorization-unknown': 'Deze inzet is niet bekend.',
  'authorization-over': 'Deze inzet is al afgelopen.',
  'request-id-reused': 'Er is al een andere inzet met dit kenmerk gedaan.',
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
