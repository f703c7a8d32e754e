import type { ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import type { Zib } from '../zibs.js';
import type { AllowedExtension } from './check-content.js';
import type { Observation } from './structure/observation.js';

/** A zib that may be written back, with the rules that are its own. */
export interface WritableZib {
  readonly zib: Zib;
  /** What the nurse and the day team call it. */
  readonly label: string;
  /** What must be said with the label for the number to mean anything: which eye. */
  readonly qualifierOf?: (resource: FhirResource) => string | undefined;
  readonly extensions: readonly AllowedExtension[];
  /** Rule id under which another author is refused. */
  readonly authorRule: string;
  /** Told to whoever claims the profile with another code. */
  readonly wrongCode?: ResourceIssue;
  /** Every fault and remark; structure, scope, time and status have been judged elsewhere. */
  readonly check: (observation: Observation) => readonly ResourceIssue[];
}
