import type { ResourceIssue } from '../../fhir-failure.js';
import { OBSERVATION_CATEGORY } from '../code-systems.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';

/** Rules shared by all vital signs (spec anw-fhir-profiles §2). */
export function checkVitalSign(observation: Observation): readonly ResourceIssue[] {
  const codings = (observation.category ?? []).flatMap(({ coding }) => coding ?? []);
  const isVitalSign = codings.some(({ system, code }) => system === OBSERVATION_CATEGORY && code === 'vital-signs');
  return [
    ...(isVitalSign ? [] : [error('VS-CATEGORY', 'required', 'Categorie vital-signs ontbreekt.', 'Observation.category')]),
    ...((observation.note ?? []).length > 1 ? [error('VS-NOTE', 'structure', 'Er is ten hoogste één toelichting.', 'Observation.note')] : []),
  ];
}
