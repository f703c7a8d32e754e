import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printConcept } from '../elements/print-concept.js';
import { printReference, printReferences } from '../elements/print-party.js';
import { printStatus } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { joinNotes } from '../elements/readable.js';
import { recordEntry } from '../elements/record-entry.js';
import { activityStatuses, carePlanStatuses, ReadCarePlan } from './care-plan-elements.js';

/** What was agreed with the client, as a line of the dossier: no published profile, mapped by spec anw-fhir-profiles §4 (zib ZorgAfspraak). */
export function careAgreementEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadCarePlan.parse(resource);
  const details = read.activity.flatMap(({ detail }) => detail ?? []);
  const agreed = details.flatMap(({ code, description }) => [printConcept(code) ?? [], description ?? []].flat());
  const text = agreed.join('\n') || read.description;
  return recordEntry(resource, context, {
    label: read.title ?? 'Zorgafspraak',
    text: text ?? '',
    values: [
      { label: 'Partijen', value: printReferences(read.contributor, context) },
      { label: 'Uitvoerder', value: printReferences(details.flatMap(({ performer }) => performer), context) },
      { label: 'Reden', value: printReferences(read.addresses, context) },
      { label: 'Geldig', value: printPeriod(read.period) },
    ],
    note: joinNotes(read.note),
    at: read.created ?? read.period?.start,
    author: printReference(read.author, context),
    status: printStatus(read.status, carePlanStatuses),
    warnings: [
      ...(text === undefined ? ['De tekst van de afspraak ontbreekt bij de bron.'] : []),
      ...details.flatMap(({ status }) => printStatus(status, activityStatuses).warnings),
      ...(details.some(({ doNotPerform }) => doNotPerform === true) ? ['Deze afspraak is een verbod: niet uitvoeren.'] : []),
      ...(read.status === 'active' && isOver(read.period, context.now) ? ['De geldigheid is voorbij.'] : []),
    ],
  });
}
