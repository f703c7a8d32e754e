import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printConcept } from '../elements/print-concept.js';
import { findReferred } from '../elements/print-party.js';
import { type Concept, extensionOf, hasCode, readable, type Reference } from '../elements/readable.js';
import { codedValue } from '../elements/record-entry.js';
import { flagEntry, ReadFlag } from './flag-entry.js';

const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

const ReadCondition = z.looseObject({ code: readable.concept });

const categories = { 'http://loinc.org|75323-6': 'Aandoening', 'http://loinc.org|74018-3': 'Alert' };

/** An alert as a line of the dossier: its own name, or that of the condition which it points at (zib Alert). */
export function alertEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadFlag.parse(resource);
  const name = ownName(read.code) ?? conditionName(extensionOf(read.extension, DETAIL)?.valueReference, context);
  return flagEntry(resource, read, context, {
    label: name ?? 'Alert zonder naam',
    values: [codedValue('Soort', read.category, categories)],
    warnings: name === undefined ? ['De bron noemt niet waarvoor deze alert waarschuwt. Kijk bij de aandoeningen in de voorgeschiedenis.'] : [],
  });
}

/** `not-applicable` in place of a name says: look at the condition (zib-Alert-2). */
function ownName(code: Concept | undefined): string | undefined {
  if (code === undefined || (code.text === undefined && hasCode(code, 'http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-applicable'))) return undefined;
  return printConcept(code);
}

function conditionName(reference: Reference | undefined, context: EntryContext): string | undefined {
  const condition = findReferred(reference, context);
  const name = condition === undefined ? undefined : printConcept(ReadCondition.parse(condition).code);
  return name ?? reference?.display;
}
