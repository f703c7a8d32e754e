import { hasSignatureLength, type JwsAlgorithm, parseStrictJson, type PublicKey, StrictJsonError } from '@anw/identity';
import { z } from 'zod';
import { isDpopAlgorithm, parseDpopJwk } from './dpop-key.js';
import { DpopProofError } from './dpop-proof-error.js';

const MAX_PROOF_LENGTH = 8 * 1024;
/** "jti (<= 256 chars)" (spec nuts-protocols §4.7). */
const MAX_JTI_LENGTH = 256;

/** RFC 9449 §4.2; members it does not name are ignored, as JWT has it. */
const Claims = z.looseObject({
  jti: z.string().min(1).max(MAX_JTI_LENGTH),
  htm: z.string().min(1).max(32),
  htu: z.string().min(1).max(2048),
  iat: z.number().min(0).max(1e11),
  ath: z.string().max(100).optional(),
  nonce: z.string().max(256).optional(),
});
export type DpopClaims = z.infer<typeof Claims>;

/** `thumbprint` of the key is the `jkt` of RFC 9449 §6.1. */
interface ProofHeader extends PublicKey {
  readonly algorithm: JwsAlgorithm;
}

/** A proof whose form has been read. Nothing is known of its truth until `verifyDpopProof` has spoken. */
export interface ParsedDpopProof extends ProofHeader {
  readonly claims: DpopClaims;
  readonly signature: Uint8Array;
  readonly signingInput: Uint8Array;
}

/**
 * Reads one DPoP proof (RFC 9449 §4.2). Two header fields arrive here as one text with a comma in it, which is no JWT:
 * "there is not more than one DPoP HTTP request header field" (§4.3 point 1).
 * @throws DpopProofError
 */
export function parseDpopProof(text: string): ParsedDpopProof {
  if (text.length > MAX_PROOF_LENGTH) throw new DpopProofError('malformed');
  const [header, payload, signature, ...more] = text.split('.', 4);
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) throw new DpopProofError('malformed');
  const read = parseHeader(header);
  const claims = Claims.safeParse(decodeJson(payload));
  if (!claims.success) throw new DpopProofError('malformed');
  return { ...read, claims: claims.data, signature: decodeSignature(signature, read.algorithm), signingInput: Buffer.from(`${header}.${payload}`, 'ascii') };
}

function parseHeader(part: string): ProofHeader {
  const header = decodeJson(part);
  if (header['typ'] !== 'dpop+jwt') throw new DpopProofError('wrong-type');
  const algorithm = header['alg'];
  if (!isDpopAlgorithm(algorithm)) throw new DpopProofError('unsupported-algorithm');
  // Extensions that change what is signed, and that we do not understand (RFC 7515 §4.1.11).
  if ('crit' in header || 'b64' in header) throw new DpopProofError('malformed');
  return { algorithm, ...parseDpopJwk(header['jwk']) };
}

function decodeJson(part: string): Record<string, unknown> {
  try {
    const value = parseStrictJson(decode(part));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof StrictJsonError)) throw cause;
    throw new DpopProofError('malformed', { cause });
  }
  throw new DpopProofError('malformed');
}

function decodeSignature(part: string, algorithm: JwsAlgorithm): Uint8Array {
  const signature = decode(part);
  if (!hasSignatureLength(algorithm, signature)) throw new DpopProofError('malformed');
  return signature;
}

/** Canonical base64url only: one proof has one spelling. */
function decode(part: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new DpopProofError('malformed');
  return bytes;
}
