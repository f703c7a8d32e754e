import type { ResourceIssue } from '../../fhir-failure.js';
import { UCUM } from '../code-systems.js';
import { error, warning } from './issue.js';
import type { ObservationComponent } from './structure/observation.js';

/** What a measured value may be: outside `hard` refused, outside `soft` stored with a warning (spec anw-fhir-profiles §9.2). */
export interface Limits {
  readonly hard: readonly [least: number, most: number];
  readonly soft: readonly [least: number, most: number];
}

/** The units in which a value is taken, each with its limits. */
export interface Measure {
  /** By UCUM code. */
  readonly units: Readonly<Record<string, Limits>>;
  /** Another unit is refused under this rule, in these words. */
  readonly unitRule: string;
  readonly unitText: string;
  /** Told of a value outside the hard limits, where the zib has words of its own. */
  readonly outOfRange?: ResourceIssue;
}

/** Beats or breaths (§9.3: one rule for pulse, heart and breathing). */
export function perMinute(limits: Limits): Measure {
  return { units: { '/min': limits }, unitRule: 'RATE-UNIT', unitText: 'Eenheid moet /min zijn.' };
}

type Quantity = NonNullable<ObservationComponent['valueQuantity']>;

/** A number in a unit that is meant, within its limits. `at` is the element that holds the quantity. */
export function checkMeasuredValue(quantity: Quantity | undefined, { units, unitRule, unitText, outOfRange }: Measure, at: string): readonly ResourceIssue[] {
  if (quantity?.value === undefined) return [error('VS-VALUE', 'invariant', 'Er is geen meetwaarde.', at)];
  if (quantity.comparator !== undefined) return [error('VS-VALUE', 'business-rule', 'Geef de meetwaarde zelf, zonder kleiner of groter dan.', at)];
  const limits = quantity.system === UCUM ? new Map(Object.entries(units)).get(quantity.code ?? '') : undefined;
  if (limits === undefined) return [error(unitRule, 'code-invalid', unitText, `${at}.code`)];
  if (!isWithin(quantity.value, limits.hard)) return [outOfRange ?? error('VS-RANGE', 'business-rule', 'De waarde is onwaarschijnlijk; controleer de komma en de eenheid.', at)];
  if (!isWithin(quantity.value, limits.soft)) return [warning('VS-UNUSUAL', 'De waarde is ongewoon; controleer de meting.', at)];
  return [];
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return least <= value && value <= most;
}
