const FEWEST_DIGITS = 3;

/** A `tel:` address of what a source calls a telephone number; undefined when there is nothing in it to dial. */
export function telephoneLink(text: string): string | undefined {
  const dialled = text.replace(/\(0\)/g, '').replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '');
  return dialled.replace('+', '').length < FEWEST_DIGITS ? undefined : `tel:${dialled}`;
}
