import { z } from 'zod';
import type { EntryContext } from '../dossier/dossier-entry.js';
import { printQuantity } from '../dossier/elements/print-quantity.js';
import { readable } from '../dossier/elements/readable.js';
import { bloodPressureEntry } from '../dossier/measurements/blood-pressure-entry.js';
import type { FhirResource } from '../fhir-resource.js';
import { dateOf, valuesAt, zibOf } from '../r4/resource-facts.js';
import type { WritableZib } from '../r4/validation/writable-zib.js';
import { writableZibs } from '../r4/validation/writable-zibs.js';
import type { Enrichment } from './enrichment.js';

/** What came in, with what it says. */
export interface EnrichmentWithBody extends Pick<Enrichment, 'type' | 'resource' | 'authorization'> {
  readonly body: FhirResource;
}

/** What the day team reads of it at a glance. */
export interface EnrichmentSummary {
  readonly kind: 'report' | 'soap-report' | 'blood-pressure' | 'measurement' | 'text-result' | 'medication-use' | 'medication-administration';
  /** The report, both pressures with their unit, or what it is with its number or words: `Lichaamsgewicht 68,4 kg`. */
  readonly text: string;
  /** At the bedside, as far as the resource says. */
  readonly effectiveAt: Date | undefined;
}

/** Only the text is taken of these lines; it names no source, no moment and nobody else. */
const alone: EntryContext = { source: '', now: new Date(0), related: new Map() };
const pressures: readonly string[] = ['Bovendruk', 'Onderdruk'];

/** One thing that was written: a SOAP report with its lines, a pulse with its regularity. */
export interface WholeEnrichment<E extends EnrichmentWithBody> {
  readonly whole: E;
  readonly parts: readonly E[];
}

/** What was written in parts stands together; a part whose whole never came stands alone, so that nothing is missed. */
export function joinParts<E extends EnrichmentWithBody>(list: readonly E[]): readonly WholeEnrichment<E>[] {
  const byReference = new Map(list.map((each) => [`${each.type}/${each.resource}`, each]));
  const wholes = list.map((whole) => ({ whole, parts: heldBy(whole, byReference) }));
  const held = new Set(wholes.flatMap(({ parts }) => parts));
  return wholes.filter(({ whole }) => !held.has(whole));
}

const holding = [['hasMember', 'reference'], ['section', 'entry', 'reference']];

function heldBy<E extends EnrichmentWithBody>({ body, authorization }: E, byReference: ReadonlyMap<string, E>): readonly E[] {
  const references = holding.flatMap((path) => valuesAt(body, path));
  const found = references.map((reference) => byReference.get(String(reference))).filter((each) => each !== undefined);
  return found.filter((each) => each.authorization === authorization);
}

/** @param parts what the resource holds by reference, where it is at hand. */
export function summariseEnrichment(resource: FhirResource, parts: readonly FhirResource[] = []): EnrichmentSummary {
  const written = writableOf(resource);
  return { kind: kindOf(written), text: textOf(resource, written, parts), effectiveAt: dateOf(resource) };
}

function writableOf(resource: FhirResource): WritableZib | undefined {
  const zib = zibOf(resource);
  return zib === undefined ? undefined : writableZibs.find((each) => each.zib.name === zib.name);
}

const kinds: Readonly<Record<string, EnrichmentSummary['kind']>> = {
  'nursing-report': 'report',
  'soap-line': 'soap-report',
  'soap-report': 'soap-report',
  'blood-pressure': 'blood-pressure',
  'text-result': 'text-result',
  'medication-use': 'medication-use',
  'medication-administration': 'medication-administration',
};

function kindOf(written: WritableZib | undefined): EnrichmentSummary['kind'] {
  return written === undefined ? 'report' : (kinds[written.zib.name] ?? 'measurement');
}

function textOf(resource: FhirResource, written: WritableZib | undefined, parts: readonly FhirResource[]): string {
  if (written === undefined) return textAt(resource, ['valueString']);
  switch (written.zib.name) {
    case 'nursing-report':
      return textAt(resource, ['valueString']);
    case 'soap-line':
      return `${lineLetter(resource)}: ${textAt(resource, ['valueString'])}`;
    case 'soap-report':
      return [textAt(resource, ['title']), ...parts.map((part) => textOf(part, writableOf(part), []))].filter(Boolean).join('\n');
    case 'text-result':
      return [conceptAt(resource, ['code']), textAt(resource, ['conclusion'])].filter(Boolean).join(': ');
    case 'blood-pressure':
      return bloodPressureEntry(resource, alone).values.filter(({ label }) => pressures.includes(label)).map(printValue).join(' / ');
    case 'medication-use':
    case 'medication-administration':
      return medicationText(resource, written);
    case 'pulse-panel':
      return parts.length === 0 ? written.label : parts.map((part) => textOf(part, writableOf(part), [])).join(', ');
    default:
      return [measurementText(resource, written), ...parts.map((part) => textOf(part, writableOf(part), []))].join(', ');
  }
}

const letters: Readonly<Record<string, string>> = { '255362007': 'S', '260224007': 'O', '129265001': 'E', '129271007': 'P' };

/** Which line of a SOAP report it is, as everybody who writes them calls it. */
function lineLetter(line: FhirResource): string {
  return letters[textAt(line, ['code', 'coding', 'code'])] ?? 'SOEP';
}

const Measured = z.looseObject({ valueQuantity: readable.quantity });

function measurementText(resource: FhirResource, { label, qualifierOf }: WritableZib): string {
  const quantity = Measured.parse(resource).valueQuantity;
  const value = quantity === undefined ? conceptAt(resource, ['valueCodeableConcept']) : printValue(printQuantity(quantity));
  return [label, qualifierOf?.(resource), value].filter(Boolean).join(' ');
}

/** What is said of a status that is not simply "taken" or "given". */
const medicationStatuses: Readonly<Record<string, string>> = { 'not-done': 'niet toegediend', 'not-taken': 'niet gebruikt', 'on-hold': 'onderbroken', stopped: 'gestopt', completed: '' };

function medicationText(resource: FhirResource, { label }: WritableZib): string {
  const product = textAt(resource, ['medicationReference', 'display']) || conceptAt(resource, ['medicationCodeableConcept']) || textAt(resource, ['medicationReference', 'reference']);
  const dose = valuesAt(resource, ['dosage', 'dose']).concat(valuesAt(resource, ['dosage', 'doseAndRate', 'doseQuantity']))[0];
  const amount = dose === undefined ? '' : printValue(printQuantity(Measured.parse({ valueQuantity: dose }).valueQuantity));
  const status = medicationStatuses[textAt(resource, ['status'])] ?? '';
  const reason = textAt(resource, ['extension', 'valueCodeableConcept', 'text']) || textAt(resource, ['extension', 'valueCodeableConcept', 'coding', 'display']);
  const why = resource.resourceType === 'MedicationAdministration' ? reason : '';
  return [`${label} ${product}`, amount, [status, why].filter(Boolean).join(': '), textAt(resource, ['note', 'text'])].filter(Boolean).join(', ');
}

/** What a concept is called: its words, else those of its first code, else the code. */
function conceptAt(resource: FhirResource, path: readonly string[]): string {
  return textAt(resource, [...path, 'text']) || textAt(resource, [...path, 'coding', 'display']) || textAt(resource, [...path, 'coding', 'code']);
}

function textAt(resource: FhirResource, path: readonly string[]): string {
  const [first] = valuesAt(resource, path);
  return typeof first === 'string' ? first : '';
}

/** A bare number has the unit `1` in UCUM, which nobody reads aloud. */
function printValue({ value, unit }: { readonly value: string; readonly unit?: string }): string {
  return unit === undefined || ['', '1'].includes(unit) ? value : `${value} ${unit}`;
}
