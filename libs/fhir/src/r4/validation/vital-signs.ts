import type { ResourceIssue } from '../../fhir-failure.js';
import { OBSERVATION_CATEGORY, UCUM } from '../code-systems.js';
import { error, warning } from './issue.js';
import type { Observation, ObservationComponent } from './structure/observation.js';

/** What a measured value may be: outside `hard` refused, outside `soft` stored with a warning (spec anw-fhir-profiles §9.2). */
export interface Limits {
  readonly hard: readonly [least: number, most: number];
  readonly soft: readonly [least: number, most: number];
}

type Quantity = NonNullable<ObservationComponent['valueQuantity']>;

/** Rules shared by all vital signs (spec anw-fhir-profiles §2). */
export function checkVitalSign(observation: Observation): readonly ResourceIssue[] {
  const codings = (observation.category ?? []).flatMap(({ coding }) => coding ?? []);
  const isVitalSign = codings.some(({ system, code }) => system === OBSERVATION_CATEGORY && code === 'vital-signs');
  return [
    ...(isVitalSign ? [] : [error('VS-CATEGORY', 'required', 'Categorie vital-signs ontbreekt.', 'Observation.category')]),
    ...((observation.note ?? []).length > 1 ? [error('VS-NOTE', 'structure', 'Er is ten hoogste één toelichting.', 'Observation.note')] : []),
  ];
}

/** A number in the one unit that is meant, within its limits. `at` is the element that holds the quantity. */
export function checkMeasuredValue(quantity: Quantity | undefined, unit: string, unitRule: ResourceIssue, limits: Limits, at: string): readonly ResourceIssue[] {
  if (quantity?.value === undefined) return [error('VS-VALUE', 'invariant', 'Er is geen meetwaarde.', at)];
  if (quantity.comparator !== undefined) return [error('VS-VALUE', 'business-rule', 'Geef de meetwaarde zelf, zonder kleiner of groter dan.', at)];
  if (quantity.system !== UCUM || quantity.code !== unit) return [unitRule];
  if (!isWithin(quantity.value, limits.hard)) return [error('VS-RANGE', 'business-rule', 'De waarde is onwaarschijnlijk; controleer de komma en de eenheid.', at)];
  if (!isWithin(quantity.value, limits.soft)) return [warning('VS-UNUSUAL', 'De waarde is ongewoon; controleer de meting.', at)];
  return [];
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return least <= value && value <= most;
}
