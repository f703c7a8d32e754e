import type { FhirResource } from '../fhir-resource.js';
import { type DossierEntry, observationEntry, ReadObservation } from './observation-entry.js';

/** A report as a line of the dossier: its text as it was written. */
export function nursingReportEntry(resource: FhirResource, source: string): DossierEntry {
  const read = ReadObservation.parse(resource);
  return observationEntry(resource, read, source, {
    label: 'Rapportage',
    values: [],
    text: read.valueString ?? '',
    warnings: read.valueString === undefined ? ['De tekst ontbreekt bij de bron.'] : [],
  });
}
