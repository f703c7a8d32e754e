/** Number of a check in the chapter on security and trust (design §5). */
export type CheckNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Why a check said no. Closed: a new reason must be placed in every table that answers it. */
export const denialReasons = [
  'no-client-certificate',
  'certificate-not-trusted',
  'certificate-outside-validity',
  'certificate-revoked',
  'certificate-status-unknown',
  'system-not-processor-of-actor',
  'employee-missing',
  'employee-incomplete',
  'employee-stale',
  'assurance-too-low',
  'employee-of-another-organisation',
  'presentation-not-signed-by-actor',
  'authorization-missing',
  'authorization-malformed',
  'authorization-for-another-actor',
  'authorization-for-another-custodian',
  'authorization-for-another-purpose',
  'authorization-for-another-practitioner',
  'authorization-not-yet-valid',
  'authorization-expired',
  'authorization-too-long',
  'authorization-revoked',
  'authorization-status-unknown',
  'regisseur-not-on-allowlist',
  'delegation-unknown',
  'delegation-of-another-regisseur',
  'delegation-not-valid',
  'patient-handle-unknown',
  'patient-handle-of-another-regisseur',
  'patient-not-enrolled',
  'patient-not-in-care',
  'not-evaluated',
] as const;
export type DenialReason = (typeof denialReasons)[number];

export const factSources = [
  'connection',
  'presentation',
  'employee-credential',
  'authorization-credential',
  'did-document',
  'status-list',
  'revocations',
  'allowlist',
  'delegation',
  'enrolment',
  'clock',
  'none',
] as const;

/** The fact a verdict rests on and where it came from, for the decision record (design D16). No BSN, no name, no token. */
export interface Fact {
  readonly source: (typeof factSources)[number];
  readonly value: string;
}

export interface Grant {
  readonly check: CheckNumber;
  readonly granted: true;
  readonly fact: Fact;
}

export interface Denial {
  readonly check: CheckNumber;
  readonly granted: false;
  readonly reason: DenialReason;
  readonly fact: Fact;
}

export type Verdict = Grant | Denial;

/** All eight, in the specification's order; the answer follows the first denial. */
export interface Decision {
  readonly granted: boolean;
  readonly verdicts: readonly Verdict[];
  readonly firstDenial?: { readonly check: CheckNumber; readonly reason: DenialReason };
}

export function granted(check: CheckNumber, source: Fact['source'], value: string): Grant {
  return { check, granted: true, fact: { source, value } };
}

export function denied(check: CheckNumber, reason: DenialReason, source: Fact['source'], value: string): Denial {
  return { check, granted: false, reason, fact: { source, value } };
}

/** For a check whose input an earlier failure left missing: nothing is presumed of it, so it denies. */
export function notEvaluated(check: CheckNumber): Denial {
  return denied(check, 'not-evaluated', 'none', 'its input is missing');
}

/** The answer follows the first denial (design §5). No verdicts at all is no decision to grant. */
export function decisionOf(verdicts: readonly Verdict[]): Decision {
  const first = verdicts.find((verdict): verdict is Denial => !verdict.granted);
  if (first !== undefined) return { granted: false, verdicts, firstDenial: { check: first.check, reason: first.reason } };
  return { granted: verdicts.length > 0, verdicts };
}
