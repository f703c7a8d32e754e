import type { ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import type { PublishedZib } from '../zibs.js';
import type { AllowedExtension } from './allowed-extension.js';
import type { AllowedReference } from './allowed-reference.js';
import type { RecordView } from './write-record.js';
import type { Written } from './written.js';

/** A zib that may be written back, or a part of one, with the rules that are its own. */
export interface WritableZib<T extends Written = Written> {
  readonly zib: PublishedZib;
  /** What the nurse and the day team call it. */
  readonly label: string;
  /** What must be said with the label for the number to mean anything: which eye. */
  readonly qualifierOf?: (resource: FhirResource) => string | undefined;
  readonly extensions?: readonly AllowedExtension[];
  readonly references?: readonly AllowedReference[];
  /** Statuses that are taken at create (G14); `final` when absent. */
  readonly statuses?: readonly string[];
  /** Told of another status, where the zib has words of its own. */
  readonly wrongStatus?: ResourceIssue;
  /** Rule id under which another author is refused. */
  readonly authorRule: string;
  /** Told to whoever claims the profile with another code. */
  readonly wrongCode?: ResourceIssue;
  /** Every fault and remark that the resource itself shows; structure, scope, time and status have been judged elsewhere. */
  // A method: the zib of a resource's own type is the one that is handed it.
  check(resource: T): readonly ResourceIssue[];
  /** What only the record can tell. Its references have been found by then. */
  checkInRecord?(resource: T, view: RecordView): Promise<readonly ResourceIssue[]>;
}
