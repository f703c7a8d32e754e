import { createHash } from 'node:crypto';
import type { AccessToken } from '../access-token.js';
import type { Granted } from './grants/grant.js';

/** "Lifetime the shorter of 5 minutes and the authorization" (design D9). */
const MAX_LIFETIME_MILLISECONDS = 300_000;
const TOKEN_BYTES = 32;

export interface AccessTokenToCreate extends Pick<Granted, 'facts' | 'bound' | 'until'> {
  readonly scope: string;
  readonly issuedAt: Date;
  /** Reference of the decision record. */
  readonly decision: string;
}

export interface CreatedAccessToken {
  /** What the client is given and nobody keeps. */
  readonly text: string;
  readonly token: AccessToken;
  /** Whole seconds. */
  readonly expiresIn: number;
}

/** Makes an opaque token of 256 random bits; only its hash is for keeping. */
export function createAccessToken({ until, issuedAt, ...kept }: AccessTokenToCreate, randomBytes: (size: number) => Uint8Array): CreatedAccessToken {
  const text = Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');
  const expiresAt = new Date(Math.min(issuedAt.getTime() + MAX_LIFETIME_MILLISECONDS, until.getTime()));
  const { facts, bound, scope, decision } = kept;
  return {
    text,
    token: { hash: hashToken(text), scope, issuedAt, expiresAt, ...bound, facts, decision },
    // A credential may have ended within the clock skew that its verification allows.
    expiresIn: Math.max(0, Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1000)),
  };
}

/** A token of 256 random bits needs no salt and no slow hash: there is nothing to guess. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text, 'ascii').digest('hex');
}
