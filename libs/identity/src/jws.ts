import { DidUrl } from '@anw/values';
import { decodeBase64Url, encodeBase64Url } from './base64url.js';
import { hasSignatureLength, isJwsAlgorithm, isSignedWith, type JwsAlgorithm } from './jws-algorithm.js';
import { JwsError } from './jws-error.js';
import { parseJwsHeader } from './jws-header.js';
import type { Signer, VerificationKeys } from './signing-key.js';

/** Largest payload we sign or read: 256 KiB. */
export const MAX_JWS_PAYLOAD_BYTES = 256 * 1024;

const MAX_HEADER_BYTES = 8 * 1024;

/** Members that bring a key along or change what is signed: the key comes from the DID document of `kid`, nowhere else. */
const refusedMembers = ['crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c'];

/** Protected header with the members whose form has been checked; the others are still to be read by whoever uses them. */
export interface JwsHeader {
  readonly alg: JwsAlgorithm;
  readonly kid: DidUrl;
  readonly typ?: string;
  readonly [member: string]: unknown;
}

/** A JWS whose form has been read. Nothing is known of its truth until `verifyCompactJws` has spoken. */
export interface ParsedJws {
  readonly kid: DidUrl;
  readonly header: JwsHeader;
  readonly payload: Uint8Array;
  /** As long as its algorithm makes them. */
  readonly signature: Uint8Array;
  /** What the signature is over (RFC 7515 §5.1 step 5). */
  readonly signingInput: Uint8Array;
}

export interface VerifiedJws {
  readonly kid: DidUrl;
  readonly header: JwsHeader;
  readonly payload: Uint8Array;
}

export interface JwsExpectations {
  /** Accepted values of `typ`; without this list any `typ` will do, with it an absent one will not. */
  readonly typ?: readonly string[];
}

/** Signs as compact JWS (RFC 7515 §7.1). An object is serialised as JSON, bytes are taken as they are. */
export async function signCompactJws(signer: Signer, header: { readonly typ?: string; readonly [member: string]: unknown }, payload: object | Uint8Array): Promise<string> {
  const bytes = payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload));
  if (bytes.length > MAX_JWS_PAYLOAD_BYTES) throw new JwsError('too-large', 'payload to be signed');
  const protectedHeader = { ...header, alg: 'ES256', kid: signer.kid };
  const signingInput = `${encodeBase64Url(Buffer.from(JSON.stringify(protectedHeader)))}.${encodeBase64Url(bytes)}`;
  const signature = await signer.sign(Buffer.from(signingInput, 'ascii'));
  return `${signingInput}.${encodeBase64Url(signature)}`;
}

/**
 * Verifies a compact JWS with the assertion key that its `kid` names.
 * @throws JwsError when the JWS is at fault; @throws DidResolutionError when its signer's DID document cannot be had.
 */
export async function verifyCompactJws(jws: string, keys: VerificationKeys, expected: JwsExpectations = {}): Promise<VerifiedJws> {
  const parsed = parseCompactJws(jws);
  assertType(parsed.header.typ, expected.typ);
  const key = await keys.assertionKey(parsed.kid);
  if (!isSignedWith(parsed.header.alg, key, parsed.signingInput, parsed.signature)) throw new JwsError('signature-invalid', 'signature does not match the key that kid names');
  return { kid: parsed.kid, header: parsed.header, payload: parsed.payload };
}

/**
 * Reads the form of a compact JWS: exactly three parts in canonical base64url, so that one signature has one spelling
 * and a token cannot be altered into another text with the same meaning.
 * @throws JwsError
 */
export function parseCompactJws(jws: string): ParsedJws {
  const parts = jws.split('.', 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) throw new JwsError('malformed', 'not three parts');
  if (encodedExceeds(header, MAX_HEADER_BYTES)) throw new JwsError('too-large', 'header');
  if (encodedExceeds(payload, MAX_JWS_PAYLOAD_BYTES)) throw new JwsError('too-large', 'payload');
  const read = parseHeader(decodeBase64Url(header, 'header'));
  return {
    kid: read.kid,
    header: read,
    payload: decodeBase64Url(payload, 'payload'),
    signature: parseSignature(signature, read.alg),
    signingInput: Buffer.from(jws.slice(0, header.length + 1 + payload.length), 'ascii'),
  };
}

function parseHeader(bytes: Uint8Array): JwsHeader {
  const header = parseJwsHeader(bytes);
  const refused = refusedMembers.find((member) => Object.hasOwn(header, member));
  if (refused !== undefined) throw new JwsError('unsupported-header', refused);
  if (!isJwsAlgorithm(header['alg'])) throw new JwsError('unsupported-algorithm', 'alg is not one we take');
  if (header['typ'] !== undefined && typeof header['typ'] !== 'string') throw new JwsError('malformed', 'typ is no string');
  const kid = DidUrl.safeParse(header['kid']);
  if (!kid.success) throw new JwsError('malformed', 'kid is not the id of a key in a DID document');
  return { ...header, kid: kid.data } as JwsHeader;
}

function parseSignature(part: string, algorithm: JwsAlgorithm): Uint8Array {
  const signature = decodeBase64Url(part, 'signature');
  if (!hasSignatureLength(algorithm, signature)) throw new JwsError('malformed', 'signature is not of the length that its algorithm makes');
  return signature;
}

/** RFC 7515 §4.1.9: media type, compared without regard to case, `application/` implied. */
function assertType(typ: string | undefined, accepted: readonly string[] | undefined): void {
  if (accepted === undefined) return;
  if (typ === undefined || !accepted.some((type) => mediaType(type) === mediaType(typ))) throw new JwsError('unexpected-type', 'typ is not what is expected here');
}

function mediaType(typ: string): string {
  const lower = typ.toLowerCase();
  return lower.includes('/') ? lower : `application/${lower}`;
}

function encodedExceeds(part: string, bytes: number): boolean {
  return part.length > Math.ceil((bytes * 4) / 3);
}
