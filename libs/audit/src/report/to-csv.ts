import type { Did } from '@anw/values';
import type { AuditEvent } from '../audit-event.js';
import { describeEvent } from './describe-event.js';

/** What an organisation is called that the row itself does not name. */
export type NameOfOrganisation = (did: Did) => string;

type Column = readonly [header: string, value: (event: AuditEvent, nameOf: NameOfOrganisation) => string | undefined];

const BYTE_ORDER_MARK = '\uFEFF';

const moment = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'medium' });

const columns: readonly Column[] = [
  ['Tijdstip', ({ at }) => moment.format(at)],
  ['Tijdstip (UTC)', ({ at }) => at.toISOString()],
  ['Wat', (event) => describeEvent(event).what],
  ['Uitkomst', (event) => describeEvent(event).outcome],
  ['Cliënt', ({ patient }) => patient],
  ['Medewerker', ({ practitioner }) => practitioner?.name],
  ['Personeelsnummer', ({ practitioner }) => practitioner?.identifier],
  ['Functie', ({ practitioner }) => practitioner?.roleName],
  ['Namens organisatie', ({ actor, actorName }, nameOf) => actorName ?? (actor && nameOf(actor))],
  ['DID van de organisatie', ({ actor }) => actor],
  ['Via regisseur', ({ regisseur, regisseurName }, nameOf) => regisseurName ?? (regisseur && nameOf(regisseur))],
  ['DID van de regisseur', ({ regisseur }) => regisseur],
  ['Systeem', ({ requestingSystem }) => requestingSystem],
  ['Grond', (event) => describeEvent(event).why],
  ['Autorisatie', ({ authorization }) => authorization],
  ['Verzoek', ({ query }) => query],
  ['Gegevens', ({ resources }) => resources?.join(' ')],
  ['Reden', ({ reason }) => reason],
  ['Kenmerk', ({ reference }) => reference],
];

/**
 * A selection of the log as CSV (RFC 4180 but for the semicolon), with a header line in Dutch. A spreadsheet that is set to
 * Dutch takes a comma for a decimal sign, and text without a byte order mark for Windows-1252.
 */
export function toCsv(events: readonly AuditEvent[], nameOf: NameOfOrganisation): string {
  const lines = [columns.map(([header]) => header), ...events.map((event) => columns.map(([, value]) => value(event, nameOf) ?? ''))];
  return BYTE_ORDER_MARK + lines.map((fields) => `${fields.map(toField).join(';')}\r\n`).join('');
}

function toField(text: string): string {
  const harmless = withoutFormula(text);
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A spreadsheet takes a field that begins so for a formula; names and roles come from other organisations. An apostrophe makes it text. */
function withoutFormula(text: string): string {
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}
