/**
 * The same value with every literal reference to that server made relative (`Patient/12`), as it stands in our own store.
 * References to elsewhere stay as they are, and then name nobody here.
 * @param base FHIR base URL of the server, without a slash at the end.
 */
export function withRelativeReferences<T>(value: T, base: string): T {
  return rewrite(value, `${base}/`) as T;
}

function rewrite(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((each) => rewrite(each, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'reference' && typeof each === 'string' && each.startsWith(prefix) ? each.slice(prefix.length) : rewrite(each, prefix)]));
}
