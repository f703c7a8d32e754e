/** A number as people type it, with comma or point; the value is a number, or absent when nothing is there. What is no number stays text, for the server to refuse. */
export function readNumber(text: unknown): number | string | undefined {
  if (typeof text !== 'string') return text as number | undefined;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^[-+]?\d+(?:[.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : trimmed;
}
