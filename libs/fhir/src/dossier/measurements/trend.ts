import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { codeToken } from '../../r4/code-systems.js';
import type { DossierPartName } from '../dossier-queries.js';
import { ReadObservation } from '../elements/observation-entry.js';
import { printConcept } from '../elements/print-concept.js';
import { printNumber } from '../elements/print-quantity.js';
import { readable } from '../elements/readable.js';

/** Values of one kind over time, for a chart. */
export interface DossierTrend {
  readonly label: string;
  readonly unit: string;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** Where it goes, for a Dutch reader: `38,4 °C, gestegen met 1,2`. */
  readonly words: string;
}

export interface TrendPoint {
  /** ISO 8601, as the source gave it. */
  readonly at: string;
  /** In the unit of the trend. */
  readonly value: number;
}

/** Where the values of a trend stand. */
export interface TrendSource {
  readonly part: DossierPartName;
  readonly label: string;
  readonly unit: string;
  /** Code of the component; absent: the Observation's own value. */
  readonly component?: string;
  /** By UCUM code: times which a value is one of the trend's unit. A value in another unit is no point of it; its line says so. */
  readonly factors: Readonly<Record<string, number>>;
}

const Component = z.looseObject({ code: readable.concept, valueQuantity: readable.quantity });
const ReadMeasured = ReadObservation.extend({ valueQuantity: readable.quantity, component: z.array(Component.catch({})).catch([]) });
type ReadMeasured = z.infer<typeof ReadMeasured>;

/** Nobody compares with what was withdrawn. */
const withdrawn: readonly string[] = ['entered-in-error', 'cancelled'];

/** The trend of these resources; `undefined` without a point. */
export function trendOf({ label, unit, component, factors }: TrendSource, resources: readonly FhirResource[]): DossierTrend | undefined {
  const points = resources.flatMap((resource) => {
    const read = ReadMeasured.parse(resource);
    const quantity = component === undefined ? read.valueQuantity : componentOf(read, component)?.valueQuantity;
    return toPoint(read, quantity, factors);
  });
  return points.length === 0 ? undefined : { label, unit, ...inOrder(points, unit) };
}

/** One trend for every test that came more than once in the same unit. */
export function trendsByCode(resources: readonly FhirResource[]): readonly DossierTrend[] {
  const series = new Map<string, { readonly label: string; readonly unit: string; readonly points: TrendPoint[] }>();
  for (const resource of resources) {
    const read = ReadMeasured.parse(resource);
    const { code, unit = code } = read.valueQuantity ?? {};
    const test = read.code?.coding.find((coding) => coding.code !== undefined);
    if (code === undefined || unit === undefined || test === undefined) continue;
    const key = `${codeToken(test.system ?? '', test.code ?? '')} ${code}`;
    const kept = series.get(key) ?? { label: printConcept(read.code) ?? key, unit, points: [] };
    kept.points.push(...toPoint(read, read.valueQuantity, { [code]: 1 }));
    series.set(key, kept);
  }
  return [...series.values()].filter(({ points }) => points.length > 1).map(({ points, ...trend }) => ({ ...trend, ...inOrder(points, trend.unit) }));
}

function inOrder(points: TrendPoint[], unit: string): Pick<DossierTrend, 'points' | 'words'> {
  const ordered = points.sort(oldestFirst);
  return { points: ordered, words: trendWords(ordered, unit) };
}

/** The last value against the one before it. */
function trendWords(points: readonly TrendPoint[], unit: string): string {
  const [before, last] = [points.at(-2), points.at(-1)];
  if (last === undefined) return '';
  const value = `${printNumber(last.value)} ${unit}`;
  if (before === undefined) return `${value}, één keer gemeten`;
  const difference = Number((last.value - before.value).toPrecision(6));
  if (difference === 0) return `${value}, gelijk gebleven`;
  return `${value}, ${difference > 0 ? 'gestegen' : 'gedaald'} met ${printNumber(Math.abs(difference))}`;
}

/** A value beyond or below a bound (`<`, `>`) is no value to draw. */
function toPoint({ status, effectiveDateTime, effectivePeriod }: ReadMeasured, quantity: ReadMeasured['valueQuantity'], factors: TrendSource['factors']): readonly TrendPoint[] {
  const at = effectiveDateTime ?? effectivePeriod?.start;
  const factor = quantity?.code !== undefined && Object.hasOwn(factors, quantity.code) ? factors[quantity.code] : undefined;
  if (at === undefined || Number.isNaN(Date.parse(at)) || quantity?.value === undefined || factor === undefined || quantity.comparator !== undefined || withdrawn.includes(status ?? '')) return [];
  return [{ at, value: factor === 1 ? quantity.value : Number((quantity.value * factor).toPrecision(6)) }];
}

function componentOf({ component }: ReadMeasured, token: string): ReadMeasured['component'][number] | undefined {
  return component.find(({ code }) => code?.coding.some((coding) => codeToken(coding.system ?? '', coding.code ?? '') === token));
}

function oldestFirst(one: TrendPoint, other: TrendPoint): number {
  return Date.parse(one.at) - Date.parse(other.at);
}
