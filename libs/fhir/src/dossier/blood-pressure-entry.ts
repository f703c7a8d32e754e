import type { FhirResource } from '../fhir-resource.js';
import { LOINC } from '../r4/code-systems.js';
import { type DossierEntry, type DossierValue, observationEntry, printQuantity, ReadObservation } from './observation-entry.js';

const pressures = [
  { code: '8480-6', label: 'Bovendruk' },
  { code: '8462-4', label: 'Onderdruk' },
] as const;

/** A blood pressure as a line of the dossier. */
export function bloodPressureEntry(resource: FhirResource, source: string): DossierEntry {
  const read = ReadObservation.parse(resource);
  const shown = pressures.map((pressure) => readPressure(read, pressure));
  return observationEntry(resource, read, source, {
    label: 'Bloeddruk',
    values: shown.map(({ warnings: _warnings, ...value }) => value),
    warnings: [...new Set(shown.flatMap(({ warnings }) => warnings))],
  });
}

function readPressure({ component }: ReadObservation, { code, label }: (typeof pressures)[number]): DossierValue & { readonly warnings: readonly string[] } {
  const found = component.find((each) => each.code?.coding.some((coding) => coding.system === LOINC && coding.code === code));
  return { label, ...printQuantity(found?.valueQuantity, 'mm[Hg]') };
}
