import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierEntry } from './observation-entry.js';
import { type Concept, extensionOf, findReferred, hasCode, printConcept, printConcepts, printPeriod, printReference, readable, type Reference } from './record-elements.js';
import { ENTERED_IN_ERROR, printStatus, recordEntry, type StatusWords } from './record-entry.js';

const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';
const COMMENT = 'http://nictiz.nl/fhir/StructureDefinition/ext-Comment';

const ReadFlag = z.looseObject({
  status: readable.text,
  category: readable.concepts,
  code: readable.concept,
  period: readable.period,
  author: readable.reference,
  extension: readable.extensions,
});

const ReadCondition = z.looseObject({ code: readable.concept });

const statuses: StatusWords = {
  active: { label: 'actief' },
  inactive: { label: 'niet meer actief', warning: 'Niet meer actief.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

const categories = { 'http://loinc.org|75323-6': 'Aandoening', 'http://loinc.org|74018-3': 'Alert' };

/** An alert as a line of the dossier: its own name, or that of the condition which it points at (zib Alert). */
export function alertEntry(resource: FhirResource, source: string, related: readonly FhirResource[]): DossierEntry {
  const read = ReadFlag.parse(resource);
  const name = ownName(read.code) ?? conditionName(extensionOf(read.extension, DETAIL)?.valueReference, related);
  return recordEntry(resource, source, {
    label: name ?? 'Alert zonder naam',
    values: [
      { label: 'Soort', value: printConcepts(read.category, categories) },
      { label: 'Geldig', value: printPeriod(read.period) },
    ],
    note: extensionOf(read.extension, COMMENT)?.valueString,
    at: read.period?.start,
    author: printReference(read.author),
    status: printStatus(read.status, statuses),
    warnings: name === undefined ? ['De bron noemt niet waarvoor deze alert waarschuwt.'] : [],
  });
}

/** `not-applicable` in place of a name says: look at the condition (zib-Alert-2). */
function ownName(code: Concept | undefined): string | undefined {
  if (code === undefined || (code.text === undefined && hasCode(code, 'http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-applicable'))) return undefined;
  return printConcept(code);
}

function conditionName(reference: Reference | undefined, related: readonly FhirResource[]): string | undefined {
  const condition = findReferred(reference, related);
  const name = condition === undefined ? undefined : printConcept(ReadCondition.parse(condition).code);
  return name ?? printReference(reference);
}
