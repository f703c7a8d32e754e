import { type CertificateTrust, isDidX509, type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { didOf } from '@anw/values';
import { CredentialError, type ParsedCredential, type VerifiedCredential } from './credential.js';
import { asCredentialError } from './credential-failures.js';
import { verifyLinkedDataCredential } from './linked-data/verify-linked-data-credential.js';
import { assertWithinDates, type Moment } from './within-dates.js';
import { verifyX509Credential } from './x509/verify-x509-credential.js';

export interface CredentialVerification extends Moment {
  readonly keys: VerificationKeys;
  /** Authorities whose certificates may vouch for an organisation; without them no `X509Credential` is accepted. */
  readonly certificates?: CertificateTrust;
}

/**
 * Finds out whether a credential was signed by its issuer and is within its dates. Revocation is another question, for `CredentialStatuses`.
 * A self-attested credential has no signature of its own: only `verifyPresentation` can accept one.
 * @throws CredentialError
 */
export async function verifyCredential(credential: ParsedCredential, verification: CredentialVerification): Promise<VerifiedCredential> {
  await assertSignedByIssuer(credential, verification);
  assertWithinDates(credential, verification);
  return credential as VerifiedCredential;
}

function assertSignedByIssuer(credential: ParsedCredential, verification: CredentialVerification): Promise<void> {
  switch (credential.format) {
    case 'jwt_vc':
      return isDidX509(credential.issuer) ? verifyX509Credential(credential, verification) : assertJwtSigned(credential, verification);
    case 'ldp_vc':
      return verifyLinkedDataCredential(credential, verification);
    case 'self_attested':
      throw new CredentialError('self-attested-not-accepted', 'a credential without signature counts only inside a presentation of its holder');
  }
}

async function assertJwtSigned({ raw, issuer }: ParsedCredential, { keys }: CredentialVerification): Promise<void> {
  const { kid } = await verifyCompactJws(raw as string, keys, { typ: ['JWT'] }).catch((error: unknown) => {
    throw asCredentialError(error);
  });
  // "DID part of kid must equal issuer" (spec nuts-protocols §2.5); else anyone could sign in anyone's name.
  if (didOf(kid) !== issuer) throw new CredentialError('signature-invalid', 'signed with a key of someone other than the issuer');
}
