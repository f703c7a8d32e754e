import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, base64url: the secret of a system that comes by itself, an access token, or a one-time code. */
export function createClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** hex SHA-256: enough for what nobody can guess, and reading the table opens nothing. */
export function hashClientSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In a time that does not tell how much of it was right. */
export function isClientSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashClientSecret(secret), 'hex'), Buffer.from(hash, 'hex'));
}

export interface ClientCredentials {
  readonly id: string;
  readonly secret: string;
}

/** Client id and secret of an `Authorization: Basic` header (RFC 6749 §2.3.1: each form-encoded); undefined when there are none that can be read. */
export function readBasicCredentials(header: string | undefined): ClientCredentials | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  if (at === -1) return undefined;
  try {
    return { id: decodeURIComponent(text.slice(0, at)), secret: decodeURIComponent(text.slice(at + 1)) };
  } catch {
    return undefined;
  }
}
