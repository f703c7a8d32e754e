/**
 * "The `htu` claim matches the HTTP URI value for the HTTP request […], ignoring any query and fragment parts"
 * (RFC 9449 §4.3 point 9), after the normalisation of RFC 3986 §6.2: case of scheme and host, default port, dot
 * segments, escapes that need not be. The port counts: another port is another server.
 */
export function isSameTarget(claimed: string, requested: string): boolean {
  const target = targetOf(claimed);
  return target !== undefined && target === targetOf(requested);
}

/** A URL without query and fragment, as a proof names it in `htu`. */
export function targetOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, host, pathname } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  return `${protocol}//${host}${normalisedEscapes(pathname)}`;
}

/** "%41" is "A", and "%2f" is "%2F" but never "/" (RFC 3986 §6.2.2.1, §6.2.2.2). */
function normalisedEscapes(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escape.toUpperCase();
  });
}
