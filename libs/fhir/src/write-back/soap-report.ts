import { authorReference } from '../r4/validation/check-scope.js';
import { soapLineZib, soapReportZib } from '../r4/zibs.js';
import { type Coding, concept, observation, snomed, subjectOf } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { type PlannedResource, planSteps } from './steps.js';
import type { FieldOf, WriteKind, WriteSubject } from './write-kind.js';

export interface SoapReportInput {
  /** Absent: "SOEP-verslag". */
  readonly title?: string | undefined;
  readonly subjective?: string | undefined;
  readonly objective?: string | undefined;
  readonly evaluation?: string | undefined;
  readonly plan?: string | undefined;
  /** ICPC-1 code of the S line: `R05`. */
  readonly subjectiveIcpc?: string | undefined;
  /** ICPC-1 code of the E line. */
  readonly evaluationIcpc?: string | undefined;
  /** ISO 8601 with a zone. */
  readonly writtenAt: string;
}

type Line = 'subjective' | 'objective' | 'evaluation' | 'plan';

const LINE_CODE = 'http://nictiz.nl/fhir/StructureDefinition/ext-SOAPReport.SOAPLineCode';
const ICPC = 'http://hl7.org/fhir/sid/icpc-1-nl';

/** SOEP regel, in the order in which they are read (spec anw-fhir-profiles §5). */
const lines = {
  subjective: snomed('255362007', 'Subjective'),
  objective: snomed('260224007', 'Objective'),
  evaluation: snomed('129265001', 'Evaluatie'),
  plan: snomed('129271007', 'Beleid'),
} as const satisfies Record<Line, Coding>;

const lineNames = Object.keys(lines) as readonly Line[];

/** A report without a line is about the first of them. */
const reportFields: ElementFields<FieldOf<SoapReportInput>> = [
  ['Composition.section', 'subjective'],
  ['Composition.date', 'writtenAt'],
  ['Composition.title', 'title'],
];

/** SOEPVerslag: each line first, then the Composition that holds them (spec anw-fhir-profiles §9.2). */
export const soapReportKind: WriteKind<SoapReportInput> = {
  label: 'SOEP-verslag',
  steps: (input, subject) => {
    const written = lineNames.filter((line) => (input[line] ?? '').trim() !== '');
    return planSteps([...written.map((line) => planLine(line, input, subject)), planReport(written, input, subject)], subject);
  },
  fieldOf: (step, expression) => (isLine(step) ? lineField(step, expression) : fieldAt(reportFields, expression)),
};

function planLine(line: Line, input: SoapReportInput, { patient }: WriteSubject): PlannedResource {
  const icpc = icpcOf(line, input);
  return {
    name: line,
    create: () =>
      observation({
        profile: soapLineZib.profile,
        code: [lines[line]],
        patient,
        at: input.writtenAt,
        ...(icpc === undefined ? {} : { extension: [{ url: LINE_CODE, valueCodeableConcept: concept({ system: ICPC, code: icpc }) }] }),
        valueString: input[line],
      }),
  };
}

/** "ICPC on S and E only". */
function icpcOf(line: Line, { subjectiveIcpc, evaluationIcpc }: SoapReportInput): string | undefined {
  if (line === 'subjective') return subjectiveIcpc;
  return line === 'evaluation' ? evaluationIcpc : undefined;
}

function planReport(written: readonly Line[], { title, writtenAt }: SoapReportInput, { patient, author }: WriteSubject): PlannedResource {
  return {
    name: 'report',
    after: written,
    create: (referenceTo) => ({
      resourceType: 'Composition',
      meta: { profile: [soapReportZib.profile] },
      status: 'final',
      type: concept(snomed('11591000146107', 'patiëntcontactverslag')),
      subject: subjectOf(patient),
      date: new Date(writtenAt).toISOString(),
      ...(author === undefined ? {} : { author: [authorReference(author)] }),
      title: title === undefined || title.trim() === '' ? 'SOEP-verslag' : title,
      ...(written.length === 0 ? {} : { section: written.map((line) => ({ code: concept(lines[line]), entry: [{ reference: referenceTo(line), type: 'Observation' }] })) }),
    }),
  };
}

function isLine(step: string): step is Line {
  return Object.hasOwn(lines, step);
}

function lineField(line: Line, expression: string): FieldOf<SoapReportInput> | undefined {
  const icpc = line === 'subjective' ? 'subjectiveIcpc' : 'evaluationIcpc';
  return fieldAt<FieldOf<SoapReportInput>>([['Observation.effective', 'writtenAt'], ['Observation.value', line], ['Observation.extension', icpc]], expression);
}
