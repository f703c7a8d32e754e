import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierEntry } from './observation-entry.js';
import { printDutchTime } from './observation-entry.js';
import { printConcept, printConcepts, printReference, readable } from './record-elements.js';
import { ENTERED_IN_ERROR, printCodedStatus, type PrintedStatus, recordEntry, type StatusWords } from './record-entry.js';

const { text } = readable;

const Reaction = z.looseObject({ manifestation: readable.concepts, description: text, severity: text, substance: readable.concept });

const ReadAllergyIntolerance = z.looseObject({
  clinicalStatus: readable.concept,
  verificationStatus: readable.concept,
  category: z.array(text).catch([]),
  criticality: text,
  code: readable.concept,
  onsetDateTime: text,
  recordedDate: text,
  lastOccurrence: text,
  recorder: readable.reference,
  asserter: readable.reference,
  reaction: z.array(Reaction.catch({ manifestation: [] })).catch([]),
  note: readable.notes,
});

const clinicalStatuses: StatusWords = {
  active: { label: 'actief' },
  inactive: { label: 'niet meer actief', warning: 'Niet meer actief.' },
  resolved: { label: 'over', warning: 'Volgens de bron is deze overgevoeligheid over.' },
};

const verificationStatuses: StatusWords = {
  confirmed: { label: 'bevestigd' },
  unconfirmed: { label: 'niet bevestigd', warning: 'Niet bevestigd.' },
  refuted: { label: 'weerlegd', warning: 'Weerlegd: volgens de bron is de cliënt hier niet overgevoelig voor.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

const categories: Readonly<Record<string, string>> = { food: 'voeding', medication: 'medicatie', environment: 'omgeving', biologic: 'biologische stof' };
const criticalities: Readonly<Record<string, string>> = { low: 'niet ernstig', high: 'ernstig', 'unable-to-assess': 'niet te beoordelen' };
const severities: Readonly<Record<string, string>> = { mild: 'licht', moderate: 'matig', severe: 'ernstig' };

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';

/** An allergy or intolerance as a line of the dossier; the verification status always stands in it. */
export function allergyIntoleranceEntry(resource: FhirResource, source: string): DossierEntry {
  const read = ReadAllergyIntolerance.parse(resource);
  const substance = printConcept(read.code);
  const verification = verificationOf(read);
  return recordEntry(resource, source, {
    label: substance ?? 'Overgevoeligheid zonder naam',
    values: [
      { label: 'Soort', value: read.category.flatMap((each) => (each === undefined ? [] : [categories[each] ?? each])).join(', ') },
      { label: 'Gevaar', value: read.criticality && (criticalities[read.criticality] ?? read.criticality) },
      { label: 'Verificatiestatus', value: verification.label },
      ...read.reaction.map((reaction) => ({ label: 'Reactie', value: printReaction(reaction) })),
      { label: 'Laatste reactie', value: read.lastOccurrence && printDutchTime(read.lastOccurrence) },
    ],
    note: read.note.flatMap((note) => note.text ?? []).join('\n'),
    at: read.onsetDateTime ?? read.recordedDate,
    author: printReference(read.recorder) ?? printReference(read.asserter),
    status: statusOf(read, verification),
    warnings: [...verification.warnings, ...(substance === undefined ? ['De bron noemt niet waarvoor de cliënt overgevoelig is.'] : [])],
  });
}

/** FHIR lets a source leave it out; the nurse is told. */
function verificationOf({ verificationStatus }: z.infer<typeof ReadAllergyIntolerance>): PrintedStatus {
  return verificationStatus === undefined ? { label: 'niet vermeld', warnings: ['De bron vermeldt geen verificatiestatus.'] } : printCodedStatus(verificationStatus, VERIFICATION, verificationStatuses);
}

/** What was entered in error has no clinical status (ait-2). */
function statusOf({ clinicalStatus }: z.infer<typeof ReadAllergyIntolerance>, verification: PrintedStatus): PrintedStatus {
  if (clinicalStatus === undefined && verification.label === ENTERED_IN_ERROR.label) return verification;
  return printCodedStatus(clinicalStatus, 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', clinicalStatuses);
}

/** `urticaria (ernstig): na een tablet`. */
function printReaction({ manifestation, description, severity, substance }: z.infer<typeof Reaction>): string {
  const what = [printConcepts(manifestation), severity === undefined ? undefined : `(${severities[severity] ?? severity})`].filter((part) => part !== undefined).join(' ');
  const cause = printConcept(substance);
  return [what, cause === undefined ? undefined : `door ${cause}`, description].filter((part) => part !== undefined && part !== '').join('; ');
}
