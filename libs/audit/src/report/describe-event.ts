import type { AuditEvent, AuditEventName, AuditOutcome } from '../audit-event.js';

/** A row of the log as a client may read it, in Dutch. */
export interface EventDescription {
  /** What was done: "Gezocht in het dossier: metingen en rapportages". */
  readonly what: string;
  readonly outcome: string;
  /** On what ground; absent when nobody came from outside. */
  readonly why?: string;
}

/** Puts a row in plain words: who and when are facts of the row itself. */
export function describeEvent(event: AuditEvent): EventDescription {
  const why = groundOf(event);
  return { what: whatOf(event), outcome: outcomes[event.outcome], ...(why !== undefined && { why }) };
}

const outcomes: Readonly<Record<AuditOutcome, string>> = {
  success: 'Gelukt',
  'minor-failure': 'Niet gelukt: het verzoek klopte niet',
  'serious-failure': 'Geweigerd',
  'major-failure': 'Niet gelukt door een storing',
};

const sentences: Readonly<Record<AuditEventName, string>> = {
  'token.granted': 'Toegang tot het dossier gekregen',
  'token.refused': 'Toegang tot het dossier gevraagd',
  'fhir.read': 'Gegeven in het dossier ingezien',
  'fhir.search': 'Gezocht in het dossier',
  'fhir.create': 'Gegeven aan het dossier toegevoegd',
  'fhir.refused': 'Geprobeerd het dossier in te zien of aan te vullen',
  'patient.searched': 'Gezocht naar een cliënt voor de avond-, nacht- en weekendzorg',
  'precheck.answered': 'Nagegaan of een zorgverlener toegang zou krijgen',
  'authorization.issued': 'Autorisatie voor een zorgverlener uitgegeven',
  'authorization.revoked': 'Autorisatie ingetrokken',
  'authorization.pulled': 'Autorisatie opgehaald',
  'authorization.received': 'Autorisatie ontvangen',
  'authorization.opened': 'Bezoek geopend op grond van een autorisatie',
  'authorization.wiped': 'Gegevens van een bezoek na afloop gewist',
  'settings.changed': 'Instellingen van de organisatie gewijzigd',
  'allowlist.changed': 'Lijst van toegelaten organisaties gewijzigd',
  'allowlist.read': 'Lijst van toegelaten organisaties opgehaald',
  'enrolment.changed': 'Aanmelding van een cliënt voor de avond-, nacht- en weekendzorg gewijzigd',
  'partner.changed': 'Gegevens van een samenwerkingspartner gewijzigd',
  'practitioners.read': 'Opgevraagd wie er dienst heeft',
  'shift.added': 'Dienst toegevoegd',
  'shift.ended': 'Dienst voortijdig beëindigd',
  'organisation.added': 'Organisatie toegevoegd',
  'key.created': 'Sleutel aangemaakt',
  'key.rotated': 'Sleutel vernieuwd',
  'key.withdrawn': 'Sleutel ingetrokken',
  'resources.loaded': 'Gegevens in het dossier geladen',
  'decision.read': 'Uitleg bij een toegangsbeslissing ingezien',
  'log.read': 'Logboek ingezien',
  'log.exported': 'Logboek geëxporteerd',
  'user.logged-in': 'Ingelogd',
  'user.login-refused': 'Geprobeerd in te loggen',
  'request.refused': 'Geprobeerd een afgeschermde functie te gebruiken',
};

/** How clients call the parts of their record, by FHIR type. */
const parts: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'allergieën',
  CarePlan: 'zorgplan',
  CareTeam: 'zorgteam',
  Condition: 'aandoeningen',
  Consent: 'wilsverklaringen en behandelaanwijzingen',
  DeviceUseStatement: 'hulpmiddelen',
  Encounter: 'contacten met zorgverleners',
  Flag: 'waarschuwingen',
  Goal: 'zorgdoelen',
  Immunization: 'vaccinaties',
  MedicationAdministration: 'toegediende medicatie',
  MedicationDispense: 'verstrekte medicatie',
  MedicationRequest: 'voorgeschreven medicatie',
  MedicationStatement: 'gebruikte medicatie',
  Observation: 'metingen en rapportages',
  Patient: 'naam, adres en contactgegevens',
  Procedure: 'behandelingen',
  RelatedPerson: 'contactpersonen',
};

function whatOf({ name, query, resources = [] }: AuditEvent): string {
  const sentence = sentences[name];
  if (!name.startsWith('fhir.')) return sentence;
  const types = name === 'fhir.search' ? [typeIn(query)] : resources.map(typeIn);
  const known = [...new Set(types.flatMap((type) => (type !== undefined && Object.hasOwn(parts, type) ? [parts[type]!] : [])))];
  return known.length === 0 ? sentence : `${sentence}: ${known.join(', ')}`;
}

function typeIn(text: string | undefined): string | undefined {
  return text?.match(/^[A-Za-z]+/)?.[0];
}

function groundOf({ purposeOfUse, authorization, regisseur, regisseurName }: AuditEvent): string | undefined {
  if (authorization !== undefined) return `Avond-, nacht- en weekendzorg, op grond van een autorisatie van ${regisseurName === undefined ? 'de regisseur' : `regisseur ${regisseurName}`}`;
  if (purposeOfUse !== undefined) return 'Avond-, nacht- en weekendzorg';
  return regisseur === undefined ? undefined : `Coördinatie van de avond-, nacht- en weekendzorg door ${regisseurName === undefined ? 'de regisseur' : `regisseur ${regisseurName}`}`;
}
