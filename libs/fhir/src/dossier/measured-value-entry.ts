import type { FhirResource } from '../fhir-resource.js';
import { type DossierEntry, observationEntry, printQuantity, ReadComponent, ReadObservation } from './observation-entry.js';

const ReadMeasurement = ReadObservation.extend({ valueQuantity: ReadComponent.shape.valueQuantity });

/**
 * How a measurement of one value becomes a line of the dossier. @param units UCUM codes that the zib allows, the usual
 * one first; another unit is shown with a warning.
 */
export function measuredValueEntry(label: string, units: readonly [usual: string, ...others: string[]]): (resource: FhirResource, source: string) => DossierEntry {
  return (resource, source) => {
    const read = ReadMeasurement.parse(resource);
    const expected = units.find((unit) => unit === read.valueQuantity?.code) ?? units[0];
    const { warnings, ...shown } = printQuantity(read.valueQuantity, expected);
    return observationEntry(resource, read, source, { label, values: [{ label, ...shown }], warnings });
  };
}
