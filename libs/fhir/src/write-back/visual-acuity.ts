import { visualAcuityZib } from '../r4/zibs.js';
import { type Coding, concept, listed, type Measured, noteOf, observation, quantity, snomed } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface VisualAcuityInput extends Measured {
  /** 0 to 2. */
  readonly acuity: number;
  readonly eye: 'left' | 'right' | 'both';
  readonly correction?: 'corrected' | 'uncorrected' | 'best-corrected' | undefined;
  readonly chart?: 'log-e' | 'snellen' | 'lea' | undefined;
  /** Metres between eye and chart. */
  readonly distance?: number | undefined;
}

const LATERALITY = 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality';

const sides = {
  left: snomed('7771000', 'links'),
  right: snomed('24028007', 'rechts'),
  both: snomed('51440002', 'rechts en links'),
} as const satisfies Record<VisualAcuityInput['eye'], Coding>;

/** Visus type (spec anw-fhir-profiles §5). */
const corrections = {
  corrected: snomed('397536007', 'gecorrigeerde visus'),
  uncorrected: snomed('420050001', 'ongecorrigeerde visus'),
  'best-corrected': snomed('419775003', 'best-gecorrigeerde visus'),
} as const satisfies Record<NonNullable<VisualAcuityInput['correction']>, Coding>;

/** Visus chart (spec anw-fhir-profiles §5). */
const charts = {
  'log-e': chart('1', 'LogMAR E-kaart'),
  snellen: chart('2', 'Snellen Letterkaart'),
  lea: chart('3', 'LEA-kaart'),
} as const satisfies Record<NonNullable<VisualAcuityInput['chart']>, Coding>;

function chart(code: string, display: string): Coding {
  return { system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.27', code, display };
}

/** Components have no place of their own: which it was, its rule tells. */
const fields: ElementFields<FieldOf<VisualAcuityInput>> = [
  ['Observation.value', 'acuity'],
  ['Observation.bodySite', 'eye'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Visus as `nl-core-VisualAcuity`, of one eye or of both together. */
export const visualAcuityKind: WriteKind<VisualAcuityInput> = {
  label: 'Visus',
  steps: ({ acuity, eye, correction, chart: read, distance, measuredAt, note }, subject) => {
    const component = listed<object>(
      distance === undefined ? undefined : { code: concept(snomed('152731000146106', 'afstand tot visuskaart')), valueQuantity: quantity(distance, 'm', 'm') },
      correction && { code: concept(snomed('16830007', 'onderzoek van visus')), valueCodeableConcept: concept(corrections[correction]) },
      read && { code: concept(snomed('363691001', 'verrichting ingedeeld naar hulpmiddel (verrichting)')), valueCodeableConcept: concept(charts[read]) },
    );
    return singleStep(
      'visual-acuity',
      observation({
        profile: visualAcuityZib.profile,
        code: [snomed('260246004', 'bevinding betreffende visus')],
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(acuity, '1', '1'),
        bodySite: { extension: [{ url: LATERALITY, valueCodeableConcept: concept(sides[eye]) }], ...concept(snomed('81745001', 'oog')) },
        ...noteOf(note),
        ...(component.length === 0 ? {} : { component }),
      }),
      subject,
    );
  },
  // The distance, where given, is the first component; the others are choices that cannot be wrong.
  fieldOf: (_step, expression) => fieldAt(fields, expression) ?? fieldAt([['Observation.component[0]', 'distance']], expression),
};
