import type { ResourceIssue } from '../../fhir-failure.js';
import { error } from './issue.js';
import type { Observation, ObservationComponent } from './structure/observation.js';

export interface FoundComponent {
  readonly component: ObservationComponent;
  /** Place among all components, for the expression. */
  readonly index: number;
}

/** A component that a zib knows besides its value: at most once, and its value as the zib wants it (spec anw-fhir-profiles §5). */
export interface KnownComponent {
  readonly system: string;
  readonly code: string;
  /** Under which a value that is not accepted is refused, in these words. */
  readonly rule: string;
  readonly text: string;
  readonly accepts: (component: ObservationComponent) => boolean;
}

export function componentsOf(observation: Observation, wanted: { readonly system: string; readonly code: string }): readonly FoundComponent[] {
  return (observation.component ?? [])
    .map((component, index) => ({ component, index }))
    .filter(({ component }) => (component.code.coding ?? []).some(({ system, code }) => system === wanted.system && code === wanted.code));
}

/** Components outside `known` are let be: slicing is open (§2). A repeated one is refused under `repeatedRule`. */
export function checkKnownComponents(observation: Observation, known: readonly KnownComponent[], repeatedRule: string): readonly ResourceIssue[] {
  return known.flatMap((each) => {
    const found = componentsOf(observation, each);
    const repeated = found.length > 1 ? [error(repeatedRule, 'structure', 'Een onderdeel van de meting komt meer dan eens voor.', 'Observation.component')] : [];
    const refused = found.filter(({ component }) => !each.accepts(component));
    return [...repeated, ...refused.map(({ index }) => error(each.rule, 'code-invalid', each.text, `Observation.component[${index}].value`))];
  });
}

/** A required list: one of these codes must be there. */
export function isFromList(listSystem: string, list: readonly string[]): KnownComponent['accepts'] {
  return ({ valueCodeableConcept }) => (valueCodeableConcept?.coding ?? []).some(({ system, code }) => system === listSystem && code !== undefined && list.includes(code));
}

/** A concept, coded or not: for lists that others may extend. */
export function isConcept({ valueCodeableConcept }: ObservationComponent): boolean {
  return valueCodeableConcept !== undefined;
}
