import { type DidUrl, didOf } from '@anw/values';
import type { KeyObject } from 'node:crypto';
import type { DidDocument, VerificationMethod } from './did-document.js';
import type { DidResolver } from './did-resolver.js';
import { JwsError } from './jws-error.js';
import { parsePublicKey } from './public-key.js';
import type { VerificationKeys } from './signing-key.js';

/**
 * Assertion keys from DID documents. A key object is made once per verification method of a document that the resolver
 * keeps (making one costs more than verifying with it) and goes when that document goes.
 */
export function createVerificationKeys(resolver: DidResolver): VerificationKeys {
  const keyObjects = new WeakMap<VerificationMethod, KeyObject>();

  function keyObjectOf(method: VerificationMethod): KeyObject {
    const known = keyObjects.get(method);
    if (known !== undefined) return known;
    const made = parsePublicKey(method.publicKeyJwk).key;
    keyObjects.set(method, made);
    return made;
  }

  return {
    async assertionKey(kid) {
      const did = didOf(kid);
      // A partner that has just rotated signs with a key that our copy of its document does not list yet.
      const method = findAssertionMethod(await resolver.resolve(did), kid) ?? findAssertionMethod(await resolver.resolve(did, { fresh: true }), kid);
      if (method === undefined) throw new JwsError('unknown-key', 'kid is not an assertion key of its DID');
      return keyObjectOf(method);
    },
  };
}

/** A method counts when `assertionMethod` names or holds it and the DID itself controls it. */
function findAssertionMethod(document: DidDocument, kid: DidUrl): VerificationMethod | undefined {
  for (const entry of document.assertionMethod) {
    const method = typeof entry === 'string' ? entry === kid && document.verificationMethod.find(({ id }) => id === kid) : entry.id === kid && entry;
    if (method && method.controller === document.id) return method;
  }
  return undefined;
}
