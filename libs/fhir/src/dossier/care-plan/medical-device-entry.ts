import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { findReferred, printReference, printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';

const ReadUse = z.looseObject({
  status: readable.text,
  device: readable.reference,
  recordedOn: readable.text,
  timingDateTime: readable.text,
  timingPeriod: readable.period,
  source: readable.reference,
  bodySite: readable.concept,
  reasonCode: readable.concepts,
  reasonReference: readable.references,
  note: readable.notes,
});

const ReadDevice = z.looseObject({
  type: readable.concept,
  status: readable.text,
  serialNumber: readable.text,
  identifier: z.array(z.looseObject({ value: readable.text }).catch({})).catch([]),
  note: readable.notes,
});

const statuses: StatusWords = {
  active: { label: 'in gebruik' },
  completed: { label: 'niet meer in gebruik', warning: 'Niet meer in gebruik.' },
  intended: { label: 'voorgenomen', warning: 'Nog niet in gebruik.' },
  stopped: { label: 'gestopt', warning: 'Niet meer in gebruik.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** A device that the client uses, as a line of the dossier; what it is stands in the product that came along (zib MedischHulpmiddel). */
export function medicalDeviceEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadUse.parse(resource);
  const found = findReferred(read.device, context);
  const device = found === undefined ? undefined : ReadDevice.parse(found);
  const name = printConcept(device?.type) ?? printReference(read.device, context);
  return recordEntry(resource, context, {
    label: name ?? 'Hulpmiddel niet genoemd',
    values: [
      { label: 'Product', value: device === undefined ? undefined : joinNotes(device.note) },
      { label: 'Productnummer', value: device?.identifier.map(({ value }) => value).find((value) => value !== undefined) ?? device?.serialNumber },
      { label: 'In gebruik', value: printPeriod(read.timingPeriod) },
      codedValue('Plaats', read.bodySite),
      codedValue('Reden', read.reasonCode),
      { label: 'Reden', value: printReferences(read.reasonReference, context) },
    ],
    note: joinNotes(read.note),
    at: read.timingPeriod?.start ?? read.timingDateTime ?? read.recordedOn,
    author: printReference(read.source, context),
    status: printStatus(read.status, statuses),
    warnings: [
      ...(name === undefined ? ['De bron noemt het hulpmiddel niet.'] : conceptWarnings(device?.type === undefined ? [] : [device.type])),
      ...(device?.status === 'entered-in-error' ? ['Het product is foutief ingevoerd.'] : []),
      ...(read.status === 'active' && isOver(read.timingPeriod, context.now) ? ['De gebruiksperiode is voorbij.'] : []),
    ],
  });
}
