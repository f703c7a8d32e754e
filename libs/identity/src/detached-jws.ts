import type { DidUrl } from '@anw/values';
import { z } from 'zod';
import { decodeBase64Url, encodeBase64Url } from './base64url.js';
import { hasSignatureLength, isJwsAlgorithm, isSignedWith, type JwsAlgorithm } from './jws-algorithm.js';
import { JwsError } from './jws-error.js';
import { parseJwsHeader } from './jws-header.js';
import type { Signer, VerificationKeys } from './signing-key.js';

/** `kid` is absent in what older nodes signed; another member could change what is signed or with what. */
const Header = z.strictObject({ alg: z.string(), b64: z.literal(false), crit: z.tuple([z.literal('b64')]), kid: z.string().optional() });

const MAX_LENGTH = 2_048;

/** Signs bytes that travel apart from their signature: `<header>..<signature>` (RFC 7797, `b64` false). */
export async function signDetachedJws(signer: Signer, payload: Uint8Array): Promise<string> {
  const header = encodeBase64Url(Buffer.from(JSON.stringify({ alg: 'ES256', b64: false, crit: ['b64'], kid: signer.kid })));
  const signature = await signer.sign(signingInput(header, payload));
  return `${header}..${encodeBase64Url(signature)}`;
}

/**
 * Verifies a detached JWS over `payload` with the assertion key `kid`, which the caller knows from elsewhere.
 * @throws JwsError when the JWS is at fault; @throws DidResolutionError when the signer's DID document cannot be had.
 */
export async function verifyDetachedJws(jws: string, payload: Uint8Array, kid: DidUrl, keys: VerificationKeys): Promise<void> {
  const { algorithm, header, signature } = parseDetachedJws(jws, kid);
  const key = await keys.assertionKey(kid);
  if (!isSignedWith(algorithm, key, signingInput(header, payload), signature)) throw new JwsError('signature-invalid', 'detached signature does not match the key it names');
}

interface DetachedJws {
  readonly algorithm: JwsAlgorithm;
  /** Encoded. */
  readonly header: string;
  readonly signature: Uint8Array;
}

function parseDetachedJws(jws: string, kid: DidUrl): DetachedJws {
  const [header, signature, ...rest] = jws.length > MAX_LENGTH ? [] : jws.split('..', 3);
  if (header === undefined || signature === undefined || rest.length > 0) throw new JwsError('malformed', 'not a detached signature');
  const algorithm = readAlgorithm(parseJwsHeader(decodeBase64Url(header, 'header')), kid);
  const bytes = decodeBase64Url(signature, 'signature');
  if (!hasSignatureLength(algorithm, bytes)) throw new JwsError('malformed', 'signature is not of the length that its algorithm makes');
  return { algorithm, header, signature: bytes };
}

function readAlgorithm(members: Record<string, unknown>, kid: DidUrl): JwsAlgorithm {
  const read = Header.safeParse(members);
  if (!read.success) throw new JwsError('unsupported-header', 'a detached signature has alg, b64, crit and kid only');
  if (!isJwsAlgorithm(read.data.alg)) throw new JwsError('unsupported-algorithm', 'alg is not one we take');
  if (read.data.kid !== undefined && read.data.kid !== kid) throw new JwsError('signature-invalid', 'kid is not the key that the proof names');
  return read.data.alg;
}

function signingInput(header: string, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${header}.`, 'ascii'), payload]);
}
