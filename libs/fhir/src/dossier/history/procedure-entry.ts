import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printBodySites } from '../elements/print-body-site.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { printReference, printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime, printPeriod } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { codedValue, type RecordContent, recordEntry } from '../elements/record-entry.js';

/** What the two zibs that are a Procedure read of it. */
export const ReadProcedure = z.looseObject({
  status: readable.text,
  statusReason: readable.concept,
  code: readable.concept,
  performedDateTime: readable.text,
  performedPeriod: readable.period,
  performedString: readable.text,
  recorder: readable.reference,
  performer: readable.actors,
  location: readable.reference,
  reasonCode: readable.concepts,
  reasonReference: readable.references,
  bodySite: readable.concepts,
  outcome: readable.concept,
  extension: readable.extensions,
  note: readable.notes,
});
export type ReadProcedure = z.infer<typeof ReadProcedure>;

const statuses: StatusWords = {
  preparation: { label: 'in voorbereiding', warning: 'Nog niet uitgevoerd.' },
  'in-progress': { label: 'lopend' },
  'not-done': { label: 'niet uitgevoerd', warning: 'Niet uitgevoerd.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  stopped: { label: 'voortijdig gestopt', warning: 'Voortijdig gestopt.' },
  completed: { label: 'uitgevoerd' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What was done, as a line of the dossier (zib Verrichting). */
export function procedureEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  return procedureLine(resource, ReadProcedure.parse(resource), context, { unnamed: 'Verrichting niet genoemd', more: [] });
}

interface ProcedureWords {
  readonly unnamed: string;
  readonly more: RecordContent['values'];
}

/** A Procedure as a line; the freedom-restricting intervention says more. */
export function procedureLine(resource: FhirResource, read: ReadProcedure, context: EntryContext, { unnamed, more }: ProcedureWords): DossierEntry {
  const name = printConcept(read.code);
  return recordEntry(resource, context, {
    label: name ?? unnamed,
    values: [
      ...more,
      { label: 'Plaats', ...printBodySites(read.bodySite) },
      { label: 'Periode', value: printPeriod(read.performedPeriod) },
      { label: 'Locatie', value: printReference(read.location, context) },
      codedValue('Reden', read.reasonCode),
      { label: 'Reden', value: printReferences(read.reasonReference, context) },
      codedValue('Uitkomst', read.outcome),
      codedValue('Reden van status', read.statusReason),
    ],
    note: joinNotes(read.note),
    at: read.performedDateTime ?? read.performedPeriod?.start ?? read.performedString,
    author: printReferences(read.performer, context) ?? printReference(read.recorder, context),
    status: printStatus(read.status, statuses),
    warnings: name === undefined ? ['De bron noemt de verrichting niet.'] : conceptWarnings(read.code === undefined ? [] : [read.code]),
  });
}

const ReadServiceRequest = z.looseObject({
  status: readable.text,
  intent: readable.text,
  doNotPerform: readable.flag,
  code: readable.concept,
  occurrenceDateTime: readable.text,
  occurrencePeriod: readable.period,
  authoredOn: readable.text,
  requester: readable.reference,
  performer: readable.references,
  reasonCode: readable.concepts,
  reasonReference: readable.references,
  bodySite: readable.concepts,
  patientInstruction: readable.text,
  note: readable.notes,
});

const requestStatuses: StatusWords = {
  draft: { label: 'concept', warning: 'Concept, nog niet aangevraagd.' },
  active: { label: 'gepland' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  revoked: { label: 'ingetrokken', warning: 'Ingetrokken.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What is planned to be done, as a line of the dossier (zib Verrichting, aanvraag). */
export function plannedProcedureEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadServiceRequest.parse(resource);
  const name = printConcept(read.code);
  return recordEntry(resource, context, {
    label: name ?? 'Verrichting niet genoemd',
    values: [
      { label: 'Gepland op', value: read.occurrenceDateTime === undefined ? printPeriod(read.occurrencePeriod) : printDutchTime(read.occurrenceDateTime) },
      { label: 'Plaats', ...printBodySites(read.bodySite) },
      { label: 'Uitvoerder', value: printReferences(read.performer, context) },
      codedValue('Reden', read.reasonCode),
      { label: 'Reden', value: printReferences(read.reasonReference, context) },
      { label: 'Instructie', value: read.patientInstruction },
    ],
    note: joinNotes(read.note),
    at: read.authoredOn ?? read.occurrenceDateTime ?? read.occurrencePeriod?.start,
    author: printReference(read.requester, context),
    status: printStatus(read.status, requestStatuses),
    warnings: [
      ...(name === undefined ? ['De bron noemt de verrichting niet.'] : conceptWarnings(read.code === undefined ? [] : [read.code])),
      ...(read.doNotPerform === true ? ['Deze verrichting mag niet worden uitgevoerd.'] : []),
    ],
  });
}
