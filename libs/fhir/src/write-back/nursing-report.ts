import { nursingReportZib } from '../r4/zibs.js';
import { observation, snomed } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface NursingReportInput {
  /** As the nurse typed it: text is data, byte for byte. */
  readonly text: string;
  /** ISO 8601 with a zone. */
  readonly writtenAt: string;
}

const fields: ElementFields<FieldOf<NursingReportInput>> = [
  ['Observation.effective', 'writtenAt'],
  ['Observation.value', 'text'],
];

/** A report in free text (spec anw-fhir-profiles §3.2). */
export const nursingReportKind: WriteKind<NursingReportInput> = {
  label: 'Rapportage',
  steps: ({ text, writtenAt }, subject) =>
    singleStep(
      'nursing-report',
      observation({ profile: nursingReportZib.profile, code: [snomed('11591000146107', 'patiëntcontactverslag')], patient: subject.patient, at: writtenAt, valueString: text }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
