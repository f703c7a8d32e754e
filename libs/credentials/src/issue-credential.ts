import { type Signer, signCompactJws } from '@anw/identity';
import { type Did, type DidUrl, didOf, epochSeconds, type ValidityPeriod } from '@anw/values';
import { contexts } from './contexts.js';

/** A node without clock skew refuses a credential from the future, so each starts this much earlier (spec nuts-protocols B13). */
export const BACKDATE_SECONDS = 5;

export interface CredentialToIssue {
  /** `<issuer DID>#<uuid>`. */
  readonly id: DidUrl;
  /** The one specific type. */
  readonly type: string;
  readonly subject: Did;
  /** Claims about the subject, without `id`. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly period: ValidityPeriod;
  /** Entries from `createStatusEntries`. */
  readonly status?: readonly object[];
  /** Beside the W3C context and, with a status, the context of status lists. */
  readonly contexts?: readonly string[];
}

/**
 * Issues a credential as compact `jwt_vc`, in the exact shape of nuts-node (spec nuts-protocols §2.2): whole seconds,
 * registered claims only outside `vc`, the subject in an array. `nbf` is set back by `BACKDATE_SECONDS`.
 */
export async function issueCredential(signer: Signer, credential: CredentialToIssue): Promise<string> {
  const nbf = epochSeconds(credential.period.from) - BACKDATE_SECONDS;
  const exp = epochSeconds(credential.period.until);
  if (exp <= nbf) throw new RangeError('a credential ends after it starts');
  if (didOf(credential.id) !== signer.did) throw new RangeError('an issuer names its credentials in its own space');
  return signCredential(signer, {
    sub: credential.subject,
    jti: credential.id,
    nbf,
    exp,
    vc: {
      '@context': contextsOf(credential),
      type: ['VerifiableCredential', credential.type],
      credentialSubject: [{ ...credential.claims, id: credential.subject }],
      ...(hasStatus(credential) && { credentialStatus: credential.status }),
    },
  });
}

function contextsOf(credential: CredentialToIssue): string[] {
  const own = credential.contexts ?? [contexts.nuts];
  return [contexts.credentials, ...own, ...(hasStatus(credential) ? [contexts.statusList2021] : [])];
}

function hasStatus({ status }: CredentialToIssue): boolean {
  return status !== undefined && status.length > 0;
}

export interface CredentialClaims {
  readonly sub: string;
  readonly jti: DidUrl;
  readonly nbf: number;
  readonly exp: number;
  readonly vc: object;
}

/** Signs the claims of a credential in their fixed order; `iat` equals `nbf`. */
export function signCredential(signer: Signer, { sub, jti, nbf, exp, vc }: CredentialClaims): Promise<string> {
  return signCompactJws(signer, { typ: 'JWT' }, { iss: signer.did, sub, jti, nbf, iat: nbf, exp, vc });
}
