import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { extensionOf } from '../elements/readable.js';
import { codedValue, type RecordValue } from '../elements/record-entry.js';
import { procedureLine, ReadProcedure } from './procedure-entry.js';

const EXTENSION = 'http://nictiz.nl/fhir/StructureDefinition/ext-FreedomRestrictingIntervention';

/** A restriction of freedom as a line of the dossier: whether the client can decide and agrees stands first (zib VrijheidsbeperkendeInterventie). */
export function freedomRestrictionEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadProcedure.parse(resource);
  const more = [...legalCapacity(read), codedValue('Instemming', extensionOf(read.extension, `${EXTENSION}.Assent`)?.valueCodeableConcept)];
  return procedureLine(resource, read, context, { unnamed: 'Interventie niet genoemd', more });
}

function legalCapacity({ extension }: ReadProcedure): readonly RecordValue[] {
  const parts = extensionOf(extension, `${EXTENSION}.LegallyCapable`)?.extension ?? [];
  const capable = parts.find(({ url }) => url === 'legallyCapable')?.valueBoolean;
  return [
    { label: 'Wilsbekwaam', value: capable === undefined ? undefined : capable ? 'ja' : 'nee' },
    { label: 'Toelichting wilsbekwaamheid', value: parts.find(({ url }) => url === 'legallyCapableComment')?.valueString },
  ];
}
