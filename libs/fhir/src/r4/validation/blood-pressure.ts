import type { ResourceIssue } from '../../fhir-failure.js';
import { LOINC, SNOMED_CT } from '../code-systems.js';
import { bloodPressureZib } from '../zibs.js';
import { allowedExtension } from './allowed-extension.js';
import { checkKnownComponents, componentsOf, type FoundComponent, isFromList, type KnownComponent } from './components.js';
import { error } from './issue.js';
import { checkMeasuredValue, type Limits } from './measured-value.js';
import type { Observation, ObservationComponent } from './structure/observation.js';
import { checkVitalSign } from './vital-signs.js';
import type { WritableZib } from './writable-zib.js';

const MILLIMETRE_MERCURY = 'mm[Hg]';

const pressures = {
  systolic: { system: LOINC, code: '8480-6', limits: { hard: [20, 350], soft: [70, 220] } },
  diastolic: { system: LOINC, code: '8462-4', limits: { hard: [10, 250], soft: [40, 130] } },
  average: { system: SNOMED_CT, code: '6797001', limits: { hard: [10, 350], soft: [10, 350] } },
} as const satisfies Record<string, { system: string; code: string; limits: Limits }>;

/** Components that are chosen from a required list (spec anw-fhir-profiles §5). */
const codedComponents: readonly KnownComponent[] = [
  { rule: 'BP-ENDPOINT', text: 'Onbekend diastolisch eindpunt.', system: SNOMED_CT, code: '85549003', accepts: isFromList(SNOMED_CT, ['255271000', '255272007']) },
  {
    rule: 'BP-CUFF',
    text: 'Onbekend type manchet.',
    system: SNOMED_CT,
    code: '70665002',
    accepts: isFromList('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1', ['STD', 'L', 'S', 'XL', 'KIND', 'JONGKIND', 'NEONAAT']),
  },
];

/** Bloeddruk (spec anw-fhir-profiles §3.1, §9.2). */
export const writableBloodPressure: WritableZib<Observation> = {
  zib: bloodPressureZib,
  label: 'Bloeddruk',
  extensions: [allowedExtension('http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', '', 'valueCodeableConcept')],
  authorRule: 'VS-AUTHOR',
  check: (observation) => [...checkVitalSign(observation), ...checkNoOwnValue(observation), ...checkPressures(observation), ...checkKnownComponents(observation, codedComponents, 'BP-COMPONENT')],
};

/** The panel is its components. */
function checkNoOwnValue(observation: Observation): readonly ResourceIssue[] {
  const own = Object.keys(observation).some((name) => /^value[A-Z]/.test(name));
  return own ? [error('BP-VALUE', 'structure', 'Een bloeddruk heeft alleen een bovendruk en een onderdruk, geen eigen waarde.', 'Observation.value')] : [];
}

function checkPressures(observation: Observation): readonly ResourceIssue[] {
  const systolic = componentsOf(observation, pressures.systolic);
  const diastolic = componentsOf(observation, pressures.diastolic);
  const average = componentsOf(observation, pressures.average);
  return [
    ...checkOnce(systolic, 1, 'De bovendruk (8480-6) ontbreekt.', 'De bovendruk (8480-6) komt meer dan eens voor.'),
    ...checkOnce(diastolic, 1, 'De onderdruk (8462-4) ontbreekt.', 'De onderdruk (8462-4) komt meer dan eens voor.'),
    ...checkOnce(average, 0, '', 'De gemiddelde bloeddruk komt meer dan eens voor.'),
    ...systolic.flatMap((found) => checkPressure(found, pressures.systolic.limits)),
    ...diastolic.flatMap((found) => checkPressure(found, pressures.diastolic.limits)),
    ...average.flatMap((found) => checkPressure(found, pressures.average.limits)),
    ...checkOrder(systolic[0]?.component, diastolic[0]?.component),
  ];
}

function checkOnce(found: readonly FoundComponent[], least: 0 | 1, missing: string, repeated: string): readonly ResourceIssue[] {
  if (found.length < least) return [error('BP-COMPONENT', 'required', missing, 'Observation.component')];
  return found.length > 1 ? [error('BP-COMPONENT', 'structure', repeated, 'Observation.component')] : [];
}

function checkPressure({ component, index }: FoundComponent, limits: Limits): readonly ResourceIssue[] {
  const measure = { units: { [MILLIMETRE_MERCURY]: limits }, unitRule: 'BP-UNIT', unitText: 'Eenheid moet mm[Hg] zijn.' };
  return checkMeasuredValue(component.valueQuantity, measure, `Observation.component[${index}].value`);
}

/** Compared only where both are numbers in the same unit; otherwise another rule has spoken already. */
function checkOrder(systolic: ObservationComponent | undefined, diastolic: ObservationComponent | undefined): readonly ResourceIssue[] {
  const [upper, lower] = [systolic?.valueQuantity, diastolic?.valueQuantity];
  if (upper?.value === undefined || lower?.value === undefined || upper.code !== lower.code) return [];
  return upper.value > lower.value ? [] : [error('BP-ORDER', 'business-rule', 'De onderdruk is niet lager dan de bovendruk.', 'Observation.component')];
}
