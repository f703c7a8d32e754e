import { z } from 'zod';
import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { deviationReasons, G_STANDARD_ROUTES, NULL_FLAVOR, QUANTITY_TRANSLATION, REASON_FOR_DEVIATION } from '../medication-lists.js';
import { medicationAdministrationZib } from '../zibs.js';
import { type Agreement, currentAgreements, productNames } from './agreements.js';
import { allowedExtension } from './allowed-extension.js';
import type { AllowedReference } from './allowed-reference.js';
import { error, warning } from './issue.js';
import { checkDose, checkDoseUnit, checkProduct, isSameUnit, productReference } from './medication.js';
import { CodeableConcept } from './structure/datatypes.js';
import type { MedicationAdministration } from './structure/medication-administration.js';
import type { WritableZib } from './writable-zib.js';
import type { RecordView } from './write-record.js';

const EXTENSION = 'MedicationAdministration.extension';
const DOSAGE = 'MedicationAdministration.dosage';
const MOST_TIMES = 10;

/** The medication agreement that was followed. */
const request: AllowedReference = {
  on: 'request',
  types: ['MedicationRequest'],
  among: 'record',
  notFound: (expression) => error('MED-AGREEMENT', 'not-found', 'De afspraak is onbekend.', expression),
};

/** MedicatieToediening2 (spec anw-fhir-profiles §3.6, §9.2): what was given, or was not and why. */
export const writableMedicationAdministration: WritableZib<MedicationAdministration> = {
  zib: medicationAdministrationZib,
  label: 'Medicatietoediening',
  authorRule: 'MED-AUTHOR',
  wrongCode: error('MED-CATEGORY', 'code-invalid', 'Verkeerde categorie.', 'MedicationAdministration.category'),
  extensions: [
    allowedExtension(REASON_FOR_DEVIATION, '', 'valueCodeableConcept'),
    allowedExtension('http://nictiz.nl/fhir/StructureDefinition/ext-RegistrationDateTime', '', 'valueDateTime'),
    allowedExtension('http://nictiz.nl/fhir/StructureDefinition/ext-PharmaceuticalTreatment.Identifier', '', 'valueIdentifier'),
    allowedExtension(QUANTITY_TRANSLATION, 'dosage.dose', 'valueQuantity'),
  ],
  references: [productReference, request],
  statuses: ['completed', 'not-done'],
  check: (administration) => [...checkProduct(administration), ...checkGiven(administration), ...checkReason(administration)],
  checkInRecord: checkAgainstAgreements,
};

/** "Dose > 0 with G-Standaard and UCUM unit; route". Of what was not given there is no dose to tell. */
function checkGiven({ status, dosage }: MedicationAdministration): readonly ResourceIssue[] {
  const { dose, route } = dosage ?? {};
  if (status === 'not-done') return dosage === undefined ? [] : [error('MED-DOSE', 'business-rule', 'Er is niet toegediend, dus er is geen dosis.', DOSAGE)];
  return [
    ...(dose === undefined ? [error('MED-DOSE', 'required', 'De dosis ontbreekt.', DOSAGE)] : [...checkDose(dose, DOSAGE), ...checkDoseUnit(dose, `${DOSAGE}.dose`)]),
    ...(isRoute(route) ? [] : [error('MED-ROUTE', route === undefined ? 'required' : 'code-invalid', 'Geef de toedieningsweg uit de G-Standaard.', `${DOSAGE}.route`)]),
  ];
}

/** Table 7 of the G-Standaard, whose codes are numbers. */
function isRoute(route: z.infer<typeof CodeableConcept> | undefined): boolean {
  return (route?.coding ?? []).some(({ system, code }) => system === G_STANDARD_ROUTES && /^\d{1,6}$/.test(code ?? ''));
}

const Deviation = z.object({ url: z.literal(REASON_FOR_DEVIATION), valueCodeableConcept: CodeableConcept });

function reasonsOf({ extension = [] }: MedicationAdministration): readonly z.infer<typeof CodeableConcept>[] {
  return extension.flatMap((each) => Deviation.safeParse(each).data?.valueCodeableConcept ?? []);
}

/** "`not-done` needs a reason for deviation", from the list; "another reason" is said in words. */
function checkReason(administration: MedicationAdministration): readonly ResourceIssue[] {
  const reasons = reasonsOf(administration);
  if (administration.status === 'not-done' && reasons.length === 0) return [error('MED-REASON', 'required', 'Geef de reden waarom niet is toegediend.', EXTENSION)];
  if (reasons.length > 1) return [error('MED-REASON', 'structure', 'Geef één reden.', EXTENSION)];
  return reasons.every(isKnownReason) ? [] : [error('MED-REASON', 'code-invalid', 'Onbekende reden; kies er een uit de lijst of geef "overig" met uitleg.', EXTENSION)];
}

function isKnownReason({ coding = [], text = '' }: z.infer<typeof CodeableConcept>): boolean {
  return coding.some(({ system, code = '' }) => (system === SNOMED_CT && deviationReasons.includes(code)) || (system === NULL_FLAVOR && code === 'OTH' && text.trim() !== ''));
}

/** "Product that is on an agreement of this patient, else reason"; "within 10x the agreed dose". */
async function checkAgainstAgreements(administration: MedicationAdministration, view: RecordView): Promise<readonly ResourceIssue[]> {
  const names = productNames(administration, view.references.map(({ stored }) => stored));
  const at = new Date(administration.effectiveDateTime ?? administration.effectivePeriod?.start ?? Number.NaN);
  const agreements = (await currentAgreements(view, at)).filter(({ products }) => [...names].some((name) => products.has(name)));
  if (agreements.length > 0) return checkAgreedDose(administration, agreements);
  if (reasonsOf(administration).length > 0) return [warning('MED-AGREEMENT', 'Toediening zonder lopende afspraak.', 'MedicationAdministration.medication')];
  return [error('MED-REASON', 'required', 'Voor dit product is er geen lopende afspraak; geef de reden van toediening.', EXTENSION)];
}

function checkAgreedDose({ dosage }: MedicationAdministration, agreements: readonly Agreement[]): readonly ResourceIssue[] {
  const { value, code } = dosage?.dose ?? {};
  const agreed = agreements.flatMap(({ doses }) => doses);
  if (value === undefined || agreed.length === 0) return [];
  const comparable = agreed.filter(({ unit }) => isSameUnit(unit, code));
  if (comparable.length === 0) return [warning('MED-UNIT', 'De eenheid is anders dan in de afspraak; controleer de dosis.', DOSAGE)];
  const fits = comparable.some(({ least, most }) => value <= most * MOST_TIMES && value >= least / MOST_TIMES);
  return fits ? [] : [error('MED-DOSE', 'business-rule', 'De dosis moet groter zijn dan nul en bij de afspraak passen.', DOSAGE)];
}
