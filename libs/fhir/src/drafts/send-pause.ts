/** Pauses between attempts, in milliseconds. */
export interface SendTiming {
  readonly firstPause: number;
  readonly longestPause: number;
}

export const defaultSendTiming: SendTiming = { firstPause: 500, longestPause: 30_000 };

/**
 * How long to wait after that many attempts without an outcome: doubles up to a ceiling, less up to half of it by chance, so
 * that what failed together does not return together. In milliseconds.
 * @param random answers in [0, 1)
 */
export function sendPause(attempts: number, random: () => number, { firstPause, longestPause }: SendTiming = defaultSendTiming): number {
  const ceiling = Math.min(longestPause, firstPause * 2 ** Math.min(Math.max(attempts - 1, 0), 30));
  return ceiling * (1 - random() / 2);
}
