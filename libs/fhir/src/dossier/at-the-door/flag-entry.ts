import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { extensionOf, readable } from '../elements/readable.js';
import { type RecordContent, recordEntry } from '../elements/record-entry.js';

const COMMENT = 'http://nictiz.nl/fhir/StructureDefinition/ext-Comment';

/** What the two zibs that are a Flag have in common. */
export const ReadFlag = z.looseObject({
  status: readable.text,
  category: readable.concepts,
  code: readable.concept,
  period: readable.period,
  author: readable.reference,
  extension: readable.extensions,
});
export type ReadFlag = z.infer<typeof ReadFlag>;

const statuses: StatusWords = {
  active: { label: 'actief' },
  inactive: { label: 'niet meer actief', warning: 'Niet meer actief.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** A Flag as a line: period, remark, author and status around the content of its zib. */
export function flagEntry(resource: FhirResource, read: ReadFlag, context: EntryContext, content: Pick<RecordContent, 'label' | 'values' | 'warnings'>): DossierEntry {
  return recordEntry(resource, context, {
    label: content.label,
    values: [...content.values, { label: 'Geldig', value: printPeriod(read.period) }],
    note: extensionOf(read.extension, COMMENT)?.valueString,
    at: read.period?.start,
    author: printReference(read.author, context),
    status: printStatus(read.status, statuses),
    warnings: [...content.warnings, ...(read.status === 'active' && isOver(read.period, context.now) ? ['De geldigheid is voorbij.'] : [])],
  });
}
