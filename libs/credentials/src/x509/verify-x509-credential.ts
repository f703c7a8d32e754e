import { type CertificateTrust, type DidX509, type DidX509PolicyName, parseCertifiedJws, verifyCertifiedJws } from '@anw/identity';
import { didOf } from '@anw/values';
import { z } from 'zod';
import { CredentialError, type ParsedCredential } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';

const Values = z.record(z.string(), z.string());

/** Claims that the certificate has to bear out; another is nobody's word. */
const CertifiedClaims = z.strictObject({ id: z.string(), san: Values.optional(), subject: Values.optional() });

/**
 * Finds out whether an `X509Credential` was signed with the certificate that its issuer stands for, says nothing that the
 * certificate does not, and is valid no longer than it (Nuts RFC023; spec nuts-protocols §3.4).
 * @throws CredentialError
 */
export async function verifyX509Credential(credential: ParsedCredential, { certificates, now }: { readonly certificates?: CertificateTrust; readonly now: Date }): Promise<void> {
  if (certificates === undefined) throw new CredentialError('certificate-refused', 'no certificate authority is trusted here');
  const jws = parseCertifiedJws(credential.raw as string);
  if (didOf(jws.kid) !== credential.issuer) throw new CredentialError('signature-invalid', 'signed with a key of someone other than the issuer');
  const { did, validFrom, validUntil } = await verifyCertifiedJws(jws, certificates, now).catch((error: unknown) => {
    throw asCredentialError(error);
  });
  assertClaimsAreCertified(credential, did);
  // "exp required and ≤ certificate notAfter; nbf ≥ notBefore"
  if (credential.expiresAt === undefined) throw new CredentialError('malformed', 'X509Credential without end');
  if (credential.expiresAt > validUntil || credential.issuedAt < validFrom) throw new CredentialError('lives-too-long', 'X509Credential outside the validity of its certificate');
}

/** "Each credentialSubject.<policy>.<key> must occur with the same (decoded) value in the DID" */
function assertClaimsAreCertified({ claims }: ParsedCredential, { policies }: DidX509): void {
  const read = CertifiedClaims.safeParse(claims);
  if (!read.success) throw new CredentialError('malformed', describeForm('X509Credential', read.error));
  for (const policy of ['san', 'subject'] satisfies DidX509PolicyName[]) {
    for (const [key, value] of Object.entries(read.data[policy] ?? {})) {
      if (policies.get(policy)?.get(key) !== value) throw new CredentialError('certificate-refused', `the DID does not say ${policy} ${key}`);
    }
  }
}
