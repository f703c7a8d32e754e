/** The path of a request target (RFC 9112 §3.2) as the router reads it, not decoded: what a client should not have sent behind a `#` is no part of it either. */
export function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0]!;
}
