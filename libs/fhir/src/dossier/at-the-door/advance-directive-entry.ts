import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { consentParties, ConsentProvision, consentStatuses } from './consent-elements.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcepts } from '../elements/print-concept.js';
import { printReference } from '../elements/print-party.js';
import { printStatus } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { extensionOf, readable } from '../elements/readable.js';
import { recordEntry } from '../elements/record-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

const ReadConsent = z.looseObject({
  status: readable.text,
  dateTime: readable.text,
  extension: readable.extensions,
  sourceReference: readable.reference,
  sourceAttachment: z.looseObject({ title: readable.text, contentType: readable.text }).optional().catch(undefined),
  provision: ConsentProvision,
});

const TYPES = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.14.1';

/** WilsverklaringTypeCodelijst, for a source that sends the bare code (spec anw-fhir-profiles §3.4). */
const kinds = {
  [`${TYPES}|NR`]: 'Niet reanimeren verklaring',
  [`${TYPES}|VOL`]: 'Volmacht',
  [`${TYPES}|VERB`]: 'Behandelverbod',
  [`${TYPES}|VERBVL`]: 'Behandelverbod met aanvulling voltooid leven',
  [`${TYPES}|MON`]: 'Mondelinge afspraak',
  [`${TYPES}|EU`]: 'Euthanasieverzoek',
  [`${TYPES}|EUD`]: 'Euthanasieverzoek met aanvulling dementie',
  [`${TYPES}|LW`]: 'Levenswensverklaring',
  [`${TYPES}|DO`]: 'Donorverklaring',
  [`${TYPES}|ZB`]: 'Zelfbindingsverklaring',
};

/** An advance directive as a line of the dossier: what it is, who speaks for the client, where the document is. */
export function advanceDirectiveEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadConsent.parse(resource);
  const kind = printConcepts(read.provision.code, kinds);
  const representative = consentParties(read.provision, 'RESPRSN', context);
  return recordEntry(resource, context, {
    label: kind ?? 'Wilsverklaring van onbekende soort',
    values: [
      { label: 'Vertegenwoordiger', value: representative },
      { label: 'Aandoening', value: printReference(extensionOf(read.extension, `${NICTIZ}/ext-AdvanceDirective.Disorder`)?.valueReference, context) },
      { label: 'Geldig', value: printPeriod(read.provision.period) },
      { label: 'Document', value: printDocument(read, context) },
    ],
    note: extensionOf(read.extension, `${NICTIZ}/ext-Comment`)?.valueString,
    at: read.dateTime,
    status: printStatus(read.status, consentStatuses),
    warnings: [
      ...(kind === undefined ? ['De bron noemt niet welke soort wilsverklaring dit is.'] : conceptWarnings(read.provision.code, kinds)),
      ...(read.status === 'active' && isOver(read.provision.period, context.now) ? ['De geldigheid is voorbij.'] : []),
    ],
  });
}

/** The document itself stays at the source. */
function printDocument({ sourceAttachment, sourceReference }: z.infer<typeof ReadConsent>, context: EntryContext): string | undefined {
  if (sourceAttachment !== undefined) return sourceAttachment.title ?? `aanwezig bij de bron${sourceAttachment.contentType === undefined ? '' : ` (${sourceAttachment.contentType})`}`;
  return printReference(sourceReference, context);
}
