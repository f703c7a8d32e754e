import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { heartbeatRegularityZib, heartRateZib } from '../zibs.js';
import { error } from './issue.js';
import { checkMembers, writtenMember } from './members.js';
import { perMinute } from './measured-value.js';
import { writableVitalSign } from './measurement.js';
import type { Observation } from './structure/observation.js';

/** Bradycardia, normal, tachycardia (spec anw-fhir-profiles §5). */
const interpretations = ['48867003', '76863003', '3424008'];

/** Hartfrequentie (spec anw-fhir-profiles §3.1, §9.2). */
export const writableHeartRate = writableVitalSign({
  zib: heartRateZib,
  label: 'Hartfrequentie',
  measure: perMinute({ hard: [0, 350], soft: [40, 150] }),
  checkOwnRules: checkInterpretation,
  references: [writtenMember],
  checkInRecord: async (_heartRate, { references }) => checkMembers(references, [heartbeatRegularityZib]),
});

/** 0..1, from a required list. */
function checkInterpretation({ interpretation = [] }: Observation): readonly ResourceIssue[] {
  if (interpretation.length > 1) return [error('HR-INTERPRETATION', 'structure', 'Geef ten hoogste één interpretatie.', 'Observation.interpretation')];
  const listed = interpretation.every(({ coding }) => (coding ?? []).some(({ system, code }) => system === SNOMED_CT && code !== undefined && interpretations.includes(code)));
  return listed ? [] : [error('HR-INTERPRETATION', 'code-invalid', 'Onbekende interpretatie.', 'Observation.interpretation')];
}
