/** Number of a check in the chapter on security and trust (design §5). */
export type CheckNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Why a check said no. Closed: a new reason must be placed in every table that answers it. */
export type DenialReason =
  | 'no-client-certificate'
  | 'certificate-not-trusted'
  | 'system-not-processor-of-actor'
  | 'employee-missing'
  | 'employee-incomplete'
  | 'employee-stale'
  | 'assurance-too-low'
  | 'employee-of-another-organisation'
  | 'presentation-not-signed-by-actor'
  | 'authorization-missing'
  | 'authorization-malformed'
  | 'authorization-for-another-actor'
  | 'authorization-for-another-custodian'
  | 'authorization-for-another-purpose'
  | 'authorization-for-another-practitioner'
  | 'authorization-not-yet-valid'
  | 'authorization-expired'
  | 'authorization-too-long'
  | 'authorization-revoked'
  | 'authorization-status-unknown'
  | 'regisseur-not-on-allowlist'
  | 'delegation-unknown'
  | 'delegation-of-another-regisseur'
  | 'delegation-not-valid'
  | 'patient-handle-unknown'
  | 'patient-handle-of-another-regisseur'
  | 'patient-not-enrolled'
  | 'not-evaluated';

/** The fact a verdict rests on and where it came from, for the decision record (design D16). No BSN, no name, no token. */
export interface Fact {
  readonly source: 'connection' | 'presentation' | 'employee-credential' | 'authorization-credential' | 'did-document' | 'status-list' | 'revocations' | 'allowlist' | 'delegation' | 'enrolment' | 'clock' | 'none';
  readonly value: string;
}

export type Verdict =
  | { readonly check: CheckNumber; readonly granted: true; readonly fact: Fact }
  | { readonly check: CheckNumber; readonly granted: false; readonly reason: DenialReason; readonly fact: Fact };

/** All eight, in the specification's order; the answer follows the first denial. */
export interface Decision {
  readonly granted: boolean;
  readonly verdicts: readonly Verdict[];
  readonly firstDenial?: { readonly check: CheckNumber; readonly reason: DenialReason };
}
