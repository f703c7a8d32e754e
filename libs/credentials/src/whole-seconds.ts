/** A moment in whole seconds, as every date in a credential (spec nuts-protocols §2.3): the fraction is cut off. */
export function wholeSeconds(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
