/** In which form a route tells of failure: RFC 9457, RFC 6749 §5.2 or a FHIR OperationOutcome (style: three dialects). */
export type Dialect = 'problem' | 'oauth' | 'fhir';

/** Path prefixes whose requests get that dialect even when they never reach a controller. */
const prefixes: readonly (readonly [prefix: string, dialect: Dialect])[] = [
  ['/oauth2/', 'oauth'],
  ['/.well-known/oauth-authorization-server', 'oauth'],
  ['/fhir/', 'fhir'],
];

/** The dialect of a path: what a caller of that URL can read, whether or not the route exists. */
export function dialectOfPath(url: string): Dialect {
  return prefixes.find(([prefix]) => url.startsWith(prefix))?.[1] ?? 'problem';
}
