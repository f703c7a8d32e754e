import type { ResourceIssue } from '../../fhir-failure.js';
import { pulsePanelZib, pulseRateZib, pulseRegularityZib } from '../zibs.js';
import { error } from './issue.js';
import { checkMembers, writtenMember } from './members.js';
import type { Observation } from './structure/observation.js';
import { checkVitalSign } from './vital-signs.js';
import type { WritableZib } from './writable-zib.js';

/** Polsfrequentie with its regularity: a panel without a value of its own (spec anw-fhir-profiles §3.1, §9.2). */
export const writablePulsePanel: WritableZib<Observation> = {
  zib: pulsePanelZib,
  label: 'Polsfrequentie met regelmatigheid',
  authorRule: 'VS-AUTHOR',
  references: [writtenMember],
  check: (observation) => [...checkVitalSign(observation), ...checkHeld(observation)],
  checkInRecord: async (_panel, { references }) => checkMembers(references, [pulseRateZib, pulseRegularityZib]),
};

/** vs-2: a value, a reason for its absence, components or members; of a panel the members. */
function checkHeld(observation: Observation): readonly ResourceIssue[] {
  const own = observation.component !== undefined || Object.keys(observation).some((name) => /^value[A-Z]/.test(name));
  if (own) return [error('VS-VALUE', 'structure', 'De meting staat in de onderdelen waarnaar verwezen wordt.', 'Observation.value')];
  return observation.hasMember === undefined ? [error('PULSE-MEMBER', 'invariant', 'Verwijs naar de meting van de polsfrequentie.', 'Observation.hasMember')] : [];
}
