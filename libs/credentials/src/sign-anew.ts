import { parseCompactJws, parseStrictJson, type Signer } from '@anw/identity';
import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import { CredentialError } from './credential.js';
import { asCredentialError, describeForm } from './credential-failures.js';
import { signCredential } from './issue-credential.js';

const OwnClaims = z.strictObject({ iss: Did, sub: z.string(), jti: DidUrl, nbf: z.int(), iat: z.int(), exp: z.int(), vc: z.looseObject({}) });

/**
 * The same credential, claim for claim, under the key that signs now: for one of our own whose key was withdrawn. Its
 * signature is not looked at: that it is ours is known from where it was kept.
 * @throws CredentialError when it is not one that this signer's organisation issued
 */
export async function signAnew(signer: Signer, jwt: string): Promise<string> {
  const { iss, ...claims } = readClaims(jwt);
  if (iss !== signer.did) throw new CredentialError('malformed', 'the credential is of another issuer');
  return signCredential(signer, claims);
}

function readClaims(jwt: string): z.infer<typeof OwnClaims> {
  try {
    const read = OwnClaims.safeParse(parseStrictJson(parseCompactJws(jwt).payload));
    if (!read.success) throw new CredentialError('malformed', describeForm('credential', read.error));
    return read.data;
  } catch (error) {
    throw asCredentialError(error);
  }
}
