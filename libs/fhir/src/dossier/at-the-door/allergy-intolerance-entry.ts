import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept, printConcepts } from '../elements/print-concept.js';
import { printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printCodedStatus, type PrintedStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { recordEntry, type RecordValue } from '../elements/record-entry.js';

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
export function allergyIntoleranceEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadAllergyIntolerance.parse(resource);
  const substance = printConcept(read.code);
  const verification = verificationOf(read);
  return recordEntry(resource, context, {
    label: substance ?? 'Overgevoeligheid zonder naam',
    values: [
      codeValue('Soort', read.category, categories),
      codeValue('Gevaar', [read.criticality], criticalities),
      { label: 'Verificatiestatus', value: verification.label },
      ...read.reaction.map((reaction) => ({ label: 'Reactie', value: printReaction(reaction) })),
      { label: 'Laatste reactie', value: read.lastOccurrence && printDutchTime(read.lastOccurrence) },
    ],
    note: joinNotes(read.note),
    at: read.onsetDateTime ?? read.recordedDate,
    author: printReference(read.recorder, context) ?? printReference(read.asserter, context),
    status: statusOf(read, verification),
    warnings: [...verification.warnings, ...(substance === undefined ? ['De bron noemt niet waarvoor de cliënt overgevoelig is.'] : conceptWarnings(read.code === undefined ? [] : [read.code]))],
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

/** Bare FHIR codes in words; one that we do not know stands as it is, with a warning. */
function codeValue(label: string, codes: readonly (string | undefined)[], words: Readonly<Record<string, string>>): RecordValue {
  const given = codes.filter((code) => code !== undefined);
  const unknown = given.filter((code) => !Object.hasOwn(words, code));
  return { label, value: given.map((code) => (Object.hasOwn(words, code) ? words[code] : code)).join(', '), warnings: unknown.map((code) => `Onbekende code: ${code}.`) };
}
