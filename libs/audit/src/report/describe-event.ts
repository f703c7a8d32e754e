import { HomeAccessReason, printHomeAccessReason } from '@anw/values';
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
  'home-access.revealed': 'Toegang tot de woning ingezien',
  'home-access.refused': 'Geprobeerd de toegang tot de woning in te zien',
  'home-access.changed': 'Toegang tot de woning vastgelegd of verwijderd',
  'enriched.read': 'Opgehaald wat in de avond, nacht of het weekend in het dossier is vastgelegd',
  'webhook.changed': 'Adres gewijzigd waar eigen systemen horen wat er in het dossier is vastgelegd',
  'patient.searched': 'Gezocht naar een cliënt voor de avond-, nacht- en weekendzorg',
  'precheck.answered': 'Nagegaan of een zorgverlener toegang zou krijgen',
  'authorization.issued': 'Autorisatie voor een zorgverlener uitgegeven',
  'authorization.revoked': 'Autorisatie ingetrokken',
  'authorization.pulled': 'Autorisatie opgehaald',
  'authorization.received': 'Autorisatie ontvangen',
  'authorization.opened': 'Bezoek geopend op grond van een autorisatie',
  'authorization.reported': 'Eerste rapportage van een bezoek vastgelegd bij de bronhouder',
  'decision-tree.changed': 'Beslisboom gewijzigd',
  'postcodes.changed': 'Tabel met postcodegebieden gewijzigd',
  'alarm-times.changed': 'Afgesproken tijden voor het openen van een bezoek gewijzigd',
  'alarm.acknowledged': 'Alarm gezien over een bezoek dat niet op tijd is geopend',
  'handover.written': 'Overdracht geschreven',
  'handover.accepted': 'Overdracht overgenomen',
  'night.read': 'Overzicht van de nacht bekeken door een andere regisseur',
  'triage-client.changed': 'Toegang van een triagesysteem gewijzigd',
  'authorization.wiped': 'Gegevens van een bezoek na afloop gewist',
  'draft.undelivered': 'Invoer van een zorgverlener niet bij de bronhouder aangekomen',
  'draft.acknowledged': 'Kennisgenomen van invoer die niet is aangekomen',
  'settings.changed': 'Instellingen van de organisatie gewijzigd',
  'allowlist.changed': 'Lijst van toegelaten organisaties gewijzigd',
  'allowlist.read': 'Lijst van toegelaten organisaties ingezien',
  'enrolment.changed': 'Aanmelding van een cliënt voor de avond-, nacht- en weekendzorg gewijzigd',
  'enrolment.read': 'Lijst van cliënten met avond-, nacht- en weekendzorg ingezien',
  'planned-changes.read': 'Ingezien wat er de komende nacht vanzelf verandert',
  'partners.read': 'Ingezien hoe samenwerkingspartners ervoor staan',
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

function whatOf(event: AuditEvent): string {
  const sentence = sentences[event.name];
  if (event.name === 'home-access.revealed') return withReason(sentence, event.reason);
  const known = namePartsOf(event);
  return known === undefined ? sentence : `${sentence}: ${known}`;
}

/** Which parts of the record a row is about, as clients call them; undefined when it is about none that have a name. */
export function namePartsOf({ name, query, resources = [] }: AuditEvent): string | undefined {
  if (!name.startsWith('fhir.')) return undefined;
  const types = name === 'fhir.search' ? [typeIn(query)] : resources.map(typeIn);
  const known = [...new Set(types.flatMap((type) => (type !== undefined && Object.hasOwn(parts, type) ? [parts[type]!] : [])))];
  return known.length === 0 ? undefined : known.join(', ');
}

/** What an event is called in Dutch, whoever did it. */
export function nameEvent(name: AuditEventName): string {
  return sentences[name];
}

/** Here the reason is not that of a refusal but what the nurse said. */
function withReason(sentence: string, reason: string | undefined): string {
  const given = HomeAccessReason.safeParse(reason).data;
  return given === undefined ? sentence : `${sentence}: ${printHomeAccessReason(given).toLowerCase()}`;
}

function typeIn(text: string | undefined): string | undefined {
  return text?.match(/^[A-Za-z]+/)?.[0];
}

function groundOf({ purposeOfUse, authorization, regisseur, regisseurName }: AuditEvent): string | undefined {
  if (authorization !== undefined) return `Avond-, nacht- en weekendzorg, op grond van een autorisatie van ${regisseurName === undefined ? 'de regisseur' : `regisseur ${regisseurName}`}`;
  if (purposeOfUse !== undefined) return 'Avond-, nacht- en weekendzorg';
  return regisseur === undefined ? undefined : `Coördinatie van de avond-, nacht- en weekendzorg door ${regisseurName === undefined ? 'de regisseur' : `regisseur ${regisseurName}`}`;
}
