import { parseStrictJson, type Signer, type VerificationKeys } from '@anw/identity';
import { Did, DidUrl, fromEpochSeconds } from '@anw/values';
import { z } from 'zod';
import { contexts } from '../contexts.js';
import { CredentialError } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';
import { HttpsIri, LinkedDataDate, one, Proof } from '../linked-data/forms.js';
import { signDocument, verifyProof } from '../linked-data/linked-data-proof.js';
import { wholeSeconds } from '../whole-seconds.js';
import type { Moment } from '../within-dates.js';
import type { ListEdition, SignedList } from './status-list.js';

const listed = [contexts.credentials, contexts.statusList2021, contexts.jsonWebSignature2020] as const;

/** The list credential as nuts-node serves it, to the last member (spec nuts-protocols §2.8). */
const Document = z.strictObject({
  '@context': z.array(z.enum(listed)).refine((urls) => listed.every((url) => urls.includes(url)) && urls.length === listed.length),
  id: DidUrl,
  type: z.tuple([z.string(), z.string()]),
  issuer: Did,
  issuanceDate: LinkedDataDate,
  expirationDate: LinkedDataDate,
  credentialSubject: one(
    z.strictObject({ id: HttpsIri, type: z.literal('StatusList2021'), statusPurpose: z.literal('revocation'), encodedList: z.string().max(256 * 1024).regex(/^[A-Za-z0-9_=-]+$/) }),
  ),
  proof: one(Proof),
});

/** Signs one edition as `ldp_vc`, the only form that nuts-node reads (design D10); answers JSON text. */
export async function signListAsLinkedData(signer: Signer, { id, from, until, type, contexts: own, subject }: ListEdition): Promise<string> {
  const issuanceDate = wholeSeconds(fromEpochSeconds(from));
  const document = {
    '@context': [...own, contexts.jsonWebSignature2020],
    id,
    type: ['VerifiableCredential', type],
    issuer: signer.did,
    issuanceDate,
    expirationDate: wholeSeconds(fromEpochSeconds(until)),
    credentialSubject: subject,
  };
  return JSON.stringify(await signDocument(signer, document, issuanceDate));
}

/** Reads a list that is a JSON object and finds out whether its issuer signed it. @throws CredentialError */
export async function verifyListAsLinkedData(text: string, verification: Moment & { readonly keys: VerificationKeys }): Promise<SignedList> {
  const raw = readJson(text);
  const read = Document.safeParse(raw);
  if (!read.success) throw new CredentialError('status-malformed', describeForm('status list', read.error));
  const { issuer, type, issuanceDate, expirationDate, credentialSubject, proof } = read.data;
  const { proof: _, ...document } = raw as Readonly<Record<string, unknown>>;
  await verifyProof(document, proof, { ...verification, issuer });
  return { issuer, types: type, issuedAt: new Date(issuanceDate), expiresAt: new Date(expirationDate), subject: credentialSubject };
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw asCredentialError(error);
  }
}
