import { Did } from '@anw/values';
import { DidResolutionError } from './did-resolver.js';

export interface DidWebParts {
  /** DNS name in lower case; never an IP address (spec nuts-protocols §1.2). */
  readonly host: string;
  readonly port?: number;
  /** Path segments, for example `['iam', uuid]`; empty for the DID of the host itself. */
  readonly path: readonly string[];
}

/** `did:web:<host>[%3A<port>][:<segment>…]`. @throws RangeError when a part has no place in a did:web. */
export function createDidWeb({ host, port, path }: DidWebParts): Did {
  const authority = port === undefined ? host : `${host}%3A${port}`;
  const did = Did.safeParse(['did:web', authority, ...path].join(':'));
  const parsed = did.success ? parseDidWeb(did.data) : undefined;
  if (parsed?.host !== host || parsed.port !== port || host !== host.toLowerCase()) throw new RangeError('not the parts of a did:web');
  return did.data!;
}

/** Where the document of a did:web is published: always https (did:web method specification §3.2). @throws DidResolutionError */
export function didWebUrl(did: Did): URL {
  const { host, port, path } = requireDidWeb(did);
  const authority = port === undefined ? host : `${host}:${port}`;
  return new URL(`https://${authority}/${path.length === 0 ? '.well-known' : path.join('/')}/did.json`);
}

/** The DNS name of the system that publishes this DID, in lower case and without port. @throws DidResolutionError */
export function didWebHost(did: Did): string {
  return requireDidWeb(did).host.toLowerCase();
}

function requireDidWeb(did: Did): DidWebParts {
  if (!did.startsWith('did:web:')) throw new DidResolutionError('unsupported-method', did);
  const parts = parseDidWeb(did);
  if (parts === undefined) throw new DidResolutionError('malformed', did);
  return parts;
}

/**
 * Stricter than the method's grammar: percent-encoding only as `%3A` before the port, so that no encoding can smuggle
 * a slash, a dot segment or user information into the URL.
 */
function parseDidWeb(did: Did): DidWebParts | undefined {
  const [authority = '', ...path] = did.slice('did:web:'.length).split(':');
  const [host = '', port, ...rest] = authority.split('%3A');
  if (rest.length > 0 || !isDnsName(host) || !path.every(isPathSegment)) return undefined;
  if (port === undefined) return { host, path };
  return isPort(port) ? { host, port: Number(port), path } : undefined;
}

/** RFC 1123 §2.1 labels. A last label of digits, or `0x…`, is what URL parsers read as an IPv4 address. */
function isDnsName(host: string): boolean {
  const labels = host.split('.');
  return host.length <= 253 && labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label)) && !/^(?:\d+|0[xX][0-9a-fA-F]*)$/.test(labels.at(-1)!);
}

function isPathSegment(segment: string): boolean {
  return /^[A-Za-z0-9._-]+$/.test(segment) && segment !== '.' && segment !== '..';
}

function isPort(port: string): boolean {
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
}
