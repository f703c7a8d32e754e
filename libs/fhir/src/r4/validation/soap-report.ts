import type { ResourceIssue } from '../../fhir-failure.js';
import { zibOf } from '../resource-facts.js';
import { soapLineZib, soapReportZib } from '../zibs.js';
import { error } from './issue.js';
import { soapLineOf } from './soap-line.js';
import type { Composition } from './structure/composition.js';
import { Observation } from './structure/observation.js';
import type { WritableZib } from './writable-zib.js';
import type { RecordView, ResolvedReference } from './write-record.js';

const MOST_LINES = 4;

/** SOEPVerslag (spec anw-fhir-profiles §3.2, §9.2). */
export const writableSoapReport: WritableZib<Composition> = {
  zib: soapReportZib,
  label: 'SOEP-verslag',
  authorRule: 'REPORT-AUTHOR',
  wrongCode: error('REPORT-CODE', 'code-invalid', 'Verwacht SNOMED CT 11591000146107.', 'Composition.type'),
  references: [{ on: 'section.entry', types: ['Observation'], among: 'written', notFound: unknownLine }],
  check: (report) => [...checkTitle(report), ...checkAlone(report), ...checkLines(report)],
  checkInRecord: async (report, view) => checkEntries(report, view),
};

function unknownLine(expression: string): ResourceIssue {
  return error('SOAP-ENTRY', 'not-found', 'De regel waarnaar verwezen wordt, is er niet.', expression);
}

function checkTitle({ title }: Composition): readonly ResourceIssue[] {
  return title === undefined || title.trim() === '' ? [error('SOAP-TITLE', 'required', 'De titel ontbreekt.', 'Composition.title')] : [];
}

/** What replaces another report is the custodian's own business (spec anw-fhir-profiles §9.1). */
function checkAlone({ relatesTo }: Composition): readonly ResourceIssue[] {
  return relatesTo === undefined ? [] : [error('SOAP-RELATES', 'business-rule', 'Een verslag dat een ander verslag vervangt, wordt niet aangenomen.', 'Composition.relatesTo')];
}

/** "1..4 lines, each line code once", each with at least one entry. */
function checkLines({ section = [] }: Composition): readonly ResourceIssue[] {
  const codes = section.map(({ code }) => soapLineOf(code));
  const wrongNumber = section.length === 0 || section.length > MOST_LINES || new Set(codes).size < codes.length;
  return [
    ...(wrongNumber ? [error('SOAP-LINES', 'structure', section.length === 0 ? 'Een SOEP-verslag heeft ten minste één regel.' : 'Ten hoogste vier regels, elk één keer.', 'Composition.section')] : []),
    ...codes.flatMap((code, index) => (code === undefined ? [error('SOAP-LINES', 'code-invalid', 'Een regel is S, O, E of P.', `Composition.section[${index}].code`)] : [])),
    ...section.flatMap(({ entry }, index) => (entry === undefined ? [unknownLine(`Composition.section[${index}].entry`)] : [])),
  ];
}

const Line = Observation.pick({ code: true }).loose();

/** "Lines are Observations posted first in the same authorisation, same code". */
function checkEntries({ section = [] }: Composition, { references }: RecordView): readonly ResourceIssue[] {
  return references.filter((reference) => !isLineOf(reference, section)).map(({ expression }) => unknownLine(expression));
}

function isLineOf({ stored, expression }: ResolvedReference, section: NonNullable<Composition['section']>): boolean {
  const index = Number(/section\[(\d+)\]/.exec(expression)?.[1]);
  const code = Line.safeParse(stored.resource).data?.code;
  return zibOf(stored.resource)?.name === soapLineZib.name && soapLineOf(code) === soapLineOf(section[index]?.code);
}
