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
  | 'no-home-access'
  | 'authorization-unknown'
  | 'authorization-over'
  | 'request-id-reused'
  | 'authorization-followed'
  | 'same-practitioner'
  | 'extension-not-later'
  | 'extension-too-long'
  | 'no-alarm'
  | 'tree-unknown'
  | 'answers-do-not-fit'
  | 'answers-unfinished'
  | 'deviation-unexplained'
  | 'handover-unknown'
  | 'handover-id-reused'
  | 'handover-by-the-same'
  | 'idempotency-key-reused'
  | 'patient-unknown'
  | 'patient-ambiguous'
  | 'nobody-to-send';

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
  'no-home-access': 'De bronhouder heeft bij deze cliënt (nu) geen toegang tot de woning vastgelegd. Geef hem niet mee, of bel de bronhouder.',
  'authorization-unknown': 'Deze inzet is niet bekend.',
  'authorization-over': 'Deze inzet is al afgelopen.',
  'request-id-reused': 'Er is al een andere inzet met dit kenmerk gedaan.',
  'authorization-followed': 'Deze inzet is al opgevolgd door een andere inzet. Werk verder met die inzet.',
  'same-practitioner': 'Deze zorgverlener heeft deze inzet al. Kies een andere zorgverlener.',
  'extension-not-later': 'De nieuwe eindtijd ligt niet na de eindtijd die nu geldt. Kies een latere tijd.',
  'extension-too-long': 'Zo lang kan de inzet niet worden verlengd: een inzet duurt samen hoogstens 24 uur, en niet langer dan de bronhouder toestaat. Kies een eerdere tijd.',
  'no-alarm': 'Bij deze inzet is geen alarm (meer).',
  'tree-unknown': 'Deze versie van de beslisboom is niet in gebruik. Laad de pagina opnieuw en doorloop de vragen nog eens.',
  'answers-do-not-fit': 'De antwoorden passen niet bij de beslisboom. Doorloop de vragen nog eens.',
  'answers-unfinished': 'Nog niet alle vragen van de beslisboom zijn beantwoord.',
  'deviation-unexplained': 'De beslisboom komt tot een andere uitkomst. Vul in waarom u daarvan afwijkt.',
  'handover-unknown': 'Deze overdracht is niet bekend.',
  'handover-id-reused': 'Er is al een andere overdracht met dit kenmerk vastgelegd.',
  'handover-by-the-same': 'U hebt deze overdracht zelf geschreven. Uw collega neemt hem over.',
  'idempotency-key-reused': 'Dit kenmerk is al gebruikt voor een andere aanvraag.',
  'patient-unknown': 'Geen bronhouder kent deze cliënt.',
  'patient-ambiguous': 'Er is meer dan één cliënt gevonden. Noem de bronhouder, of zoek op BSN.',
  'nobody-to-send': 'Deze zorgverlener heeft nu geen dienst, of er is niemand die gestuurd mag worden.',
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
  'no-home-access': 'custodian',
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
