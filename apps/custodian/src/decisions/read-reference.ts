const inText = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * The reference in what somebody typed or pasted: in capitals, with spaces, without hyphens, or in the middle of the
 * sentence that her screen showed. Undefined when there is none.
 */
export function readReference(text: string): string | undefined {
  const [whole] = inText.exec(text) ?? [];
  if (whole !== undefined) return whole.toLowerCase();
  const digits = text.replaceAll(/[\s.\-–—_]/g, '').toLowerCase();
  const [, found] = /(?:^|[^0-9a-f])([0-9a-f]{32})(?:$|[^0-9a-f])/.exec(digits) ?? [];
  return found?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
