import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { referenceTo } from '../../fhir-resource.js';
import type { SearchPosition, StoredResource } from '../../fhir-source.js';
import { UCUM } from '../code-systems.js';
import { DURATION_OF_USE, PERIOD_OF_USE, STOP_TYPE } from '../medication-lists.js';
import { allowedSearches, MAXIMUM_COUNT } from '../search-policy.js';
import { administrationAgreementZib, medicationAgreementZib } from '../zibs.js';
import type { RecordView } from './write-record.js';

/** Something agreed about a product: that it is to be taken, how much. */
export interface Agreement {
  /** `MedicationRequest/12`. */
  readonly reference: string;
  /** Reference of the product and its codes as `system|code`, whichever the agreement gives. */
  readonly products: ReadonlySet<string>;
  /** Smallest and largest dose, per UCUM unit as it is written. */
  readonly doses: readonly { readonly least: number; readonly most: number; readonly unit: string }[];
}

const searches = [medicationAgreementZib, administrationAgreementZib].map((zib) => allowedSearches.find((search) => search.zib.name === zib.name)!);

/** What holds at that moment: not stopped, not suspended, within its period of use. */
export async function currentAgreements({ patient, record }: RecordView, at: Date): Promise<readonly Agreement[]> {
  const current: Agreement[] = [];
  // One after another: they share the connection of one transaction.
  for (const search of searches) {
    let after: SearchPosition | undefined;
    do {
      const page = await record.search({ patient, search, count: MAXIMUM_COUNT, ...(after && { after }) });
      current.push(...page.matches.filter(({ resource }) => isCurrent(resource, at)).map(({ resource }) => toAgreement(resource, page.included)));
      after = page.next;
    } while (after !== undefined);
  }
  return current;
}

/** What a product is known by: its reference, and its codes as `system|code`. */
export function productNames(resource: FhirResource, found: readonly StoredResource[]): ReadonlySet<string> {
  const { medicationReference, medicationCodeableConcept } = Medicated.parse(resource);
  const reference = medicationReference?.reference;
  const product = found.find((stored) => referenceTo(stored.resource) === reference)?.resource;
  const concepts = [medicationCodeableConcept, product && Product.parse(product).code];
  const codes = concepts.flatMap((concept) => concept?.coding ?? []).flatMap(({ system, code }) => (system === undefined || code === undefined ? [] : [`${system}|${code}`]));
  return new Set([...(reference === undefined ? [] : [reference]), ...codes]);
}

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const Concept = z.object({ coding: z.array(z.object({ system: text, code: text })).catch([]) }).optional().catch(undefined);
const Medicated = z.object({ medicationReference: z.object({ reference: text }).optional().catch(undefined), medicationCodeableConcept: Concept });
const Product = z.object({ code: Concept });
const Quantity = z.object({ value: number, system: text, code: text }).optional().catch(undefined);
const Extensions = z.array(z.looseObject({ url: z.string() })).catch([]);
const Agreed = z.object({
  status: text,
  modifierExtension: Extensions,
  extension: Extensions,
  dosageInstruction: z
    .array(z.object({ doseAndRate: z.array(z.object({ doseQuantity: Quantity, doseRange: z.object({ low: Quantity, high: Quantity }).optional().catch(undefined) })).catch([]) }))
    .catch([]),
});

/** Statuses in which nothing is to be given, of requests and of dispenses. */
const ended: readonly string[] = ['cancelled', 'stopped', 'entered-in-error', 'on-hold', 'draft', 'declined'];

function isCurrent(resource: FhirResource, at: Date): boolean {
  const { status = '', modifierExtension, extension } = Agreed.parse(resource);
  if (ended.includes(status) || (status === 'completed' && resource.resourceType === 'MedicationRequest')) return false;
  if (modifierExtension.some(({ url }) => url === STOP_TYPE)) return false;
  return extension.filter(({ url }) => url === PERIOD_OF_USE).every((each) => isWithin(each, at));
}

const PeriodOfUse = z.object({ valuePeriod: z.object({ start: text, end: text, extension: Extensions }) });
const DurationOfUse = z.object({ valueDuration: z.object({ value: z.number(), code: z.string() }) });

const DAY = 24 * 60 * 60 * 1_000;
const durations: Readonly<Record<string, number>> = { h: DAY / 24, d: DAY, wk: 7 * DAY, mo: 31 * DAY, a: 366 * DAY };

/** A day as an end is the whole day; a period that cannot be read is not known to have ended. */
function isWithin(extension: unknown, at: Date): boolean {
  const period = PeriodOfUse.safeParse(extension).data?.valuePeriod;
  if (period === undefined) return true;
  const start = Date.parse(period.start ?? '');
  const [lasting] = period.extension.filter(({ url }) => url === DURATION_OF_USE).flatMap((each) => DurationOfUse.safeParse(each).data?.valueDuration ?? []);
  const end = period.end === undefined ? start + (lasting === undefined ? Number.NaN : lasting.value * (durations[lasting.code] ?? Number.NaN)) : Date.parse(period.end) + (period.end.includes('T') ? 0 : DAY);
  return !(at.getTime() < start) && !(at.getTime() > end);
}

function toAgreement(resource: StoredResource['resource'], included: readonly StoredResource[]): Agreement {
  const { dosageInstruction } = Agreed.parse(resource);
  const doses = dosageInstruction.flatMap(({ doseAndRate }) => doseAndRate).flatMap(({ doseQuantity, doseRange }) => doseOf(doseQuantity ?? doseRange?.low, doseQuantity ?? doseRange?.high));
  return { reference: referenceTo(resource), products: productNames(resource, included), doses };
}

function doseOf(low: z.infer<typeof Quantity>, high: z.infer<typeof Quantity>): Agreement['doses'] {
  const most = high ?? low;
  if (most?.value === undefined || most.code === undefined || most.system !== UCUM) return [];
  return [{ least: low?.value ?? most.value, most: most.value, unit: most.code }];
}
