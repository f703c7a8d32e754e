import { assuranceLevels } from '@anw/identity';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ProblemError } from '../errors/problem-error.js';
import type { LoginAttempt } from './login-attempt.js';
import type { OidcSettings } from './oidc-settings.js';
import { SESSION_MAX_MILLISECONDS } from './session-cookie.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';

/** Long enough for a slow provider, short enough for someone who waits at a door. */
const TIMEOUT_SECONDS = 10;
const MAX_AGE_SECONDS = SESSION_MAX_MILLISECONDS / 1000;

/** The claims of a login, and what logging out at the provider needs. */
export interface OidcLogin {
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Authorization code flow with PKCE, state and nonce at the organisation's provider (OIDC Core §3.1, RFC 9700 §2.1).
 * The provider is looked up at the first login that needs it, and again until it is found: it may start after us.
 */
@Injectable()
export class OidcClient {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(@Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions) {}

  private get redirectUri(): string {
    return `${this.options.url}/callback`;
  }

  /** A new login: what the browser keeps, and where it goes. */
  async begin(returnTo: string): Promise<{ readonly attempt: LoginAttempt; readonly location: URL }> {
    const configuration = await this.configuration();
    const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), returnTo };
    const location = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: this.options.oidc.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      // A login at the provider that is older than a session may be is done again; the provider then tells its time (OIDC Core §3.1.2.1).
      max_age: String(MAX_AGE_SECONDS),
      ...acrValues(this.options.oidc.acrLevels),
    });
    return { attempt, location };
  }

  /**
   * Exchanges the code that the provider sent the browser back with. `query` is the callback's, with its `?`.
   * @throws ProblemError `unauthenticated` when the answer does not belong to this attempt or the provider refused
   */
  async complete(query: string, attempt: LoginAttempt): Promise<OidcLogin> {
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.redirectUri}${query}`), {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        maxAge: MAX_AGE_SECONDS,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (idToken === undefined) throw new ProblemError('unauthenticated');
      // Many providers tell the person's facts at the userinfo endpoint only; the ID token, which is signed, has the last word.
      return { claims: { ...(await this.userInfo(configuration, tokens.access_token, idToken.sub)), ...idToken } };
    } catch (cause) {
      throw cause instanceof ProblemError ? cause : isUnreachable(cause) ? unavailable(cause) : new ProblemError('unauthenticated', { cause });
    }
  }

  private async userInfo(configuration: oidc.Configuration, accessToken: string, subject: string): Promise<Readonly<Record<string, unknown>>> {
    return configuration.serverMetadata().userinfo_endpoint === undefined ? {} : oidc.fetchUserInfo(configuration, accessToken, subject);
  }

  private async configuration(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover();
    try {
      return await this.discovered;
    } catch (cause) {
      this.discovered = undefined;
      throw unavailable(cause);
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.options.oidc;
    return oidc.discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      // Only when the settings say `http:`, which strict mode refuses.
      execute: issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      ...(this.options.fetch && { [oidc.customFetch]: this.options.fetch as oidc.CustomFetch }),
    });
  }
}

/** The values that we can read, surest first: a wish, so that the provider tells which one it was (OIDC Core §3.1.2.1). */
function acrValues(levels: OidcSettings['acrLevels']): { readonly acr_values?: string } {
  const known = Object.entries(levels).sort(([, one], [, other]) => assuranceLevels.indexOf(other) - assuranceLevels.indexOf(one));
  return known.length === 0 ? {} : { acr_values: known.map(([acr]) => acr).join(' ') };
}

function unavailable(cause: unknown): ProblemError {
  return new ProblemError('unavailable', { cause, detail: 'De inlogdienst van uw organisatie antwoordt niet. Probeer het zo weer.', retryAfterSeconds: 5 });
}

/** `fetch` failed or timed out, or the provider answered 5xx: she may try again, nothing was refused. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) return true;
  const { code, status } = error as { code?: unknown; status?: unknown };
  return code === 'OAUTH_TIMEOUT' || (typeof status === 'number' && status >= 500);
}
