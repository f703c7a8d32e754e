import { signCompactJws, type Signer, type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { type Did, didOf, epochSeconds, fromEpochSeconds, OrganisationId } from '@anw/values';
import { z } from 'zod';
import { type ChainEnd } from './log-link.js';

const HEAD_TYPE = 'anw-log-head+jwt';

/** The organisation's word, at a moment, that its chain ended so. */
export interface LogHead extends ChainEnd {
  readonly signedAt: Date;
}

/** A head as it is kept. */
export interface StoredHead {
  readonly position: number;
  /** Compact JWS. */
  readonly jws: string;
}

/** The JWS is a head, but not one of this organisation or not in the form that we sign. */
export class LogHeadError extends Error {
  override readonly name = 'LogHeadError';
}

const claims = z.strictObject({
  iss: z.string(),
  iat: z.int().nonnegative(),
  organisation: OrganisationId,
  position: z.int().positive(),
  through: z.int().nonnegative(),
  hash: z.string().regex(/^[\w-]{43}$/),
});

/** A compact JWS by the organisation's key over the end of its chain. Holds no personal data: a copy may be kept anywhere. */
export function signLogHead(signer: Signer, organisation: OrganisationId, { position, through, hash, signedAt }: LogHead): Promise<string> {
  const payload: z.infer<typeof claims> = { iss: signer.did, iat: epochSeconds(signedAt), organisation, position, through, hash: Buffer.from(hash).toString('base64url') };
  return signCompactJws(signer, { typ: HEAD_TYPE }, payload);
}

/** @throws JwsError or DidResolutionError when the signature cannot be relied on; @throws LogHeadError when it is of another organisation */
export async function verifyLogHead(jws: string, { organisation, did, keys }: { readonly organisation: OrganisationId; readonly did: Did; readonly keys: VerificationKeys }): Promise<LogHead> {
  const { kid, payload } = await verifyCompactJws(jws, keys, { typ: [HEAD_TYPE] });
  if (didOf(kid) !== did) throw new LogHeadError('signed by another organisation');
  const parsed = claims.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
  if (!parsed.success || parsed.data.iss !== did || parsed.data.organisation !== organisation) throw new LogHeadError('not a head of this organisation');
  const { position, through, hash, iat } = parsed.data;
  return { position, through, hash: Buffer.from(hash, 'base64url'), signedAt: fromEpochSeconds(iat) };
}
