import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printReferences } from './print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from './print-status.js';
import { printPeriod } from './print-time.js';
import { joinNotes, readable } from './readable.js';
import { type RecordContent, recordEntry } from './record-entry.js';

const Component = z.looseObject({ code: readable.concept });
export type ReadComponent = z.infer<typeof Component>;

/** What every Observation and DiagnosticReport has in common. */
export const ReadObservation = z.looseObject({
  status: readable.text,
  code: readable.concept,
  category: readable.concepts,
  effectiveDateTime: readable.text,
  effectiveInstant: readable.text,
  effectivePeriod: readable.period,
  issued: readable.text,
  performer: readable.references,
  note: readable.notes,
  bodySite: readable.concept,
  method: readable.concept,
  interpretation: readable.concepts,
  hasMember: readable.references,
  component: z.array(Component.catch({})).catch([]),
  extension: readable.extensions,
});
export type ReadObservation = z.infer<typeof ReadObservation>;

export const observationStatuses: StatusWords = {
  final: { label: 'definitief' },
  amended: { label: 'aangevuld', warning: 'Later aangevuld.' },
  corrected: { label: 'gecorrigeerd', warning: 'Later gecorrigeerd.' },
  appended: { label: 'aangevuld', warning: 'Later aangevuld.' },
  preliminary: { label: 'voorlopig', warning: 'Voorlopig, nog niet bevestigd.' },
  partial: { label: 'gedeeltelijk', warning: 'Nog niet volledig.' },
  registered: { label: 'geregistreerd', warning: 'Nog geen uitslag.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd; niet gebruiken.' },
  'entered-in-error': ENTERED_IN_ERROR,
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
};

type ObservationContent = Pick<RecordContent, 'label' | 'values' | 'text' | 'warnings' | 'knownModifiers'>;

/** An Observation as a line: its time, author, status and remarks around the content of its zib. */
export function observationEntry(resource: FhirResource, read: ReadObservation, context: EntryContext, content: ObservationContent): DossierEntry {
  const { effectivePeriod } = read;
  return recordEntry(resource, context, {
    ...content,
    values: [...content.values, { label: 'Periode', value: effectivePeriod?.end === undefined ? undefined : printPeriod(effectivePeriod) }],
    note: joinNotes(read.note),
    at: read.effectiveDateTime ?? read.effectiveInstant ?? effectivePeriod?.start ?? effectivePeriod?.end ?? read.issued,
    author: printReferences(read.performer, context),
    status: printStatus(read.status, observationStatuses),
  });
}
