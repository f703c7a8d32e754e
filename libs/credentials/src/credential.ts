import type { JwsAlgorithm } from '@anw/identity';
import type { Did, DidUrl } from '@anw/values';

/** The one specific type a credential carries beside `VerifiableCredential` (spec nuts-protocols §0.5 fact 4). */
export type CredentialType =
  | 'ANWAuthorizationCredential'
  | 'ANWDelegationCredential'
  | 'NutsEmployeeCredential'
  | 'NutsOrganizationCredential'
  | 'X509Credential';

/** A status list entry, as named in `credentialStatus` (StatusList2021 §3.1, Bitstring Status List §2.1). */
export interface StatusEntry {
  readonly id: string;
  readonly type: 'StatusList2021Entry' | 'BitstringStatusListEntry';
  readonly statusPurpose: 'revocation';
  readonly statusListIndex: number;
  readonly statusListCredential: string;
}

/** A credential whose form has been read. Nothing is known of its truth until `verifyCredential` has spoken. */
export interface ParsedCredential {
  /** `<issuer DID>#<uuid>`. */
  readonly id: DidUrl;
  readonly type: string;
  readonly issuer: Did;
  /** The subject's DID. */
  readonly subject: Did;
  readonly issuedAt: Date;
  readonly expiresAt?: Date;
  /** Claims about the subject, `id` included, not yet read by the schema of its type. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly status: readonly unknown[];
  /** A JWT, an object with a JsonWebSignature2020 proof, or a self-attested object without proof (spec nuts-protocols A13). */
  readonly format: 'jwt_vc' | 'ldp_vc' | 'self_attested';
  /** What a JWT says it is signed with. */
  readonly algorithm?: JwsAlgorithm;
  /** Exactly as it travelled: a compact JWT, or the object. */
  readonly raw: string | Readonly<Record<string, unknown>>;
  /** As JSON, for the paths of a presentation definition; of a JWT, `type` and `credentialSubject` are arrays (spec nuts-protocols §4.3). */
  readonly document: Readonly<Record<string, unknown>>;
}

declare const verified: unique symbol;

/** A credential that `verifyCredential` or `verifyPresentation` has found true; nothing else makes one. */
export type VerifiedCredential = ParsedCredential & { readonly [verified]: true };

export type CredentialFailure =
  | 'malformed'
  | 'unknown-type'
  | 'unsupported-algorithm'
  | 'signature-invalid'
  | 'key-unknown'
  | 'issuer-unresolvable'
  | 'certificate-refused'
  | 'not-yet-valid'
  | 'expired'
  | 'wrong-audience'
  | 'lives-too-long'
  | 'holder-mismatch'
  | 'nonce-missing'
  | 'replayed'
  | 'withdrawn'
  | 'too-many-credentials'
  | 'self-attested-not-accepted'
  | 'submission-malformed'
  | 'submission-mismatch'
  | 'definition-unsupported'
  | 'status-malformed';

/** A credential or presentation that cannot be relied on: `code` is stable, `detail` is for the decision record only. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  constructor(
    readonly code: CredentialFailure,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}
