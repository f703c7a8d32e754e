import type { ResourceIssue } from '../../fhir-failure.js';
import type { Zib } from '../zibs.js';
import type { AllowedExtension } from './check-content.js';
import type { Observation } from './structure/observation.js';

/** A zib that may be written back, with the rules that are its own. */
export interface WritableZib {
  readonly zib: Zib;
  readonly extensions: readonly AllowedExtension[];
  /** Rule id under which another author is refused. */
  readonly authorRule: string;
  /** Every fault and remark; structure, scope, time and status have been judged elsewhere. */
  readonly check: (observation: Observation) => readonly ResourceIssue[];
}
