import type { AuthorizationCredential, CredentialStatuses } from '@anw/credentials';
import type { Enrolment } from '@anw/consent';
import type { Did, DidUrl, PatientHandle } from '@anw/values';
import type { AllowlistRow, IssuedDelegation } from './allowlist/allowlist.js';
import { createAuthorizationStatuses } from './authorization-status.js';
import type { PatientRecords } from './checks/check-regisseur-may-authorize-patient.js';
import type { StandingPorts } from './checks/standing-checks.js';

/** Which records of the custodian bear on one authorization at one moment. */
export interface StandingQuestion {
  readonly regisseur: Did;
  readonly actor: Did;
  readonly authorization: DidUrl;
  readonly delegation: DidUrl;
  readonly handle: PatientHandle;
  readonly at: Date;
}

/** What the custodian's own records say about one authorization: all that checks 6 to 8 ask of them, read in one go. */
export interface Standing {
  readonly question: StandingQuestion;
  /** The row for the pair that is valid at that moment. */
  readonly row: AllowlistRow | undefined;
  readonly delegation: Omit<IssuedDelegation, 'actors' | 'jwt'> | undefined;
  readonly enrolment: Enrolment | undefined;
  /** Whether a revocation was pushed. */
  readonly revoked: boolean;
}

export interface StandingRecords {
  standingOf(question: StandingQuestion): Promise<Standing>;
}

export function standingQuestionOf(authorization: AuthorizationCredential, at: Date): StandingQuestion {
  const { regisseur, actor, id, delegation, handle } = authorization;
  return { regisseur, actor, authorization: id, delegation, handle, at };
}

/** What an authorization rests on here, for the log (NEN 7513; spec anw-fhir-profiles §8): delegation, allowlist row and enrolment as URIs. */
export function groundsOf({ delegation, row, enrolment }: Standing): readonly string[] {
  const kept = [row, enrolment].flatMap((entry) => (entry === undefined ? [] : [`urn:uuid:${entry.id}`]));
  return delegation === undefined ? kept : [delegation.id, ...kept];
}

/**
 * The ports of checks 6 to 8 over records that have been read already: one round trip per request instead of four.
 * They answer for the question that was asked and for nothing else.
 */
export function standingPorts(standing: Standing | undefined, lists: CredentialStatuses, isInCare: PatientRecords['isInCare']): StandingPorts {
  const { question, row, delegation, enrolment } = standing ?? {};
  return {
    allowlist: {
      findRow: async (regisseur, actor) => (regisseur === question?.regisseur && actor === question.actor ? row : undefined),
      findDelegation: async (id) => (id === question?.delegation ? delegation : undefined),
    },
    patients: {
      findByHandle: async (handle) => (handle === question?.handle ? enrolment : undefined),
      isInCare,
    },
    statuses: createAuthorizationStatuses(lists, {
      // Without an answer about this very authorization it counts as taken back.
      isRevoked: async (id, issuer) => standing === undefined || id !== question?.authorization || issuer !== question.regisseur || standing.revoked,
    }),
  };
}
