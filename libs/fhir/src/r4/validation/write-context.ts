import type { PatientId } from '@anw/values';
import type { WriteOrigin } from '../../fhir-source.js';

/** What the token says about a write: whose record, who writes, on which authorization, and when it is now. */
export interface WriteContext {
  readonly patient: PatientId;
  readonly origin: WriteOrigin;
  /** Start of the authorization; nothing older can come from it (G13). */
  readonly authorizedFrom: Date;
  readonly now: Date;
}
