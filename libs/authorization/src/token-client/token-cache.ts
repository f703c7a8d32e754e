import type { Signer } from '@anw/identity';
import type { Clock } from '@anw/values';
import type { ObtainedToken } from './request-access-token.js';

/** A token is somebody's, for one authorization: never shared between users. */
export interface TokenKey {
  /** Id of the authorization; of an organisation's own token, its scope and authorization server. */
  readonly authorization: string;
  /** Employee identifier; of an organisation's own token, its DID. */
  readonly user: string;
}

export interface TokenCacheOptions {
  readonly clock: Clock;
  readonly maxEntries: number;
}

/** A token this close to its end is not worth sending. */
const MARGIN_MILLISECONDS = 5_000;

/** Access tokens in memory only: gone with the process, with the authorization, and with the first refusal. */
export class TokenCache {
  private readonly kept = new Map<string, { readonly key: TokenKey; readonly token: Promise<ObtainedToken> }>();

  constructor(private readonly options: TokenCacheOptions) {}

  /**
   * The token kept for this key while it lasts, else the one that `obtain` brings; requests that meet share one.
   * @param signer whose key signs now: a token bound to a key that signs no more is not used on
   */
  async tokenFor(key: TokenKey, signer: Pick<Signer, 'kid'>, obtain: () => Promise<ObtainedToken>): Promise<ObtainedToken> {
    const kept = this.kept.get(nameOf(key))?.token;
    const token = await kept?.catch(() => undefined);
    return token !== undefined && this.lasts(token) && isBoundToItsKey(token, signer) ? token : this.obtain(key, kept, obtain);
  }

  /** After a 401: whatever the cause, this token is not to be sent again. */
  drop(key: TokenKey): void {
    this.kept.delete(nameOf(key));
  }

  /** After a revocation or the end of the shift. */
  dropAuthorization(authorization: string): void {
    for (const [name, { key }] of this.kept) if (key.authorization === authorization) this.kept.delete(name);
  }

  private obtain(key: TokenKey, stale: Promise<ObtainedToken> | undefined, obtain: () => Promise<ObtainedToken>): Promise<ObtainedToken> {
    const name = nameOf(key);
    const underway = this.kept.get(name)?.token;
    // Someone else has replaced the stale one while we looked at it.
    if (underway !== undefined && underway !== stale) return underway;
    const token = obtain();
    this.kept.delete(name);
    this.kept.set(name, { key, token });
    if (this.kept.size > this.options.maxEntries) this.kept.delete(this.kept.keys().next().value!);
    token.catch(() => {
      if (this.kept.get(name)?.token === token) this.kept.delete(name);
    });
    return token;
  }

  private lasts({ expiresAt }: ObtainedToken): boolean {
    return this.options.clock().getTime() + MARGIN_MILLISECONDS < expiresAt.getTime();
  }
}

function isBoundToItsKey({ proofKey }: ObtainedToken, { kid }: Pick<Signer, 'kid'>): boolean {
  return proofKey === undefined || proofKey.kid === kid;
}

function nameOf({ authorization, user }: TokenKey): string {
  return JSON.stringify([authorization, user]);
}
