import { textResultZib } from '../r4/zibs.js';
import { concept, snomed, subjectOf } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface TextResultInput {
  readonly type: TextResultType;
  /** As the nurse typed it. */
  readonly conclusion: string;
  readonly status: 'preliminary' | 'final';
  /** When the examination was done: ISO 8601 with a zone. */
  readonly examinedAt: string;
}

/** Tekstuitslagtype (spec anw-fhir-profiles §5). */
export const textResultTypes = {
  imaging: snomed('363679005', 'Beeldvormende verrichting'),
  radiography: snomed('363680008', 'Radiografische beeldvormende verrichting'),
  ultrasound: snomed('16310003', 'Echografie'),
  'computed-tomography': snomed('77477000', 'Computertomografie'),
  'magnetic-resonance': snomed('113091000', 'MRI'),
  angiography: snomed('77343006', 'Angiografie'),
  echocardiography: snomed('40701008', 'Echocardiografie'),
  'nuclear-medicine': snomed('371572003', 'Nucleair-geneeskundige verrichting'),
  'pet-ct': snomed('450436003', 'PET/CT'),
  pathology: snomed('108257001', 'Pathologisch onderzoek'),
  microbiology: snomed('19851009', 'Microbiologisch onderzoek'),
  procedure: snomed('71388002', 'Verrichting'),
} as const;

export type TextResultType = keyof typeof textResultTypes;

const SPECIFICATION = 'http://nictiz.nl/fhir/StructureDefinition/ext-CodeSpecification';
const STATUS_LIST = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.16.1';

const statusNames = { preliminary: 'Voorlopig', final: 'Definitief' } as const;

const fields: ElementFields<FieldOf<TextResultInput>> = [
  ['DiagnosticReport.code', 'type'],
  ['DiagnosticReport.conclusion', 'conclusion'],
  ['DiagnosticReport.status', 'status'],
  ['DiagnosticReport.effective', 'examinedAt'],
];

/** TekstUitslag as `nl-core-TextResult`: the text alone, without images (spec anw-fhir-profiles §9.2). */
export const textResultKind: WriteKind<TextResultInput> = {
  label: 'Tekstuitslag',
  steps: ({ type, conclusion, status, examinedAt }, subject) =>
    singleStep(
      'text-result',
      {
        resourceType: 'DiagnosticReport',
        meta: { profile: [textResultZib.profile] },
        status,
        _status: { extension: [{ url: SPECIFICATION, valueCodeableConcept: concept({ system: STATUS_LIST, code: status, display: statusNames[status] }) }] },
        code: concept(textResultTypes[type]),
        subject: subjectOf(subject.patient),
        effectiveDateTime: new Date(examinedAt).toISOString(),
        conclusion,
      },
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
