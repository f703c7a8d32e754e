import { DidUrl } from '@anw/values';
import { createHash, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { decodeBase64Url } from '../base64url.js';
import { MAX_JWS_PAYLOAD_BYTES } from '../jws.js';
import { hasSignatureLength, isJwsAlgorithm, isSignedWith, type JwsAlgorithm, jwsAlgorithms } from '../jws-algorithm.js';
import { JwsError } from '../jws-error.js';
import { parseJwsHeader } from '../jws-header.js';

/** A chain of six certificates of 2 KiB each, twice in base64. */
const MAX_HEADER_LENGTH = 32 * 1024;

/** The one place where a key travels with what it signs: certificates, which are verified up to an authority that we know. */
const Header = z.strictObject({
  typ: z.literal('JWT'),
  alg: z.enum(jwsAlgorithms),
  kid: DidUrl,
  x5c: z.array(z.string()).min(2).max(6),
  'x5t#S256': z.string().optional(),
});

/** A JWS signed with the key of a certificate in its header (RFC 7515 §4.1.6); nothing is known of its truth. */
export interface CertifiedJws {
  readonly kid: DidUrl;
  readonly algorithm: JwsAlgorithm;
  /** Base64 of DER, leaf first. */
  readonly x5c: readonly string[];
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly signingInput: Uint8Array;
}

/** Whether a compact JWS brings certificates along; false too for what is no JWS. */
export function hasCertificates(jws: string): boolean {
  const header = jws.slice(0, MAX_HEADER_LENGTH + 1).split('.', 1)[0]!;
  return header.length <= MAX_HEADER_LENGTH && Buffer.from(header, 'base64url').includes('"x5c"');
}

/** @throws JwsError */
export function parseCertifiedJws(jws: string): CertifiedJws {
  const [header, payload, signature, ...rest] = jws.split('.', 4);
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) throw new JwsError('malformed', 'not three parts');
  if (header.length > MAX_HEADER_LENGTH || payload.length > Math.ceil((MAX_JWS_PAYLOAD_BYTES * 4) / 3)) throw new JwsError('too-large', 'header or payload');
  const { kid, alg, x5c, 'x5t#S256': thumbprint } = readHeader(decodeBase64Url(header, 'header'));
  if (thumbprint !== undefined && thumbprint !== createHash('sha256').update(Buffer.from(x5c[0]!, 'base64')).digest('base64url')) throw new JwsError('malformed', 'x5t#S256 is of another certificate');
  return {
    kid,
    algorithm: alg,
    x5c,
    payload: decodeBase64Url(payload, 'payload'),
    signature: decodeBase64Url(signature, 'signature'),
    signingInput: Buffer.from(jws.slice(0, header.length + 1 + payload.length), 'ascii'),
  };
}

function readHeader(bytes: Uint8Array): z.infer<typeof Header> {
  const members = parseJwsHeader(bytes);
  if (!isJwsAlgorithm(members['alg'])) throw new JwsError('unsupported-algorithm', 'alg is not one we take');
  const read = Header.safeParse(members);
  if (!read.success) throw new JwsError('unsupported-header', 'a header with certificates has typ, alg, kid, x5c and x5t#S256 only');
  return read.data;
}

/** Whether the key of its certificate made the signature. */
export function isCertifiedBy({ algorithm, signingInput, signature }: CertifiedJws, key: KeyObject): boolean {
  return hasSignatureLength(algorithm, signature) && isSignedWith(algorithm, key, signingInput, signature);
}
