import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { extensionOf } from '../elements/readable.js';
import { flagEntry, ReadFlag } from './flag-entry.js';

const REASON_CLOSURE = 'http://nictiz.nl/fhir/StructureDefinition/ext-MedicationContraIndication.ReasonClosure';

/** A contra-indication as a line of the dossier (zib MedicatieContraIndicatie). */
export function medicationContraIndicationEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadFlag.parse(resource);
  const name = printConcept(read.code);
  return flagEntry(resource, read, context, {
    label: name ?? 'Contra-indicatie zonder naam',
    values: [{ label: 'Reden van afsluiten', value: extensionOf(read.extension, REASON_CLOSURE)?.valueString }],
    warnings: name === undefined ? ['De bron noemt de contra-indicatie niet.'] : conceptWarnings(read.code === undefined ? [] : [read.code]),
  });
}
