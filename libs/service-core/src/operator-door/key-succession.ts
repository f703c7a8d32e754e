import type { Organisation, Signer } from '@anw/identity';

/** What a service has signed for others to keep, and they still need: signed anew after a key was withdrawn. */
export abstract class KeySuccession {
  /** Doing it again with the same signer changes nothing for the worse. */
  abstract signAnew(organisation: Organisation, signer: Signer): Promise<void>;
}

/** Of a service that signs only what is used at once. */
export class NothingToSignAnew extends KeySuccession {
  async signAnew(): Promise<void> {}
}
