import { z } from 'zod';
import type { EntryContext } from '../dossier-entry.js';
import { printConcept } from '../elements/print-concept.js';
import { findReferred, printReference } from '../elements/print-party.js';
import { printPeriod } from '../elements/print-time.js';
import { type Concept, type Extension, extensionOf, type Period, readable, type Reference } from '../elements/readable.js';
import { codedValue, type RecordValue } from '../elements/record-entry.js';

export const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

/** "Stop type as **modifier** extension": who ignores it "reads the opposite of what is meant" (spec anw-fhir-profiles §3.6). */
export const STOP_TYPE = `${NICTIZ}/ext-StopType`;

const stopTypes: Readonly<Record<string, string>> = { '385655000': 'onderbroken', '410546004': 'gestopt' };

const ReadMedication = z.looseObject({ code: readable.concept });

export const ReadDosage = z.array(z.looseObject({ text: readable.text, patientInstruction: readable.text, asNeededBoolean: readable.flag, asNeededCodeableConcept: readable.concept, route: readable.concept }).catch({})).catch([]);
type ReadDosage = z.infer<typeof ReadDosage>;

interface Product {
  readonly medicationReference?: Reference | undefined;
  readonly medicationCodeableConcept?: Concept | undefined;
}

/** The product that came along says it best; a reference to one that did not is shown as it is. */
export function productOf({ medicationReference, medicationCodeableConcept }: Product, context: EntryContext): { readonly label: string; readonly warnings: readonly string[] } {
  const product = findReferred(medicationReference, context);
  const name = product === undefined ? undefined : printConcept(ReadMedication.parse(product).code);
  const label = name ?? printConcept(medicationCodeableConcept) ?? printReference(medicationReference, context);
  return label === undefined ? { label: 'Geneesmiddel niet genoemd', warnings: ['De bron noemt het geneesmiddel niet.'] } : { label, warnings: [] };
}

/** In the source's own words (MP9 renders them); half of them would be a wrong dose, so all or none. */
export function dosageValues(extension: readonly Extension[], dosage: ReadDosage): readonly RecordValue[] {
  const rendered = extensionOf(extension, `${NICTIZ}/ext-RenderedDosageInstruction`)?.valueString;
  const texts = dosage.flatMap(({ text, patientInstruction }) => text ?? patientInstruction ?? []);
  const words = rendered ?? (texts.length === 0 || texts.length < dosage.length ? undefined : texts.join('\n'));
  return [
    { label: 'Dosering', value: words ?? 'ontbreekt', warnings: words === undefined ? ['De dosering is niet in woorden gegeven. Raadpleeg de bron.'] : [] },
    { label: 'Zo nodig', ...asNeeded(dosage) },
    codedValue('Toedieningsweg', dosage.flatMap(({ route }) => route ?? [])),
  ];
}

function asNeeded(dosage: ReadDosage): Pick<RecordValue, 'value' | 'warnings'> {
  const reasons = dosage.flatMap(({ asNeededCodeableConcept }) => printConcept(asNeededCodeableConcept) ?? []);
  const plain = dosage.some(({ asNeededBoolean }) => asNeededBoolean === true);
  return { value: reasons.length === 0 ? undefined : reasons.join(', '), warnings: plain || reasons.length > 0 ? ['Zo nodig.'] : [] };
}

/** The period of use as MP9 gives it, else that of the resource. */
export function periodOfUse(extension: readonly Extension[], own?: Period): { readonly period: Period | undefined; readonly value: RecordValue } {
  const period = extensionOf(extension, `${NICTIZ}/ext-TimeInterval.Period`)?.valuePeriod ?? own;
  return { period, value: { label: 'Gebruik', value: printPeriod(period) } };
}

/** The stop type in words; a code that we do not know is shown, and a stop type that cannot be read stays an unknown modifier. */
export function stopTypeOf(modifiers: readonly Extension[]): { readonly value: RecordValue; readonly known: readonly string[] } {
  const concept = extensionOf(modifiers, STOP_TYPE)?.valueCodeableConcept;
  if (concept === undefined) return { value: { label: 'Stoptype', value: undefined }, known: [] };
  const word = concept.coding.map(({ code }) => (code !== undefined && Object.hasOwn(stopTypes, code) ? stopTypes[code] : undefined)).find((each) => each !== undefined);
  const printed = word ?? printConcept(concept) ?? 'zonder code';
  return { value: { label: 'Stoptype', value: printed, warnings: [word === undefined ? `Onbekend stoptype: ${printed}.` : `${word === 'gestopt' ? 'Gestopt' : 'Onderbroken'}: dit is geen lopende medicatie.`] }, known: [STOP_TYPE] };
}
