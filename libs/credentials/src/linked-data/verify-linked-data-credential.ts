import type { VerificationKeys } from '@anw/identity';
import type { ParsedCredential } from '../credential.js';
import type { Moment } from '../within-dates.js';
import { LinkedDataCredential } from './linked-data-credential.js';
import { verifyProof } from './linked-data-proof.js';

/** Finds out whether the issuer of an `ldp_vc` signed it. @throws CredentialError */
export async function verifyLinkedDataCredential({ raw, issuer }: ParsedCredential, verification: Moment & { readonly keys: VerificationKeys }): Promise<void> {
  const { proof } = LinkedDataCredential.parse(raw);
  const { proof: _, ...document } = raw as Readonly<Record<string, unknown>>;
  await verifyProof(document, proof, { ...verification, issuer });
}
