/** The region cannot start or go on; the message is one clear sentence for the person at the keyboard. */
export class RegionError extends Error {
  override readonly name = 'RegionError';
}
