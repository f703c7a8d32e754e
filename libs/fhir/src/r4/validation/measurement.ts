import type { ResourceIssue } from '../../fhir-failure.js';
import type { PublishedZib } from '../zibs.js';
import { checkKnownComponents, type KnownComponent } from './components.js';
import { error } from './issue.js';
import { checkMeasuredValue, type Measure } from './measured-value.js';
import type { Observation, ObservationComponent } from './structure/observation.js';
import { checkVitalSign } from './vital-signs.js';
import type { WritableZib } from './writable-zib.js';

/** What is measured as one number. */
export interface Measurement {
  readonly measure: Measure;
  /** What the zib knows beside the number. */
  readonly components?: readonly KnownComponent[];
}

export interface VitalSign extends Measurement, Pick<WritableZib<Observation>, 'wrongCode' | 'references' | 'checkInRecord'> {
  readonly zib: PublishedZib;
  readonly label: string;
  /** Rules that no other vital sign has. */
  readonly checkOwnRules?: (observation: Observation) => readonly ResourceIssue[];
}

/** A vital sign that is one number: the rules of all vital signs, of the number, and its own (spec anw-fhir-profiles §2, §9.2). */
export function writableVitalSign({ zib, label, checkOwnRules, measure, components, ...more }: VitalSign): WritableZib<Observation> {
  return {
    zib,
    label,
    ...more,
    authorRule: 'VS-AUTHOR',
    check: (observation) => [...checkVitalSign(observation), ...checkMeasurement(observation, { measure, ...(components && { components }) }), ...(checkOwnRules?.(observation) ?? [])],
  };
}

/** One number in a unit that is meant, within its limits, and components that say something. */
export function checkMeasurement(observation: Observation, { measure, components = [] }: Measurement): readonly ResourceIssue[] {
  return [...checkOneValue(observation, measure), ...checkKnownComponents(observation, components, 'VS-COMPONENT'), ...checkOtherComponents(observation, components)];
}

function checkOneValue(observation: Observation, measure: Measure): readonly ResourceIssue[] {
  const others = valuesIn(observation).some((name) => name !== 'valueQuantity');
  if (others) return [error('VS-VALUE', 'structure', 'Een meting heeft alleen een getal met eenheid als waarde.', 'Observation.value')];
  const issues = checkMeasuredValue(observation.valueQuantity, measure, 'Observation.value');
  // obs-6: "dataAbsentReason SHALL only be present if Observation.value[x] is not present".
  const contradicts = observation.valueQuantity !== undefined && observation.dataAbsentReason !== undefined;
  return contradicts ? [...issues, error('VS-VALUE', 'invariant', 'Er is een meetwaarde en een reden waarom die er niet is.', 'Observation.dataAbsentReason')] : issues;
}

/** vs-3: a component that no rule of the zib has judged has a value, or says why not. */
function checkOtherComponents(observation: Observation, known: readonly KnownComponent[]): readonly ResourceIssue[] {
  return (observation.component ?? []).flatMap((component, index) => {
    if (isKnown(component, known) || valuesIn(component).length > 0 || component.dataAbsentReason !== undefined) return [];
    return [error('VS-COMPONENT', 'invariant', 'Een onderdeel van de meting heeft geen waarde.', `Observation.component[${index}].value`)];
  });
}

function isKnown({ code }: ObservationComponent, known: readonly KnownComponent[]): boolean {
  return (code.coding ?? []).some((coding) => known.some((each) => each.system === coding.system && each.code === coding.code));
}

/** The elements of the choice `value[x]` that are there. */
function valuesIn(element: Observation | ObservationComponent): readonly string[] {
  return Object.keys(element).filter((name) => /^value[A-Z]/.test(name));
}
