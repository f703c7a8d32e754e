import type { Signer } from '@anw/identity';
import { Did, type DidUrl, type ValidityPeriod } from '@anw/values';
import { z } from 'zod';
import type { StatusEntry, VerifiedCredential } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { parseStatusEntries } from '../status/status-entry.js';
import { MAX_AUTHORIZATION_SECONDS } from './authorization-credential.js';
import { policyName } from './claim-text.js';
import { readClaims, readPeriod } from './read-claims.js';

/** Claims of an `ANWDelegationCredential` on the wire (design §4). */
const DelegationClaims = z.strictObject({
  id: Did,
  purposeOfUse: policyName,
  maxAuthorizationSeconds: z.int().min(1).max(MAX_AUTHORIZATION_SECONDS),
  actors: z.array(Did).max(1000),
});

/** The custodian's word that this regisseur may authorize these actors (design D11). */
export interface DelegationCredential {
  readonly id: DidUrl;
  readonly custodian: Did;
  readonly regisseur: Did;
  readonly purposeOfUse: string;
  readonly maxAuthorizationSeconds: number;
  readonly actors: readonly Did[];
  readonly period: ValidityPeriod;
  readonly status: readonly StatusEntry[];
}

/** @throws CredentialError `unknown-type`, `malformed` or `status-malformed` */
export function readDelegationCredential(credential: VerifiedCredential): DelegationCredential {
  const { purposeOfUse, maxAuthorizationSeconds, actors } = readClaims(credential, 'ANWDelegationCredential', DelegationClaims);
  return {
    id: credential.id,
    custodian: credential.issuer,
    regisseur: credential.subject,
    purposeOfUse,
    maxAuthorizationSeconds,
    actors,
    period: readPeriod(credential),
    status: parseStatusEntries(credential.status),
  };
}

export interface DelegationToIssue extends Pick<DelegationCredential, 'id' | 'regisseur' | 'purposeOfUse' | 'actors' | 'period'> {
  /** At most, and by default, 24 h. */
  readonly maxAuthorizationSeconds?: number;
  readonly status: readonly object[];
}

/** Issues a delegation as `jwt_vc`, signed by the custodian. */
export function issueDelegationCredential(signer: Signer, delegation: DelegationToIssue): Promise<string> {
  const { id, regisseur, purposeOfUse, maxAuthorizationSeconds = MAX_AUTHORIZATION_SECONDS, actors, period, status } = delegation;
  return issueCredential(signer, {
    id,
    type: 'ANWDelegationCredential',
    subject: regisseur,
    claims: { purposeOfUse, maxAuthorizationSeconds, actors },
    period,
    status,
  });
}
