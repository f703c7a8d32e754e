/** Where the time comes from: an argument everywhere, so that a test decides what time it is. */
export type Clock = () => Date;

/** Whole seconds since the epoch, as JWT `NumericDate` (RFC 7519 §2) counts. */
export function epochSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

export function fromEpochSeconds(seconds: number): Date {
  return new Date(seconds * 1000);
}
