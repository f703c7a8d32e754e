import { z } from 'zod';
import type { ResourceIssue } from '../../fhir-failure.js';
import { textResultZib } from '../zibs.js';
import { allowedExtension } from './allowed-extension.js';
import { error } from './issue.js';
import { CodeableConcept } from './structure/datatypes.js';
import type { DiagnosticReport } from './structure/diagnostic-report.js';
import { checkNotBlank } from './text-report.js';
import type { WritableZib } from './writable-zib.js';

const SPECIFICATION = 'http://nictiz.nl/fhir/StructureDefinition/ext-CodeSpecification';
const STATUS_LIST = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.16.1';
const wrongStatus = error('RESULT-STATUS', 'code-invalid', 'Status niet toegestaan; verwacht voorlopig of definitief.', 'DiagnosticReport.status');

/** TekstUitslag: its text, without images (spec anw-fhir-profiles §3.2, §9.2). */
export const writableTextResult: WritableZib<DiagnosticReport> = {
  zib: textResultZib,
  label: 'Tekstuitslag',
  authorRule: 'REPORT-AUTHOR',
  wrongCode: error('RESULT-CODE', 'code-invalid', 'Onbekend type uitslag.', 'DiagnosticReport.code'),
  extensions: [allowedExtension(SPECIFICATION, '_status', 'valueCodeableConcept')],
  statuses: ['preliminary', 'final'],
  wrongStatus,
  check: (report) => [...checkNotBlank(report.conclusion, 'DiagnosticReport.conclusion'), ...checkAttachments(report), ...checkSpecification(report)],
};

function checkAttachments({ presentedForm, media }: DiagnosticReport): readonly ResourceIssue[] {
  return [
    ...(presentedForm === undefined ? [] : [error('RESULT-ATTACHMENT', 'not-supported', 'Bijlagen worden niet aangenomen.', 'DiagnosticReport.presentedForm')]),
    ...(media === undefined ? [] : [error('RESULT-ATTACHMENT', 'not-supported', 'Beelden worden niet aangenomen.', 'DiagnosticReport.media')]),
  ];
}

const Specification = z.object({ valueCodeableConcept: CodeableConcept });

/** The zib's own status stands in an extension beside FHIR's, and says the same: their first words agree. */
function checkSpecification({ status, _status }: DiagnosticReport): readonly ResourceIssue[] {
  const codings = (_status?.extension ?? []).flatMap((each) => Specification.safeParse(each).data?.valueCodeableConcept.coding ?? []);
  return codings.every(({ system, code }) => system !== STATUS_LIST || code === status) ? [] : [wrongStatus];
}
