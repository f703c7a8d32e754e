import { type AnwScope, parseAnwScope } from '@anw/credentials';
import type { ClientCertificate } from '@anw/identity';
import type { Clock } from '@anw/values';
import { timingSafeEqual } from 'node:crypto';
import type { AccessToken } from '../access-token.js';
import { hashToken } from '../token-request/create-access-token.js';

/** Why a request with, or without, an access token is not let in. Closed: every dialect answers each. */
export type AccessFailure =
  | 'token-missing'
  | 'token-malformed'
  | 'token-unknown'
  | 'token-expired'
  /** Not made over the client certificate that the token is bound to (RFC 8705 §3). */
  | 'token-of-another-certificate'
  /** A good token, for something else. */
  | 'token-of-another-scope';

export interface PresentedAccess {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** What the route is for. */
  readonly scope: AnwScope['name'];
}

export interface AuthenticateAccessPorts<Token extends AccessToken> {
  /** Of the organisation that is asked: a token of another is unknown to it. */
  readonly findToken: (hash: string) => Promise<Token | undefined>;
  readonly clock: Clock;
}

export type AuthenticatedAccess<Token extends AccessToken = AccessToken> =
  | { readonly authenticated: true; readonly token: Token }
  | { readonly authenticated: false; readonly failure: AccessFailure; /** Known as soon as the token is: for the log. */ readonly token?: Token };

/** RFC 6750 §2.1 with tokens of 256 bit; a body or query parameter is no place for a token. */
const bearerForm = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/**
 * Finds what the access token of a request stands for. The token is looked up by its hash, so that no comparison of the
 * secret itself takes place; the certificate it is bound to is compared in constant time.
 */
export async function authenticateAccess<Token extends AccessToken>(presented: PresentedAccess, ports: AuthenticateAccessPorts<Token>): Promise<AuthenticatedAccess<Token>> {
  if (presented.authorization === undefined) return { authenticated: false, failure: 'token-missing' };
  const text = bearerForm.exec(presented.authorization)?.[1];
  if (text === undefined) return { authenticated: false, failure: 'token-malformed' };
  const token = await ports.findToken(hashToken(text));
  if (token === undefined) return { authenticated: false, failure: 'token-unknown' };
  if (ports.clock() >= token.expiresAt) return { authenticated: false, failure: 'token-expired', token };
  if (!isBoundTo(token, presented.certificate)) return { authenticated: false, failure: 'token-of-another-certificate', token };
  if (parseAnwScope(token.scope)?.name !== presented.scope) return { authenticated: false, failure: 'token-of-another-scope', token };
  return { authenticated: true, token };
}

/** "The protected resource MUST obtain the client certificate and verify that it matches" (RFC 8705 §3). */
function isBoundTo(token: AccessToken, certificate: ClientCertificate | undefined): boolean {
  if (certificate === undefined || !certificate.trusted) return false;
  const bound = Buffer.from(token.certificateThumbprint);
  const shown = Buffer.from(certificate.thumbprint);
  return bound.length === shown.length && timingSafeEqual(bound, shown);
}
