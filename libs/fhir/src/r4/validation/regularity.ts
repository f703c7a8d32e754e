import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { heartbeatRegularityZib, type PublishedZib, pulseRegularityZib } from '../zibs.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';
import { checkVitalSign } from './vital-signs.js';
import type { WritableZib } from './writable-zib.js';

/** Polsregelmatigheid (spec anw-fhir-profiles §5). */
export const writablePulseRegularity = writableRegularity(pulseRegularityZib, 'Polsregelmatigheid', 'PULSE-REGULARITY', ['271636001', '61086009']);

/** Hartslagregelmatigheid (spec anw-fhir-profiles §5). */
export const writableHeartbeatRegularity = writableRegularity(heartbeatRegularityZib, 'Hartslagregelmatigheid', 'HR-REGULARITY', ['271636001', '361137007', '248650006']);

/** A vital sign that is a choice from a required list. */
function writableRegularity(zib: PublishedZib, label: string, rule: string, list: readonly string[]): WritableZib<Observation> {
  return { zib, label, authorRule: 'VS-AUTHOR', check: (observation) => [...checkVitalSign(observation), ...checkChoice(observation, rule, list)] };
}

function checkChoice(observation: Observation, rule: string, list: readonly string[]): readonly ResourceIssue[] {
  const values = Object.keys(observation).filter((name) => /^value[A-Z]/.test(name));
  if (values.length === 0) return [error('VS-VALUE', 'invariant', 'Er is geen meetwaarde.', 'Observation.value')];
  const chosen = observation.valueCodeableConcept?.coding ?? [];
  const listed = chosen.some(({ system, code }) => system === SNOMED_CT && code !== undefined && list.includes(code));
  return listed && values.length === 1 ? [] : [error(rule, 'code-invalid', 'Onbekende regelmatigheid.', 'Observation.value')];
}
