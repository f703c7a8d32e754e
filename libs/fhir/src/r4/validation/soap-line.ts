import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { soapLineZib } from '../zibs.js';
import { allowedExtension } from './allowed-extension.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';
import { checkTextReport } from './text-report.js';
import type { WritableZib } from './writable-zib.js';

/** SOEP regel: S, O, E, P (spec anw-fhir-profiles §5). */
const lines = ['255362007', '260224007', '129265001', '129271007'];
/** "ICPC on S and E only". */
const codedLines = ['255362007', '129265001'];
const LINE_CODE = 'http://nictiz.nl/fhir/StructureDefinition/ext-SOAPReport.SOAPLineCode';

/** A line of a SOAP report, posted before the Composition that holds it (spec anw-fhir-profiles §3.2, §9.2). */
export const writableSoapLine: WritableZib<Observation> = {
  zib: soapLineZib,
  label: 'SOEP-regel',
  authorRule: 'REPORT-AUTHOR',
  extensions: [allowedExtension(LINE_CODE, '', 'valueCodeableConcept')],
  check: (observation) => [...checkTextReport(observation), ...checkLineCode(observation)],
};

/** Which line a concept says it is: the SNOMED CT code of S, O, E or P. */
export function soapLineOf(concept: Observation['code'] | undefined): string | undefined {
  return (concept?.coding ?? []).find(({ system, code }) => system === SNOMED_CT && code !== undefined && lines.includes(code))?.code;
}

function checkLineCode({ code, extension = [] }: Observation): readonly ResourceIssue[] {
  if (extension.length > 1) return [error('SOAP-ICPC', 'structure', 'Geef ten hoogste één ICPC-code.', 'Observation.extension')];
  const mayHave = codedLines.includes(soapLineOf(code) ?? '');
  return extension.length === 0 || mayHave ? [] : [error('SOAP-ICPC', 'invariant', 'ICPC-code alleen op S- en E-regel.', 'Observation.extension')];
}
