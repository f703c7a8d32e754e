import type { DidUrl } from '@anw/values';
import type { PublicKeyJwk } from './did-document.js';

/**
 * `active`: published; the newest of them whose `signFrom` has come signs. `retired`: published, so that what it signed
 * stays verifiable, but signs no more. `withdrawn`: published no more, nothing it signed can be verified from then on.
 */
export const keyStates = ['active', 'retired', 'withdrawn'] as const;
export type KeyState = (typeof keyStates)[number];

/** The public facts of one key of an organisation. */
export interface OrganisationKey {
  readonly kid: DidUrl;
  readonly publicKeyJwk: PublicKeyJwk;
  readonly state: KeyState;
  /** Not used for signing before this moment: partners keep a DID document for up to an hour (spec nuts-protocols §1.2). */
  readonly signFrom: Date;
}

/** The key that signs now: of the active keys whose time has come, the newest. */
export function currentSigningKey(keys: readonly OrganisationKey[], now: Date): OrganisationKey | undefined {
  return newestFirst(keys.filter((key) => key.state === 'active' && key.signFrom <= now))[0];
}

/** Keys that the DID document lists, the signing ones first: a nuts-node signs with the first key it finds there. */
export function publishedKeys<Key extends Pick<OrganisationKey, 'state'>>(keys: readonly Key[]): readonly Key[] {
  return [...keys.filter((key) => key.state === 'active'), ...keys.filter((key) => key.state === 'retired')];
}

/** Of two that sign from the same moment on, the one that was first stays first. */
export function newestFirst(keys: readonly OrganisationKey[]): readonly OrganisationKey[] {
  return [...keys].sort((one, other) => other.signFrom.getTime() - one.signFrom.getTime());
}
