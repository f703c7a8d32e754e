import { parseCompactJws, parseStrictJson } from '@anw/identity';
import { didOf, fromEpochSeconds } from '@anw/values';
import { z } from 'zod';
import { contexts } from '../contexts.js';
import { CredentialError, type ParsedCredential } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';
import { parseCredential } from '../parse-credential.js';
import type { ParsedPresentation } from './presentation.js';

/** More than any request of the bolt needs, few enough to verify one by one (spec nuts-protocols S12). */
export const MAX_PRESENTED_CREDENTIALS = 10;

const NumericDate = z.int().min(0).max(253_402_300_799);

/** One value, or an array of them: the node writes a single type and a single credential without brackets (§2.9). */
const oneOrMore = <T extends z.ZodType>(element: T) => z.union([z.array(element).min(1), element.transform((value) => [value])]);

const VpClaim = z.looseObject({
  '@context': oneOrMore(z.unknown()).refine((list) => list.includes(contexts.credentials)),
  type: oneOrMore(z.string()).refine((types) => types.includes('VerifiablePresentation')),
  holder: z.string().optional(),
  verifiableCredential: oneOrMore(z.union([z.string(), z.record(z.string(), z.unknown())])),
});

const JwtClaims = z.looseObject({
  iss: z.string().optional(),
  sub: z.string().optional(),
  jti: z.string().max(640).optional(),
  aud: oneOrMore(z.string()),
  nbf: NumericDate.optional(),
  iat: NumericDate.optional(),
  exp: NumericDate,
  nonce: z.unknown().optional(),
  vp: VpClaim,
});

/** Visible ASCII, as every encoding of random bytes is. */
const Nonce = z.string().regex(/^[\x21-\x7e]{1,256}$/);

/**
 * Reads the form of a `jwt_vp`, in both shapes of nuts-node, and of every credential in it. It says nothing of their truth.
 * @throws CredentialError `malformed`, `unsupported-algorithm`, `nonce-missing` or `too-many-credentials`
 */
export function parsePresentation(jwt: string): ParsedPresentation {
  const { kid, payload } = readJwt(jwt);
  const read = JwtClaims.safeParse(payload);
  if (!read.success) throw new CredentialError('malformed', describeForm('presentation', read.error));
  const { iss, sub, jti, aud, exp, vp } = read.data;
  return {
    holder: didOf(kid),
    kid,
    ...(jti !== undefined && { id: jti }),
    namedHolders: [iss, sub, vp.holder].filter((name) => name !== undefined),
    audience: aud,
    notBefore: fromEpochSeconds(startOf(read.data)),
    expiresAt: fromEpochSeconds(exp),
    nonce: parseNonce(read.data.nonce),
    credentials: parseCredentials(vp.verifiableCredential),
    vp: (payload as { vp: Readonly<Record<string, unknown>> }).vp,
    jwt,
  };
}

function readJwt(jwt: string) {
  try {
    const { kid, payload } = parseCompactJws(jwt);
    return { kid, payload: parseStrictJson(payload) };
  } catch (error) {
    throw asCredentialError(error);
  }
}

/** The age of a presentation counts from `nbf`, else from `iat` (spec nuts-protocols §4.5 row 6). */
function startOf({ nbf, iat }: z.infer<typeof JwtClaims>): number {
  const start = nbf ?? iat;
  if (start === undefined) throw new CredentialError('malformed', 'presentation: neither nbf nor iat');
  return start;
}

function parseNonce(nonce: unknown): string {
  const read = Nonce.safeParse(nonce);
  if (!read.success) throw new CredentialError('nonce-missing', 'presentation: no usable nonce');
  return read.data;
}

function parseCredentials(raw: readonly unknown[]): readonly ParsedCredential[] {
  if (raw.length > MAX_PRESENTED_CREDENTIALS) throw new CredentialError('too-many-credentials', `more than ${MAX_PRESENTED_CREDENTIALS}`);
  return raw.map((credential) => parseCredential(credential));
}
