import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { observationEntry, ReadObservation } from '../elements/observation-entry.js';
import { observedValue, printRange } from '../elements/observed-value.js';
import { conceptWarnings, printConcept, printConcepts } from '../elements/print-concept.js';
import { printInterpretation } from '../elements/print-interpretation.js';
import { findReferred, printReference } from '../elements/print-party.js';
import { printDutchTime } from '../elements/print-time.js';
import { readable, type Reference } from '../elements/readable.js';
import { codedValue, type RecordValue } from '../elements/record-entry.js';

const Range = z.looseObject({ low: readable.quantity, high: readable.quantity, text: readable.text, type: readable.concept });

const ReadResult = ReadObservation.extend({ specimen: readable.reference, referenceRange: z.array(Range.catch({})).catch([]) });
type ReadResult = z.infer<typeof ReadResult>;

const ReadSpecimen = z.looseObject({
  type: readable.concept,
  collection: z.looseObject({ collectedDateTime: readable.text, collectedPeriod: readable.period, bodySite: readable.concept }).optional().catch(undefined),
  receivedTime: readable.text,
});

const ReadMember = z.looseObject({ code: readable.concept });

/** A result of a laboratory as a line of the dossier: value, interpretation, reference range, material (zib LaboratoriumUitslag). */
export function laboratoryTestResultEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadResult.parse(resource);
  const name = printConcept(read.code);
  const judged = printInterpretation(read.interpretation);
  const isPanel = read.hasMember.length > 0;
  const value = observedValue(resource, { label: 'Uitslag', optional: isPanel || read.component.length > 0 });
  return observationEntry(resource, read, context, {
    label: name ?? 'Bepaling niet genoemd',
    values: [
      { ...value, interpretation: judged.interpretation },
      ...(value.value === undefined ? [{ label: 'Interpretatie', value: judged.interpretation }] : []),
      { label: 'Referentiewaarden', value: printRanges(read) },
      ...read.component.map((component) => observedValue(component, { label: printConcept(component.code) ?? 'Onbekend onderdeel' })),
      ...(isPanel ? [{ label: 'Bestaat uit', value: read.hasMember.map((member) => memberName(member, context)).join(', ') }] : []),
      specimenValue(read.specimen, context),
      codedValue('Methode', read.method),
    ],
    warnings: [...judged.warnings, ...(name === undefined ? ['De bron noemt de bepaling niet.'] : conceptWarnings(read.code === undefined ? [] : [read.code]))],
  });
}

function printRanges({ referenceRange }: ReadResult): string | undefined {
  const printed = referenceRange.flatMap(({ low, high, text, type }) => {
    const range = text ?? printRange({ low, high });
    const kind = printConcept(type);
    return range === undefined ? [] : [kind === undefined ? range : `${range} (${kind})`];
  });
  return printed.length === 0 ? undefined : printed.join('; ');
}

function memberName(member: Reference, context: EntryContext): string {
  const found = findReferred(member, context);
  return (found === undefined ? undefined : printConcept(ReadMember.parse(found).code)) ?? printReference(member, context) ?? 'niet genoemd';
}

/** The specimen is read apart; one that cannot be read is named. */
function specimenValue(reference: Reference | undefined, context: EntryContext): RecordValue {
  if (reference === undefined) return { label: 'Materiaal', value: undefined };
  const found = findReferred(reference, context);
  if (found === undefined) return { label: 'Materiaal', value: `${printReference(reference, context) ?? 'niet genoemd'} (kan niet worden gelezen)` };
  const { type, collection, receivedTime } = ReadSpecimen.parse(found);
  const at = collection?.collectedDateTime ?? collection?.collectedPeriod?.start ?? receivedTime;
  const parts = [printConcept(type), printConcepts(collection?.bodySite === undefined ? [] : [collection.bodySite]), at === undefined ? undefined : `afgenomen ${printDutchTime(at)}`];
  return { label: 'Materiaal', value: parts.filter((part) => part !== undefined).join(', '), warnings: type === undefined ? [] : conceptWarnings([type]) };
}
