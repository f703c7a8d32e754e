import { type Signer, signCompactJws } from '@anw/identity';
import { epochSeconds } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import { contexts } from '../contexts.js';
import type { ParsedCredential } from '../credential.js';
import { MAX_PRESENTATION_SECONDS } from './verify-presentation.js';

/** A node without clock skew refuses what seems to come from the future (spec nuts-protocols B4). */
const BACKDATE_SECONDS = 2;

export interface PresentationToCreate {
  /** The `issuer` of the authorization server, exactly as its metadata writes it (B1). */
  readonly audience: string;
  /** In the order of the input descriptors (B6): compact JWTs, or self-attested objects. */
  readonly credentials: readonly ParsedCredential['raw'][];
  readonly now: Date;
  /** At least 128 bit, never used before. */
  readonly nonce?: string;
  readonly uuid?: string;
}

/** Makes a `jwt_vp` that a node takes (spec nuts-protocols B3 to B5, B8): good for one use, within five seconds. */
export function createPresentation(signer: Signer, { audience, credentials, now, nonce = createNonce(), uuid = randomUUID() }: PresentationToCreate): Promise<string> {
  const nbf = epochSeconds(now) - BACKDATE_SECONDS;
  return signCompactJws(
    signer,
    { typ: 'JWT' },
    {
      iss: signer.did,
      sub: signer.did,
      aud: audience,
      jti: `${signer.did}#${uuid}`,
      nbf,
      exp: nbf + MAX_PRESENTATION_SECONDS,
      nonce,
      vp: { '@context': [contexts.credentials], type: ['VerifiablePresentation'], holder: signer.did, verifiableCredential: credentials },
    },
  );
}

function createNonce(): string {
  return randomBytes(32).toString('base64url');
}
