import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { observationEntry, ReadObservation } from '../elements/observation-entry.js';
import { observedValue } from '../elements/observed-value.js';
import { printConcept } from '../elements/print-concept.js';
import { findReferred, printReference } from '../elements/print-party.js';
import { readable, type Reference } from '../elements/readable.js';
import type { RecordValue } from '../elements/record-entry.js';

const ReadReport = ReadObservation.extend({ conclusion: readable.text, result: readable.references });
const ReadResult = z.looseObject({ code: readable.concept });

/** What came of the care, as a line of the dossier: no published profile, mapped by spec anw-fhir-profiles §4 (zib UitkomstVanZorg). */
export function outcomeOfCareEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadReport.parse(resource);
  return observationEntry(resource, read, context, {
    label: 'Uitkomst van zorg',
    values: read.result.map((result) => resultValue(result, context)),
    text: read.conclusion ?? '',
    warnings: read.conclusion === undefined && read.result.length === 0 ? ['De bron vermeldt geen uitkomst.'] : [],
  });
}

/** The status that it rests on may not have come along; it is named all the same. */
function resultValue(result: Reference, context: EntryContext): RecordValue {
  const found = findReferred(result, context);
  if (found === undefined) return { label: 'Gebaseerd op', value: printReference(result, context) };
  return observedValue(found, { label: printConcept(ReadResult.parse(found).code) ?? 'Gebaseerd op' });
}
