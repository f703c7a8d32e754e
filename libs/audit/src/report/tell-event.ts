import { printDutchInstant } from '@anw/values';
import type { AuditEvent, AuditEventName, AuditOutcome } from '../audit-event.js';
import { describeEvent, namePartsOf } from './describe-event.js';
import type { NameOfOrganisation } from './to-csv.js';

export interface TellingOptions {
  /** What organisations are called that the row itself does not name. */
  readonly nameOf: NameOfOrganisation;
  /** The client's name where the reader may see it; else the row's own number. */
  readonly patientName?: string;
}

/**
 * A row of the log as one can read it aloud: `Op 3 maart 2026 om 02:14 bekeek verpleegkundige Noor de Wit (e-10442) van
 * Wijkzorg Nacht, in opdracht van regisseur Regie Oost, metingen en rapportages in het dossier van mevrouw Bos. Grond: …`
 */
export function tellEvent(event: AuditEvent, { nameOf, patientName }: TellingOptions): string {
  const { verb, object } = deeds[event.name];
  const isAboutOthers = changesOfOthers.has(event.name);
  const deed = (typeof object === 'string' ? object : object(namePartsOf(event))) + (isAboutOthers ? othersOf(event, nameOf) : '');
  const client = event.patient === undefined ? '' : ` (cliënt ${patientName ?? event.patient})`;
  const { why } = describeEvent(event);
  const sentences = [`Op ${printDutchInstant(event.at)} ${verb} ${isAboutOthers ? personOf(event.practitioner, undefined, event.requestingSystem) : doerOf(event, nameOf)} ${deed}${client}.`, ending[event.outcome], why === undefined ? '' : `Grond: ${lowerFirst(why)}.`];
  return sentences.filter(Boolean).join(' ');
}

const ending: Readonly<Record<AuditOutcome, string>> = {
  success: '',
  'minor-failure': 'Dat lukte niet: het verzoek klopte niet.',
  'serious-failure': 'Dat is geweigerd.',
  'major-failure': 'Dat lukte niet door een storing.',
};

/** Events in which actor and regisseur are whom it is about, and somebody of the custodian's own did it. */
const changesOfOthers: ReadonlySet<AuditEventName> = new Set(['allowlist.changed', 'enrolment.changed']);

function othersOf({ actor, actorName, regisseur, regisseurName }: AuditEvent, nameOf: NameOfOrganisation): string {
  const organisation = actorName ?? (actor && nameOf(actor));
  const sender = regisseurName ?? (regisseur && nameOf(regisseur));
  return [organisation === undefined ? '' : ` voor ${organisation}`, sender === undefined ? '' : ` bij regisseur ${sender}`].join('');
}

function doerOf({ practitioner, actor, actorName, regisseur, regisseurName, requestingSystem }: AuditEvent, nameOf: NameOfOrganisation): string {
  const organisation = actorName ?? (actor && nameOf(actor));
  const sender = regisseurName ?? (regisseur && nameOf(regisseur));
  if (practitioner === undefined && organisation === undefined && sender !== undefined) return `regisseur ${sender}`;
  return [personOf(practitioner, organisation, requestingSystem), sender === undefined ? '' : `, in opdracht van regisseur ${sender},`].join('');
}

function personOf(practitioner: AuditEvent['practitioner'], organisation: string | undefined, system: string | undefined): string {
  const of = organisation === undefined ? '' : ` van ${organisation}`;
  if (practitioner === undefined) return organisation === undefined ? (system === undefined ? 'een onbekende' : `een onbekende via ${system}`) : `een medewerker${of}`;
  const { identifier, name, roleName } = practitioner;
  if (name === undefined) return `${identifier === 'operator' ? 'de beheerder van de dienst' : `medewerker ${identifier}`}${of}`;
  return `${roleName === undefined ? 'medewerker' : lowerFirst(roleName)} ${name} (${identifier})${of}`;
}

interface Deed {
  readonly verb: string;
  readonly object: string | ((parts: string | undefined) => string);
}

const inRecord = (parts: string | undefined): string => (parts === undefined ? 'het dossier' : `${parts} in het dossier`);

/** What is done in each event: "bekeek … het dossier"; a new event does not compile until it is placed. */
const deeds: Readonly<Record<AuditEventName, Deed>> = {
  'token.granted': { verb: 'kreeg', object: 'toegang tot het dossier' },
  'token.refused': { verb: 'vroeg', object: 'toegang tot een dossier' },
  'fhir.read': { verb: 'bekeek', object: inRecord },
  'fhir.search': { verb: 'bekeek', object: inRecord },
  'fhir.create': { verb: 'voegde', object: (parts) => `${parts ?? 'een gegeven'} toe aan het dossier` },
  'fhir.refused': { verb: 'probeerde', object: 'het dossier te bekijken of aan te vullen' },
  'home-access.revealed': { verb: 'bekeek', object: 'hoe de woning te openen is' },
  'home-access.refused': { verb: 'probeerde', object: 'te bekijken hoe de woning te openen is' },
  'home-access.changed': { verb: 'wijzigde', object: 'hoe de woning te openen is' },
  'enriched.read': { verb: 'las', object: 'wat in de ANW-zorg in het dossier is vastgelegd, of gaf aan dat dit gelezen is' },
  'webhook.changed': { verb: 'wijzigde', object: 'het adres waar eigen systemen horen wat er in het dossier is vastgelegd' },
  'patient.searched': { verb: 'zocht', object: 'een cliënt op' },
  'precheck.answered': { verb: 'ging', object: 'na of een zorgverlener toegang zou krijgen' },
  'authorization.issued': { verb: 'gaf', object: 'een autorisatie uit' },
  'authorization.revoked': { verb: 'trok', object: 'een autorisatie in' },
  'authorization.pulled': { verb: 'haalde', object: 'een autorisatie op' },
  'authorization.received': { verb: 'ontving', object: 'een autorisatie' },
  'authorization.opened': { verb: 'opende', object: 'een bezoek op grond van een autorisatie' },
  'authorization.reported': { verb: 'legde', object: 'een eerste rapportage vast op grond van een autorisatie' },
  'decision-tree.changed': { verb: 'wijzigde', object: 'de beslisboom' },
  'postcodes.changed': { verb: 'wijzigde', object: 'de tabel met postcodegebieden' },
  'alarm-times.changed': { verb: 'wijzigde', object: 'de tijden waarbinnen een bezoek geopend moet zijn' },
  'alarm.acknowledged': { verb: 'zag', object: 'het alarm over een bezoek dat niet op tijd is geopend' },
  'handover.written': { verb: 'schreef', object: 'een overdracht' },
  'handover.accepted': { verb: 'nam', object: 'een overdracht over' },
  'night.read': { verb: 'bekeek', object: 'het overzicht van de nacht van een andere regisseur' },
  'triage-client.changed': { verb: 'wijzigde', object: 'de toegang van een triagesysteem' },
  'authorization.wiped': { verb: 'wiste', object: 'de gegevens van een bezoek' },
  'draft.undelivered': { verb: 'kreeg', object: 'invoer niet bij de bronhouder bezorgd' },
  'draft.acknowledged': { verb: 'nam', object: 'kennis van invoer die niet is aangekomen' },
  'settings.changed': { verb: 'wijzigde', object: 'de instellingen van de organisatie' },
  'allowlist.changed': { verb: 'wijzigde', object: 'de whitelist' },
  'allowlist.read': { verb: 'bekeek', object: 'de whitelist' },
  'enrolment.changed': { verb: 'wijzigde', object: 'de aanmelding voor de ANW-zorg' },
  'enrolment.read': { verb: 'bekeek', object: 'de aanmelding voor de ANW-zorg' },
  'planned-changes.read': { verb: 'bekeek', object: 'wat er de komende nacht vanzelf verandert' },
  'partners.read': { verb: 'bekeek', object: 'hoe de samenwerkingspartners ervoor staan' },
  'partner.changed': { verb: 'wijzigde', object: 'de gegevens van een samenwerkingspartner' },
  'practitioners.read': { verb: 'vroeg', object: 'op wie er dienst heeft' },
  'shift.added': { verb: 'voegde', object: 'een dienst toe' },
  'shift.ended': { verb: 'beëindigde', object: 'een dienst voortijdig' },
  'organisation.added': { verb: 'voegde', object: 'een organisatie toe' },
  'key.created': { verb: 'maakte', object: 'een sleutel aan' },
  'key.rotated': { verb: 'vernieuwde', object: 'een sleutel' },
  'key.withdrawn': { verb: 'trok', object: 'een sleutel in' },
  'resources.loaded': { verb: 'laadde', object: 'gegevens in het dossier' },
  'decision.read': { verb: 'bekeek', object: 'de uitleg bij een toegangsbeslissing' },
  'log.read': { verb: 'bekeek', object: 'het logboek' },
  'log.exported': { verb: 'exporteerde', object: 'het logboek' },
  'user.logged-in': { verb: 'logde', object: 'in' },
  'user.login-refused': { verb: 'probeerde', object: 'in te loggen' },
  'request.refused': { verb: 'probeerde', object: 'een afgeschermde functie te gebruiken' },
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
