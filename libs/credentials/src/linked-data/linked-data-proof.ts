import { type Signer, signDetachedJws, type VerificationKeys, verifyDetachedJws } from '@anw/identity';
import { didOf } from '@anw/values';
import { createHash } from 'node:crypto';
import { contexts } from '../contexts.js';
import { CredentialError } from '../credential.js';
import { asCredentialError } from '../credential-failures.js';
import { assertWithinDates, type Moment } from '../within-dates.js';
import { canonicalize } from './canonicalize.js';
import type { Proof } from './forms.js';

/** Adds a JsonWebSignature2020 proof to a document that names `contexts.jsonWebSignature2020` (spec nuts-protocols §2.3). */
export async function signDocument<Document extends object>(signer: Signer, document: Document, created: string): Promise<Document & { readonly proof: Proof }> {
  const options = { type: 'JsonWebSignature2020', proofPurpose: 'assertionMethod', created, verificationMethod: signer.kid } as const;
  const jws = await signDetachedJws(signer, await signedBytes(document, options));
  return { ...document, proof: { ...options, jws } };
}

export interface ProofVerification extends Moment {
  readonly issuer: string;
  readonly keys: VerificationKeys;
}

/**
 * Finds out whether the issuer signed this document, given without its proof.
 * @throws CredentialError `signature-invalid`, `key-unknown`, `issuer-unresolvable`, `not-yet-valid` or `malformed`
 */
export async function verifyProof(document: object, proof: Proof, { issuer, keys, ...moment }: ProofVerification): Promise<void> {
  // "DID part of verificationMethod must equal issuer" (spec nuts-protocols §2.5).
  if (didOf(proof.verificationMethod) !== issuer) throw new CredentialError('signature-invalid', 'signed with a key of someone other than the issuer');
  assertWithinDates({ issuedAt: new Date(proof.created) }, moment);
  const { jws, ...options } = proof;
  await verifyDetachedJws(jws, await signedBytes(document, options), proof.verificationMethod, keys).catch((error: unknown) => {
    throw asCredentialError(error);
  });
}

/** "SHA-256(canon(proof options)) ‖ SHA-256(canon(document without proof))" (spec nuts-protocols §2.3). */
async function signedBytes(document: object, { type, ...options }: Omit<Proof, 'jws'>): Promise<Uint8Array> {
  // The options stand alone under the context of the suite, which gives `type` its meaning only below a type.
  const canonicalOptions = await canonicalize({ '@context': contexts.jsonWebSignature2020, '@type': type, ...options });
  return Buffer.concat([sha256(canonicalOptions), sha256(await canonicalize(document))]);
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest();
}
