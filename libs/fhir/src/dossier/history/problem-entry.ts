import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { CONDITION_CLINICAL, SNOMED_CT } from '../../r4/code-systems.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printCodedStatus, type PrintedStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime } from '../elements/print-time.js';
import { extensionOf, joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
const FURTHER_NAME = 'http://nictiz.nl/fhir/StructureDefinition/ext-Problem.FurtherSpecificationProblemName';

const ReadCondition = z.looseObject({
  clinicalStatus: readable.concept,
  verificationStatus: readable.concept,
  category: readable.concepts,
  code: readable.concept,
  bodySite: readable.concepts,
  onsetDateTime: readable.text,
  abatementDateTime: readable.text,
  recordedDate: readable.text,
  recorder: readable.reference,
  asserter: readable.reference,
  note: readable.notes,
});
type ReadCondition = z.infer<typeof ReadCondition>;

const ReadName = z.looseObject({ extension: readable.extensions });

const clinicalStatuses: StatusWords = {
  active: { label: 'actief' },
  recurrence: { label: 'teruggekeerd' },
  relapse: { label: 'terugval' },
  inactive: { label: 'niet meer actief', warning: 'Niet meer actief.' },
  remission: { label: 'in remissie', warning: 'In remissie.' },
  resolved: { label: 'over', warning: 'Volgens de bron is dit over.' },
};

const ABSENT = { label: 'bekend afwezig', warning: 'Bekend afwezig: de cliënt heeft dit niet.' } as const;
const UNCONFIRMED = { label: 'niet bevestigd', warning: 'Niet bevestigd.' } as const;

/** The codes of the zib, which say more than those of FHIR beside them. */
const zibVerifications: StatusWords = {
  '410605003': { label: 'bevestigd' },
  '415684004': { label: 'vermoed', warning: 'Vermoed, niet bevestigd.' },
  '410590009': { label: 'mogelijk', warning: 'Mogelijk, niet bevestigd.' },
  '410516002': ABSENT,
};

const fhirVerifications: StatusWords = {
  confirmed: { label: 'bevestigd' },
  unconfirmed: UNCONFIRMED,
  provisional: { label: 'voorlopig', warning: 'Voorlopig, niet bevestigd.' },
  differential: { label: 'mogelijk', warning: 'Mogelijk, niet bevestigd.' },
  refuted: ABSENT,
  'entered-in-error': ENTERED_IN_ERROR,
};

/**
 * A problem as a line of the dossier. "Showing such a Condition as a diagnosis is a clinical error: the client prints the
 * verification status, always" (spec anw-fhir-profiles §3.3, known absent).
 */
export function problemEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadCondition.parse(resource);
  const name = printConcept(read.code);
  const verification = verificationOf(read);
  return recordEntry(resource, context, {
    label: name ?? 'Probleem zonder naam',
    values: [
      { label: 'Verificatiestatus', value: verification.label },
      { label: 'Nadere omschrijving', value: furtherName(read) },
      codedValue('Soort', read.category),
      codedValue('Plaats', read.bodySite),
      { label: 'Tot', value: read.abatementDateTime && printDutchTime(read.abatementDateTime) },
    ],
    note: joinNotes(read.note),
    at: read.onsetDateTime ?? read.recordedDate,
    author: printReference(read.recorder, context) ?? printReference(read.asserter, context),
    status: statusOf(read, verification),
    warnings: [...verification.warnings, ...(name === undefined ? ['De bron noemt niet wat het probleem is.'] : conceptWarnings(read.code === undefined ? [] : [read.code]))],
  });
}

/** Entered in error comes first; then the code of the zib, which must stand beside that of FHIR; then that of FHIR. */
function verificationOf({ verificationStatus }: ReadCondition): PrintedStatus {
  const codes = verificationStatus?.coding ?? [];
  const has = (system: string): boolean => codes.some((coding) => coding.system === system);
  if (codes.some(({ system, code }) => system === VERIFICATION && code === 'entered-in-error')) return printCodedStatus(verificationStatus, VERIFICATION, fhirVerifications);
  if (has(SNOMED_CT)) return printCodedStatus(verificationStatus, SNOMED_CT, zibVerifications);
  if (has(VERIFICATION)) return printCodedStatus(verificationStatus, VERIFICATION, fhirVerifications);
  if (has(NULL_FLAVOR) || verificationStatus === undefined) return { label: 'onbekend', warnings: ['De verificatiestatus is onbekend.'] };
  return printCodedStatus(verificationStatus, VERIFICATION, fhirVerifications);
}

/** What was entered in error has no clinical status (con-5); otherwise it is merely not given, which FHIR allows. */
function statusOf({ clinicalStatus }: ReadCondition, verification: PrintedStatus): PrintedStatus {
  if (clinicalStatus === undefined && verification.label === ENTERED_IN_ERROR.label) return verification;
  if (clinicalStatus === undefined) return { label: 'niet vermeld', warnings: ['De bron vermeldt geen klinische status.'] };
  return printCodedStatus(clinicalStatus, CONDITION_CLINICAL, clinicalStatuses);
}

function furtherName({ code }: ReadCondition): string | undefined {
  return code === undefined ? undefined : extensionOf(ReadName.parse(code).extension, FURTHER_NAME)?.valueString;
}
