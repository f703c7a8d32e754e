import { codeToken } from '../../r4/code-systems.js';
import type { EntryOf } from '../dossier-entry.js';
import { observationEntry, type ReadComponent, ReadObservation } from '../elements/observation-entry.js';
import { type ExpectedValue, observedValue } from '../elements/observed-value.js';
import { type CodeWords, printConcept } from '../elements/print-concept.js';
import { printInterpretation } from '../elements/print-interpretation.js';
import { extensionOf } from '../elements/readable.js';
import { codedValue, type RecordValue } from '../elements/record-entry.js';

/** A measurement of chapter 4: what its line shows. */
export interface MeasurementWords {
  readonly label: string;
  /** The value of the Observation itself; absent where only components tell. */
  readonly value?: ExpectedValue;
  /** Components by their code, in the order in which the line shows them. */
  readonly components?: Readonly<Record<string, ExpectedValue>>;
  readonly bodySites?: CodeWords;
  readonly methods?: CodeWords;
  /** What the line reads elsewhere in the resource. */
  readonly more?: (read: ReadObservation) => readonly RecordValue[];
}

const POSITION = 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition';

/**
 * How a measurement becomes a line: value, components, place, manner, position and interpretation. "An unrecognised
 * component is silently not the zib concept" (spec anw-fhir-profiles §2): here it is shown, with a warning.
 */
export function measurementEntry({ label, value, components = {}, bodySites, methods, more }: MeasurementWords): EntryOf {
  return (resource, context) => {
    const read = ReadObservation.parse(resource);
    const judged = printInterpretation(read.interpretation);
    const own = value === undefined ? [] : [{ ...observedValue(resource, value), interpretation: judged.interpretation }];
    return observationEntry(resource, read, context, {
      label,
      values: [
        ...own,
        ...knownComponents(read.component, components),
        ...unknownComponents(read.component, components),
        codedValue('Plaats', read.bodySite, bodySites),
        codedValue('Methode', read.method, methods),
        codedValue('Houding', extensionOf(read.extension, POSITION)?.valueCodeableConcept, positions),
        ...(more?.(read) ?? []),
        ...(own.length === 0 ? [{ label: 'Interpretatie', value: judged.interpretation }] : []),
      ],
      warnings: judged.warnings,
    });
  };
}

function knownComponents(components: readonly ReadComponent[], known: NonNullable<MeasurementWords['components']>): readonly RecordValue[] {
  return Object.entries(known).flatMap(([token, expected]) => {
    const found = components.filter((component) => tokensOf(component).includes(token));
    if (found.length > 0) return found.map((component) => observedValue(component, expected));
    return expected.optional === true ? [] : [{ label: expected.label, value: 'ontbreekt', warnings: ['Een waarde ontbreekt.'] }];
  });
}

function unknownComponents(components: readonly ReadComponent[], known: NonNullable<MeasurementWords['components']>): readonly RecordValue[] {
  const unknown = components.filter((component) => !tokensOf(component).some((token) => Object.hasOwn(known, token)));
  return unknown.map((component) => {
    const label = printConcept(component.code) ?? 'Onbekend onderdeel';
    const { warnings = [], ...shown } = observedValue(component, { label });
    return { ...shown, warnings: [`Onbekend onderdeel: ${label}.`, ...warnings] };
  });
}

function tokensOf({ code }: ReadComponent): readonly string[] {
  return (code?.coding ?? []).map((coding) => codeToken(coding.system ?? '', coding.code ?? ''));
}

/** Houding (spec anw-fhir-profiles §5). */
export const positions: CodeWords = {
  'http://snomed.info/sct|10904000': 'staand',
  'http://snomed.info/sct|102538003': 'liggend',
  'http://snomed.info/sct|33586001': 'zittend',
  'http://snomed.info/sct|272587006': 'schuin',
  'http://snomed.info/sct|34106002': 'trendelenburgligging',
};

/** A value that the line of a measurement may lack. */
export function optional(label: string, words?: CodeWords, units?: readonly string[]): ExpectedValue {
  return { label, optional: true, ...(words === undefined ? {} : { words }), ...(units === undefined ? {} : { units }) };
}

