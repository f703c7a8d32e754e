import { z } from 'zod';
import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { DURATION_OF_USE, QUANTITY_TRANSLATION, STOP_TYPE, STOPPED, SUSPENDED } from '../medication-lists.js';
import { medicationUseZib } from '../zibs.js';
import { allowedExtension } from './allowed-extension.js';
import type { AllowedReference } from './allowed-reference.js';
import { error } from './issue.js';
import { checkDose, checkProduct, productReference } from './medication.js';
import { CodeableConcept } from './structure/datatypes.js';
import type { MedicationStatement } from './structure/medication-statement.js';
import { MEDICATION_USE_AUTHOR } from './writable-type.js';
import type { WritableZib } from './writable-zib.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';
const DOSE = 'dosage.doseAndRate.doseQuantity';

/** "Source of information": the client, somebody close to her, or a professional of this record or of the actor. */
const informationSource: AllowedReference = {
  on: 'informationSource',
  types: ['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization'],
  among: 'record',
  orAuthor: true,
  notFound: (expression) => error('MED-SOURCE', 'not-found', 'De bron van de informatie is onbekend.', expression),
};

const prescriber: AllowedReference = {
  on: 'extension.valueReference',
  types: ['Practitioner', 'PractitionerRole', 'Organization'],
  among: 'record',
  orAuthor: true,
  notFound: (expression) => error('G9-REFERENCE', 'business-rule', 'De voorschrijver is onbekend.', expression),
};

/** What it follows from: an agreement of this patient. */
const agreement: AllowedReference = {
  on: 'derivedFrom',
  types: ['MedicationRequest', 'MedicationDispense'],
  among: 'record',
  notFound: (expression) => error('G9-REFERENCE', 'business-rule', 'De afspraak is onbekend.', expression),
};

/** MedicatieGebruik2 (spec anw-fhir-profiles §3.6, §9.2): what the client really takes, and who says so. */
export const writableMedicationUse: WritableZib<MedicationStatement> = {
  zib: medicationUseZib,
  label: 'Medicatiegebruik',
  authorRule: 'MED-AUTHOR',
  wrongCode: error('MED-CATEGORY', 'code-invalid', 'Verkeerde categorie.', 'MedicationStatement.category'),
  extensions: [
    allowedExtension(STOP_TYPE, '', 'valueCodeableConcept', 'modifier'),
    allowedExtension(MEDICATION_USE_AUTHOR, '', 'valueReference'),
    allowedExtension(`${NICTIZ}/ext-MedicationUse2.Prescriber`, '', 'valueReference'),
    allowedExtension(`${NICTIZ}/ext-AsAgreedIndicator`, '', 'valueBoolean'),
    allowedExtension(`${NICTIZ}/ext-RenderedDosageInstruction`, '', 'valueString'),
    allowedExtension(`${NICTIZ}/ext-PharmaceuticalTreatment.Identifier`, '', 'valueIdentifier'),
    allowedExtension(DURATION_OF_USE, 'effectivePeriod', 'valueDuration'),
    allowedExtension(`${NICTIZ}/ext-Context-EpisodeOfCare`, 'context', 'valueReference'),
    allowedExtension(`${NICTIZ}/ext-ResourceCategory`, 'derivedFrom', 'valueCodeableConcept'),
    ...[DOSE, 'dosage.doseAndRate.doseRange.low', 'dosage.doseAndRate.doseRange.high'].map((on) => allowedExtension(QUANTITY_TRANSLATION, on, 'valueQuantity')),
  ],
  references: [productReference, informationSource, prescriber, agreement],
  statuses: ['active', 'completed', 'stopped', 'on-hold', 'not-taken'],
  check: (use) => [...checkProduct(use), ...checkSource(use), ...checkPeriod(use), ...checkStopType(use), ...checkDoses(use)],
};

function checkSource(use: MedicationStatement): readonly ResourceIssue[] {
  return use.informationSource === undefined ? [error('MED-SOURCE', 'required', 'Geef aan van wie deze informatie komt.', 'MedicationStatement.informationSource')] : [];
}

/** per-1: "if present, start SHALL have a lower value than end". */
function checkPeriod({ effectivePeriod, effectiveDateTime }: MedicationStatement): readonly ResourceIssue[] {
  const moments = [effectiveDateTime, effectivePeriod?.start, effectivePeriod?.end].filter((moment) => moment !== undefined);
  if (moments.some((moment) => Number.isNaN(Date.parse(moment)))) return [error('MED-PERIOD', 'invalid', 'Deze datum bestaat niet.', 'MedicationStatement.effective')];
  const { start, end } = effectivePeriod ?? {};
  const reversed = start !== undefined && end !== undefined && Date.parse(start) > Date.parse(end);
  return reversed ? [error('MED-PERIOD', 'invariant', 'Het einde van het gebruik ligt vóór het begin.', 'MedicationStatement.effective')] : [];
}

const StopType = z.object({ url: z.literal(STOP_TYPE), valueCodeableConcept: CodeableConcept });
const STOP = 'MedicationStatement.modifierExtension';
/** Which statuses each stop type can stand beside; a client that reads one alone must not read the opposite of the other. */
const statusesOf: ReadonlyMap<string, readonly string[]> = new Map([
  [SUSPENDED, ['on-hold', 'not-taken']],
  [STOPPED, ['stopped', 'completed', 'not-taken']],
]);

function checkStopType({ modifierExtension = [], status = '' }: MedicationStatement): readonly ResourceIssue[] {
  if (modifierExtension.length > 1) return [error('MED-STOP', 'structure', 'Geef ten hoogste één stoptype.', STOP)];
  const [given] = modifierExtension.map((each) => (StopType.safeParse(each).data?.valueCodeableConcept.coding ?? []).find(({ system, code }) => system === SNOMED_CT && statusesOf.has(code ?? ''))?.code ?? '');
  if (given === undefined) return [];
  const statuses = statusesOf.get(given);
  if (statuses === undefined) return [error('MED-STOP', 'code-invalid', 'Onbekend stoptype.', STOP)];
  return statuses.includes(status) ? [] : [error('MED-STOP', 'invariant', 'Het stoptype en de status spreken elkaar tegen.', STOP)];
}

function checkDoses({ dosage = [] }: MedicationStatement): readonly ResourceIssue[] {
  return dosage.flatMap(({ doseAndRate = [] }, index) => {
    const doses = doseAndRate.flatMap(({ doseQuantity, doseRange }) => [doseQuantity, doseRange?.high]).filter((dose) => dose !== undefined);
    return doses.flatMap((dose) => checkDose(dose, `MedicationStatement.dosage[${index}]`));
  });
}
