import type { Did } from '@anw/values';
import { DidResolutionError } from '../did-resolver.js';

export type DidX509PolicyName = 'san' | 'subject';

/** What a did:x509 says of the certificate that it stands for (Nuts RFC023; spec nuts-protocols §1.7). */
export interface DidX509 {
  /** SHA-256 over the DER of a CA certificate, base64url without padding. */
  readonly authority: string;
  /** By policy: attribute and value, percent-decoded. */
  readonly policies: ReadonlyMap<DidX509PolicyName, ReadonlyMap<string, string>>;
}

/** The attributes that a policy may name. */
const attributes: Readonly<Record<DidX509PolicyName, readonly string[]>> = {
  san: ['otherName', 'dns', 'email', 'ip'],
  subject: ['serialNumber', 'CN', 'L', 'C', 'O', 'OU', 'ST', 'STREET'],
};

export function isDidX509(did: Did): boolean {
  return did.startsWith('did:x509:');
}

/**
 * Reads `did:x509:0:sha256:<fingerprint>::<policy>:<key>:<value>…[::<policy>…]`. A policy or an attribute that is named
 * twice is refused: readers differ in which of them counts (spec nuts-protocols §10 pitfall 14).
 * @throws DidResolutionError `malformed`
 */
export function parseDidX509(did: Did): DidX509 {
  const [head = '', ...groups] = did.split('::');
  const authority = /^did:x509:0:sha256:([A-Za-z0-9_-]{43})$/.exec(head)?.[1];
  if (authority === undefined || groups.length === 0) throw malformed(did);
  const policies = new Map<DidX509PolicyName, ReadonlyMap<string, string>>();
  for (const group of groups) {
    const { name, values } = parsePolicy(did, group);
    if (policies.has(name)) throw malformed(did);
    policies.set(name, values);
  }
  return { authority, policies };
}

function parsePolicy(did: Did, group: string): { readonly name: DidX509PolicyName; readonly values: ReadonlyMap<string, string> } {
  const [name, ...parts] = group.split(':');
  if ((name !== 'san' && name !== 'subject') || parts.length === 0 || parts.length % 2 !== 0) throw malformed(did);
  const values = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) {
    const key = parts[at]!;
    if (!attributes[name].includes(key) || values.has(key)) throw malformed(did);
    values.set(key, decodeValue(did, parts[at + 1]!));
  }
  return { name, values };
}

function decodeValue(did: Did, value: string): string {
  if (value === '') throw malformed(did);
  try {
    return decodeURIComponent(value);
  } catch {
    throw malformed(did);
  }
}

/** Writes a value as it stands in a did:x509: everything but letters, digits, `.`, `_` and `-` is percent-encoded. */
export function encodeDidX509Value(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function malformed(did: Did): DidResolutionError {
  return new DidResolutionError('malformed', did);
}
