import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { observationEntry, ReadObservation } from '../elements/observation-entry.js';
import { readable } from '../elements/readable.js';

const ReadReport = ReadObservation.extend({ valueString: readable.text });

/** A report as a line of the dossier: its text as it was written. */
export function nursingReportEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadReport.parse(resource);
  return observationEntry(resource, read, context, {
    label: 'Rapportage',
    values: [],
    text: read.valueString ?? '',
    warnings: read.valueString === undefined ? ['De tekst ontbreekt bij de bron.'] : [],
  });
}
