import { constants, type KeyObject, verify } from 'node:crypto';
import { toDerSignature } from './der-signature.js';

/** The algorithms that we verify, listed here and never taken from the token (RFC 8725 §3.1): those of nuts-node 6.2.10 (spec nuts-protocols §2.1). We sign ES256. */
export const jwsAlgorithms = ['ES256', 'EdDSA', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] as const;
export type JwsAlgorithm = (typeof jwsAlgorithms)[number];

interface AlgorithmFacts {
  /** Absent where the algorithm brings its own. */
  readonly digest?: 'sha256' | 'sha384' | 'sha512';
  /** The one kind of key that it is for. */
  readonly key: { readonly curve: string } | 'ed25519' | 'rsa';
  /** Least and most bytes of a signature: r‖s (RFC 7518 §3.4), R‖S (RFC 8032), or as long as the modulus. */
  readonly signatureBytes: readonly [number, number];
}

const algorithms: Readonly<Record<JwsAlgorithm, AlgorithmFacts>> = {
  ES256: { digest: 'sha256', key: { curve: 'prime256v1' }, signatureBytes: [64, 64] },
  ES384: { digest: 'sha384', key: { curve: 'secp384r1' }, signatureBytes: [96, 96] },
  ES512: { digest: 'sha512', key: { curve: 'secp521r1' }, signatureBytes: [132, 132] },
  EdDSA: { key: 'ed25519', signatureBytes: [64, 64] },
  PS256: { digest: 'sha256', key: 'rsa', signatureBytes: [256, 512] },
  PS384: { digest: 'sha384', key: 'rsa', signatureBytes: [256, 512] },
  PS512: { digest: 'sha512', key: 'rsa', signatureBytes: [256, 512] },
};

export function isJwsAlgorithm(value: unknown): value is JwsAlgorithm {
  return typeof value === 'string' && Object.hasOwn(algorithms, value);
}

/** Whether a signature of that algorithm can have this length. */
export function hasSignatureLength(algorithm: JwsAlgorithm, { length }: Uint8Array): boolean {
  const [least, most] = algorithms[algorithm].signatureBytes;
  return length >= least && length <= most;
}

/**
 * Whether the key made this signature with this algorithm. "The key has to be of the kind that the algorithm is for"
 * (RFC 8725 §3.1). On this thread: the thread pool adds half the cost of the verification itself.
 */
export function isSignedWith(algorithm: JwsAlgorithm, key: KeyObject, signingInput: Uint8Array, signature: Uint8Array): boolean {
  const { digest, key: kind } = algorithms[algorithm];
  if (typeof kind === 'object') return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === kind.curve && verify(digest, signingInput, key, toDerSignature(signature));
  if (key.asymmetricKeyType !== kind) return false;
  return kind === 'rsa'
    ? verify(digest, signingInput, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature)
    : verify(null, signingInput, key, signature);
}
