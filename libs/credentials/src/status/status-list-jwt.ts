import { parseCompactJws, parseStrictJson, type Signer, type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { Did, DidUrl, didOf, fromEpochSeconds } from '@anw/values';
import { z } from 'zod';
import { CredentialError } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';
import { signCredential } from '../issue-credential.js';
import { one } from '../linked-data/forms.js';
import type { ListEdition, SignedList } from './status-list.js';

const ListSubject = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  statusPurpose: one(z.literal('revocation')),
  encodedList: z.string().max(256 * 1024),
});

const ListClaims = z.looseObject({
  iss: Did,
  sub: z.string(),
  jti: DidUrl.optional(),
  nbf: z.int().min(0).max(253_402_300_799),
  exp: z.int().min(0).max(253_402_300_799),
  vc: z.looseObject({
    type: z.array(z.string()).length(2),
    credentialSubject: one(ListSubject),
    credentialStatus: z.never().optional(),
  }),
});

/** Signs one edition as `jwt_vc` (Bitstring Status List §2.2). */
export function signListAsJwt(signer: Signer, { url, id, from, until, type, contexts, subject }: ListEdition): Promise<string> {
  return signCredential(signer, {
    sub: url,
    jti: id,
    nbf: from,
    exp: until,
    vc: { '@context': contexts, type: ['VerifiableCredential', type], credentialSubject: [subject] },
  });
}

/** Reads a list that is a compact JWT and finds out whether its issuer signed it. @throws CredentialError */
export async function verifyListAsJwt(jwt: string, keys: VerificationKeys): Promise<SignedList> {
  const { iss, sub, nbf, exp, vc } = readClaims(jwt);
  // VC data model 1.1 §6.3.1: `sub` stands for the id of the subject; both are there, so both have to be right.
  if (vc.credentialSubject.id !== undefined && vc.credentialSubject.id !== sub) throw new CredentialError('status-malformed', 'the list is about another URL');
  await assertSigned(jwt, iss, keys);
  return { issuer: iss, types: vc.type, issuedAt: fromEpochSeconds(nbf), expiresAt: fromEpochSeconds(exp), subject: { ...vc.credentialSubject, id: sub } };
}

function readClaims(jwt: string): z.infer<typeof ListClaims> {
  try {
    const read = ListClaims.safeParse(parseStrictJson(parseCompactJws(jwt).payload));
    if (!read.success) throw new CredentialError('status-malformed', describeForm('status list', read.error));
    return read.data;
  } catch (error) {
    throw asCredentialError(error);
  }
}

async function assertSigned(jwt: string, issuer: Did, keys: VerificationKeys): Promise<void> {
  const { kid } = await verifyCompactJws(jwt, keys, { typ: ['JWT'] }).catch((error: unknown) => {
    throw asCredentialError(error);
  });
  if (didOf(kid) !== issuer) throw new CredentialError('signature-invalid', 'the list is signed with a key of someone else');
}
