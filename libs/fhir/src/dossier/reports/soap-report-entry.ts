import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { SNOMED_CT } from '../../r4/code-systems.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { modifierWarnings } from '../elements/modifier-warnings.js';
import { observationStatuses } from '../elements/observation-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { findReferred, printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { extensionOf, readable, type Reference } from '../elements/readable.js';
import { recordEntry, type RecordValue } from '../elements/record-entry.js';

const LINE_CODE = 'http://nictiz.nl/fhir/StructureDefinition/ext-SOAPReport.SOAPLineCode';

const Section = z.looseObject({ title: readable.text, code: readable.concept, entry: readable.references });

const ReadComposition = z.looseObject({
  status: readable.text,
  date: readable.text,
  title: readable.text,
  author: readable.references,
  section: z.array(Section.catch({ entry: [] })).catch([]),
});

const ReadLine = z.looseObject({ status: readable.text, valueString: readable.text, extension: readable.extensions });

const statuses: StatusWords = {
  final: { label: 'definitief' },
  amended: { label: 'aangevuld', warning: 'Later aangevuld.' },
  preliminary: { label: 'voorlopig', warning: 'Voorlopig, nog niet bevestigd.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** SOEP-regel (spec anw-fhir-profiles §5). */
const lineNames = {
  [`${SNOMED_CT}|255362007`]: 'Subjectief',
  [`${SNOMED_CT}|260224007`]: 'Objectief',
  [`${SNOMED_CT}|129265001`]: 'Evaluatie',
  [`${SNOMED_CT}|129271007`]: 'Plan',
};

/** A SOAP report as a line of the dossier: its four lines under their Dutch names, in the source's order (zib SOEPVerslag). */
export function soapReportEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadComposition.parse(resource);
  return recordEntry(resource, context, {
    label: read.title ?? 'SOEP-verslag',
    values: read.section.flatMap((section) => linesOf(section, context)),
    at: read.date,
    author: printReferences(read.author, context),
    status: printStatus(read.status, statuses),
    warnings: read.section.length === 0 ? ['Dit verslag heeft geen regels.'] : [],
  });
}

/** A section whose lines are not named is shown as such. */
function linesOf({ title, code, entry }: z.infer<typeof Section>, context: EntryContext): readonly RecordValue[] {
  const label = printConcept(code, lineNames) ?? title ?? 'Regel';
  const warnings = code === undefined ? [] : conceptWarnings([code], lineNames);
  if (entry.length === 0) return [{ label, value: 'geen tekst', warnings: [...warnings, 'Een regel van dit verslag heeft geen tekst.'] }];
  return entry.map((line) => {
    const read = readLine(line, context);
    return { label, value: read.value, warnings: [...warnings, ...read.warnings] };
  });
}

/** The line itself is an Observation, read apart; one that cannot be read says so. */
function readLine(line: Reference, context: EntryContext): { readonly value: string; readonly warnings: readonly string[] } {
  const resource = findReferred(line, context);
  if (resource === undefined) return { value: 'kan niet worden gelezen', warnings: ['Een regel van dit verslag kan niet worden gelezen.'] };
  const { status, valueString, extension } = ReadLine.parse(resource);
  const icpc = printConcept(extensionOf(extension, LINE_CODE)?.valueCodeableConcept);
  const warnings = [...printStatus(status, observationStatuses).warnings, ...modifierWarnings(resource)];
  if (valueString === undefined) return { value: 'geen tekst', warnings: [...warnings, 'Een regel van dit verslag heeft geen tekst.'] };
  return { value: icpc === undefined ? valueString : `${valueString} (ICPC: ${icpc})`, warnings };
}
