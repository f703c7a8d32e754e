import { createPublicKey } from 'node:crypto';
import { JwsError } from './jws-error.js';
import type { OrganisationKey } from './organisation-key.js';
import type { VerificationKeys } from './signing-key.js';

/** Verifies with keys that we hold ourselves, without asking anybody; a withdrawn one verifies nothing. */
export function createKnownVerificationKeys(keys: readonly OrganisationKey[]): VerificationKeys {
  return {
    async assertionKey(kid) {
      const key = keys.find((candidate) => candidate.kid === kid && candidate.state !== 'withdrawn');
      if (key === undefined) throw new JwsError('unknown-key', 'kid is not a key of this organisation');
      return createPublicKey({ key: key.publicKeyJwk, format: 'jwk' });
    },
  };
}
