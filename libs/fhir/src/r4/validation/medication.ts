import type { ResourceIssue } from '../../fhir-failure.js';
import { UCUM } from '../code-systems.js';
import { doseUnits, G_STANDARD_UNITS, productLists, QUANTITY_TRANSLATION } from '../medication-lists.js';
import type { AllowedReference } from './allowed-reference.js';
import { error } from './issue.js';
import type { MedicationAdministration } from './structure/medication-administration.js';
import type { MedicationStatement } from './structure/medication-statement.js';

/** What use and administration of medication share (spec anw-fhir-profiles §9.2). */
type Medicated = Pick<MedicationStatement | MedicationAdministration, 'resourceType' | 'medicationReference' | 'medicationCodeableConcept'>;

/** "Product by reference that exists here". */
export const productReference: AllowedReference = {
  on: 'medicationReference',
  types: ['Medication'],
  among: 'record',
  notFound: (expression) => error('MED-PRODUCT', 'not-found', 'Het product is onbekend.', expression),
};

const listSystems: readonly string[] = Object.values(productLists);

/** One product, by reference or from a list of products; words alone are nobody's product. */
export function checkProduct({ resourceType, medicationReference, medicationCodeableConcept }: Medicated): readonly ResourceIssue[] {
  const at = `${resourceType}.medication`;
  if (medicationReference !== undefined && medicationCodeableConcept !== undefined) return [error('MED-PRODUCT', 'structure', 'Noem één product.', at)];
  if (medicationReference !== undefined) return [];
  const coded = (medicationCodeableConcept?.coding ?? []).filter(({ code }) => code !== undefined);
  if (coded.length === 0) return [error('MED-PRODUCT', 'required', 'Het product ontbreekt.', at)];
  return coded.some(({ system }) => listSystems.includes(system ?? '')) ? [] : [error('MED-PRODUCT', 'not-found', 'Het product staat in een onbekende lijst.', at)];
}

/** A number of something. */
export interface DoseQuantity {
  readonly value?: number | undefined;
  readonly comparator?: string | undefined;
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly extension?: readonly { readonly url: string; readonly valueQuantity?: unknown }[] | undefined;
}

/** "A dose above zero". */
export function checkDose(dose: DoseQuantity, at: string): readonly ResourceIssue[] {
  const above = dose.value !== undefined && dose.value > 0 && dose.comparator === undefined;
  return above ? [] : [error('MED-DOSE', 'business-rule', 'De dosis moet groter zijn dan nul.', at)];
}

/** "With G-Standaard and UCUM unit", the same amount in both, and units that mean the same where we know them. */
export function checkDoseUnit(dose: DoseQuantity, at: string): readonly ResourceIssue[] {
  const translations = (dose.extension ?? []).filter(({ url }) => url === QUANTITY_TRANSLATION).map(({ valueQuantity }) => valueQuantity as DoseQuantity);
  const [translated, ...others] = translations.filter(({ system }) => system === G_STANDARD_UNITS);
  const whole = dose.system === UCUM && dose.code !== undefined && translated?.code !== undefined && others.length === 0;
  const known = Object.values(doseUnits).find(({ gStandard }) => gStandard === translated?.code);
  const agrees = translated?.value === dose.value && (known === undefined || isSameUnit(known.ucum, dose.code));
  return whole && agrees ? [] : [error('MED-UNIT', 'code-invalid', 'Geef de eenheid van de dosis in G-Standaard en UCUM, met hetzelfde getal.', at)];
}

/** UCUM writes the litre as `l` and as `L`. */
export function isSameUnit(one: string | undefined, other: string | undefined): boolean {
  const plain = (unit: string | undefined) => unit?.replace(/^([a-z]?)L$/, '$1l');
  return one !== undefined && plain(one) === plain(other);
}
