import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import { modifierWarnings } from './modifier-warnings.js';

/** One line of the dossier as the nurse reads it. Texts are to be rendered as text, never as markup. */
export interface DossierEntry {
  /** `Observation/…`. */
  readonly reference?: string;
  readonly label: string;
  readonly values: readonly DossierValue[];
  /** Of a report. */
  readonly text?: string;
  readonly note?: string;
  /** ISO 8601, as the source gave it. */
  readonly at?: string;
  /** The same for a Dutch reader: `za 13 juni 2026, 23:05`. */
  readonly when: string;
  readonly author: string;
  readonly source: string;
  readonly status: string;
  /** What she must know before she trusts the line; never left out (spec anw-fhir-profiles §10.3). */
  readonly warnings: readonly string[];
}

export interface DossierValue {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
}

const text = z.string().optional().catch(undefined);
const Concept = z.object({ text, coding: z.array(z.object({ system: text, code: text, display: text })).catch([]) });
const concept = Concept.optional().catch(undefined);
const Quantity = z.object({ value: z.number().optional().catch(undefined), comparator: text, unit: text, system: text, code: text });
const Performer = z.object({ display: text, reference: text, identifier: z.object({ value: text }).optional().catch(undefined) });

export const ReadComponent = z.looseObject({ code: concept, valueQuantity: Quantity.optional().catch(undefined), valueCodeableConcept: concept, dataAbsentReason: concept });
export type ReadComponent = z.infer<typeof ReadComponent>;

export const ReadObservation = z.looseObject({
  id: text,
  status: text,
  code: concept,
  effectiveDateTime: text,
  effectivePeriod: z.object({ start: text, end: text }).optional().catch(undefined),
  performer: z.array(Performer).catch([]),
  valueString: text,
  note: z.array(z.object({ text })).catch([]),
  component: z.array(ReadComponent).catch([]),
});
export type ReadObservation = z.infer<typeof ReadObservation>;

const statuses: Readonly<Record<string, { readonly label: string; readonly warning?: string }>> = {
  final: { label: 'definitief' },
  amended: { label: 'aangevuld', warning: 'Later aangevuld.' },
  corrected: { label: 'gecorrigeerd', warning: 'Later gecorrigeerd.' },
  preliminary: { label: 'voorlopig', warning: 'Voorlopig, nog niet bevestigd.' },
  registered: { label: 'geregistreerd', warning: 'Nog geen uitslag.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd; niet gebruiken.' },
  'entered-in-error': { label: 'foutief ingevoerd', warning: 'Foutief ingevoerd; niet gebruiken.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
};

export interface EntryContent {
  readonly label: string;
  readonly values: readonly DossierValue[];
  readonly text?: string;
  readonly warnings: readonly string[];
}

/** What every Observation in the dossier has in common, around the content of its zib. */
export function observationEntry(resource: FhirResource, read: ReadObservation, source: string, content: EntryContent): DossierEntry {
  const at = read.effectiveDateTime ?? read.effectivePeriod?.start ?? read.effectivePeriod?.end;
  const status = statuses[read.status ?? ''];
  const note = read.note.flatMap((each) => (each.text === undefined ? [] : [each.text])).join('\n');
  return {
    ...(read.id === undefined ? {} : { reference: `Observation/${read.id}` }),
    label: content.label,
    values: content.values,
    ...(content.text === undefined ? {} : { text: content.text }),
    ...(note === '' ? {} : { note }),
    ...(at === undefined ? {} : { at }),
    when: at === undefined ? 'tijdstip onbekend' : printDutchTime(at),
    author: printAuthor(read),
    source,
    status: status?.label ?? read.status ?? 'status ontbreekt',
    warnings: [...statusWarning(read.status, status?.warning), ...modifierWarnings(resource), ...content.warnings],
  };
}

/** An amount as the source gave it; a unit other than expected is shown with a warning. */
export function printQuantity(quantity: ReadComponent['valueQuantity'], expectedUnit: string): { readonly value: string; readonly unit?: string; readonly warnings: readonly string[] } {
  if (quantity?.value === undefined) return { value: 'ontbreekt', warnings: ['Een waarde ontbreekt.'] };
  const value = `${quantity.comparator ?? ''}${String(quantity.value).replace('.', ',')}`;
  const unit = quantity.unit ?? quantity.code;
  const warnings = quantity.code === expectedUnit ? [] : [`Onverwachte eenheid: ${unit ?? 'geen eenheid'}.`];
  return { value, ...(unit === undefined ? {} : { unit }), warnings };
}

/** Date and time for a Dutch reader, in Dutch time; a date without a time stays a date. */
export function printDutchTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d{2}-\d{2}/.test(at)) return at;
  return at.includes('T') ? `${dutchDay.format(date)}, ${dutchTime.format(date)}` : dutchDay.format(date);
}

const timeZone = 'Europe/Amsterdam';
const dutchDay = new Intl.DateTimeFormat('nl-NL', { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone });
const dutchTime = new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone });

function printAuthor({ performer }: ReadObservation): string {
  const names = performer.flatMap(({ display, identifier, reference }) => display ?? identifier?.value ?? reference ?? []);
  return names.length === 0 ? 'auteur onbekend' : names.join(', ');
}

function statusWarning(status: string | undefined, warning: string | undefined): readonly string[] {
  if (warning !== undefined) return [warning];
  return statuses[status ?? ''] === undefined ? [`Onbekende status: ${status ?? 'ontbreekt'}.`] : [];
}
