import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import { consentParties, ConsentProvision, consentStatuses } from './consent-elements.js';
import type { DossierEntry } from './observation-entry.js';
import { extensionOf, printConcepts, printPeriod, printReference, readable } from './record-elements.js';
import { printStatus, recordEntry } from './record-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

const ReadConsent = z.looseObject({
  status: readable.text,
  dateTime: readable.text,
  extension: readable.extensions,
  sourceReference: readable.reference,
  sourceAttachment: z.looseObject({ title: readable.text, contentType: readable.text }).optional().catch(undefined),
  provision: ConsentProvision,
});

/** An advance directive as a line of the dossier: what it is, who speaks for the client, where the document is. */
export function advanceDirectiveEntry(resource: FhirResource, source: string, related: readonly FhirResource[]): DossierEntry {
  const read = ReadConsent.parse(resource);
  const kind = printConcepts(read.provision.code);
  const representative = consentParties(read.provision, 'RESPRSN', related);
  return recordEntry(resource, source, {
    label: kind ?? 'Wilsverklaring van onbekende soort',
    values: [
      { label: 'Vertegenwoordiger', value: representative },
      { label: 'Aandoening', value: printReference(extensionOf(read.extension, `${NICTIZ}/ext-AdvanceDirective.Disorder`)?.valueReference) },
      { label: 'Geldig', value: printPeriod(read.provision.period) },
      { label: 'Document', value: printDocument(read) },
    ],
    note: extensionOf(read.extension, `${NICTIZ}/ext-Comment`)?.valueString,
    at: read.dateTime,
    status: printStatus(read.status, consentStatuses),
    warnings: kind === undefined ? ['De bron noemt niet welke soort wilsverklaring dit is.'] : [],
  });
}

/** The document itself stays at the source. */
function printDocument({ sourceAttachment, sourceReference }: z.infer<typeof ReadConsent>): string | undefined {
  if (sourceAttachment !== undefined) return sourceAttachment.title ?? `aanwezig bij de bron${sourceAttachment.contentType === undefined ? '' : ` (${sourceAttachment.contentType})`}`;
  return printReference(sourceReference);
}
