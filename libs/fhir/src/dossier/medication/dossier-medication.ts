import { z } from 'zod';
import { type DoseUnit, doseUnits, G_STANDARD_ROUTES, type ProductList, productLists } from '../../r4/medication-lists.js';
import type { DoseInput, ProductInput, RouteInput } from '../../write-back/medication.js';
import { printConcept } from '../elements/print-concept.js';
import { type Concept, type Quantity, readable, type Reference } from '../elements/readable.js';

/** What a nurse takes over from a line of the dossier when she writes that it was given or is used. */
export interface DossierMedication {
  readonly product: ProductInput;
  /** `MedicationRequest/…`, of an agreement. */
  readonly agreement?: string;
  readonly dose?: DoseInput;
  readonly route?: RouteInput;
}

interface ReadMedicationLine {
  readonly medicationReference?: Reference | undefined;
  readonly medicationCodeableConcept?: Concept | undefined;
  readonly dosage: readonly { readonly route?: Concept | undefined; readonly [element: string]: unknown }[];
}

const MOST_NAME_CHARACTERS = 255;
const LocalMedication = /^Medication\/[A-Za-z0-9.-]{1,64}$/;
const DoseAndRate = z.array(z.looseObject({ doseQuantity: readable.quantity }).catch({ doseQuantity: undefined })).catch([]);

/** Undefined when the source names the product in no way that it takes back. Dose and route only where the source gives one of each. @param label what the line calls the product */
export function dossierMedication({ dosage, ...line }: ReadMedicationLine, label: string): Omit<DossierMedication, 'agreement'> | undefined {
  const product = productInput(line, label.slice(0, MOST_NAME_CHARACTERS));
  if (product === undefined) return undefined;
  const [only, ...others] = dosage;
  if (only === undefined || others.length > 0) return { product };
  const [dose, ...otherDoses] = DoseAndRate.parse(only['doseAndRate'] ?? []);
  const amount = otherDoses.length === 0 ? doseInput(dose?.doseQuantity) : undefined;
  const route = routeInput(only.route);
  return { product, ...(amount && { dose: amount }), ...(route && { route }) };
}

function productInput({ medicationReference, medicationCodeableConcept }: Omit<ReadMedicationLine, 'dosage'>, name: string): ProductInput | undefined {
  const reference = medicationReference?.reference;
  if (reference !== undefined && LocalMedication.test(reference)) return { reference, name };
  const lists = Object.keys(productLists) as ProductList[];
  return (medicationCodeableConcept?.coding ?? []).flatMap(({ system, code }) => lists.flatMap((list) => (system === productLists[list] && code !== undefined && code.length <= 64 ? [{ list, code, name }] : [])))[0];
}

/** In the words of the source where we know them; a bare number in UCUM alone is no unit. */
function doseInput(quantity: Quantity | undefined): DoseInput | undefined {
  if (quantity?.value === undefined || quantity.comparator !== undefined) return undefined;
  const units = Object.keys(doseUnits) as DoseUnit[];
  const byWord = units.find((unit) => unit === quantity.unit);
  const byCode = units.filter((unit) => doseUnits[unit].ucum === quantity.code);
  const unit = byWord ?? (byCode.length === 1 ? byCode[0] : undefined);
  return unit === undefined ? undefined : { amount: quantity.value, unit };
}

function routeInput(route: Concept | undefined): RouteInput | undefined {
  const code = route?.coding.find(({ system }) => system === G_STANDARD_ROUTES)?.code;
  const name = printConcept(route);
  return code === undefined || code.length > 16 || name === undefined ? undefined : { code, name: name.slice(0, MOST_NAME_CHARACTERS) };
}
