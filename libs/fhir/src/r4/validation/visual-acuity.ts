import { z } from 'zod';
import type { ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import { SNOMED_CT, UCUM } from '../code-systems.js';
import { valuesAt } from '../resource-facts.js';
import { visualAcuityZib } from '../zibs.js';
import { allowedExtension } from './allowed-extension.js';
import { isConcept, type KnownComponent } from './components.js';
import { error } from './issue.js';
import { checkMeasurement, type Measurement } from './measurement.js';
import { CodeableConcept } from './structure/datatypes.js';
import type { Observation } from './structure/observation.js';
import type { WritableZib } from './writable-zib.js';

const LATERALITY = 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality';
const EYE = '81745001';

/** By SNOMED CT code of the laterality. */
const eyes: ReadonlyMap<string, string> = new Map([
  ['7771000', 'linkeroog'],
  ['24028007', 'rechteroog'],
  ['51440002', 'beide ogen'],
]);

const Laterality = z.strictObject({ url: z.literal(LATERALITY), valueCodeableConcept: CodeableConcept });

/** Lists of type and chart are extensible, so any concept will do (spec anw-fhir-profiles §5). */
const components: readonly KnownComponent[] = [
  { system: SNOMED_CT, code: '16830007', rule: 'VISUS-TYPE', text: 'Geef de soort visus als keuze uit een lijst.', accepts: isConcept },
  { system: SNOMED_CT, code: '363691001', rule: 'VISUS-CHART', text: 'Geef de visuskaart als keuze uit een lijst.', accepts: isConcept },
  {
    system: SNOMED_CT,
    code: '152731000146106',
    rule: 'VISUS-DISTANCE',
    text: 'Geef de afstand tot de kaart in meters.',
    accepts: ({ valueQuantity }) => valueQuantity?.system === UCUM && valueQuantity.code === 'm' && (valueQuantity.value ?? 0) > 0,
  },
];

const acuity: Measurement = {
  measure: {
    units: { '1': { hard: [0, 2], soft: [0, 2] } },
    unitRule: 'VISUS-UNIT',
    unitText: 'Eenheid moet 1 zijn.',
    outOfRange: error('VISUS-RANGE', 'invalid', 'Visus ligt tussen 0 en 2.', 'Observation.value'),
  },
  components,
};

/** Visus (spec anw-fhir-profiles §3.1, §9.2): no vital sign, so without its category. */
export const writableVisualAcuity: WritableZib<Observation> = {
  zib: visualAcuityZib,
  label: 'Visus',
  qualifierOf: eyeOf,
  extensions: [allowedExtension(LATERALITY, 'bodySite', 'valueCodeableConcept')],
  authorRule: 'VS-AUTHOR',
  check: (observation) => [...checkMeasurement(observation, acuity), ...checkEye(observation)],
};

function eyeOf(resource: FhirResource): string | undefined {
  const [side] = valuesAt(resource, ['bodySite', 'extension', 'valueCodeableConcept', 'coding', 'code']).filter((code) => typeof code === 'string' && eyes.has(code));
  return eyes.get(String(side));
}

/** "Eye with laterality": which eye is said once. */
function checkEye({ bodySite }: Observation): readonly ResourceIssue[] {
  const isEye = hasCoding(bodySite, [EYE]);
  const [side, ...others] = bodySite?.extension ?? [];
  const laterality = Laterality.safeParse(side);
  const isSaid = isEye && others.length === 0 && laterality.success && hasCoding(laterality.data.valueCodeableConcept, [...eyes.keys()]);
  return isSaid ? [] : [error('VISUS-EYE', 'required', 'Geef aan welk oog.', 'Observation.bodySite')];
}

function hasCoding(concept: Pick<z.infer<typeof CodeableConcept>, 'coding'> | undefined, codes: readonly string[]): boolean {
  return (concept?.coding ?? []).some(({ system, code }) => system === SNOMED_CT && code !== undefined && codes.includes(code));
}
