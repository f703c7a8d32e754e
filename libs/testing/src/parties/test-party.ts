import { createLocalSigner, DidResolutionError, JwsError, type Organisation, type Signer, type Signers, type VerificationKeys } from '@anw/identity';
import { Did, DidUrl, didOf, OrganisationId, OrganisationName } from '@anw/values';
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';

/** A made-up organisation with a real key. */
export interface TestParty {
  readonly organisation: Organisation;
  readonly did: Did;
  readonly signer: Signer;
  readonly publicKey: KeyObject;
}

/** A new DID and a new P-256 key at each call, so that specs that share a server do not meet. */
export function createTestParty(name: string): TestParty {
  const id = OrganisationId.parse(randomUUID());
  const did = Did.parse(`did:web:${name}.example:iam:${id}`);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const organisation = { id, did, name: OrganisationName.parse(name), displayName: name, city: 'Zutphen', issuer: `https://${name}.example/oauth2/${name}` };
  return { organisation, did, signer: createLocalSigner(DidUrl.parse(`${did}#key-1`), privateKey), publicKey };
}

/** Finds the assertion keys of these parties and of nobody else. */
export function keysOfParties(...parties: readonly TestParty[]): VerificationKeys {
  return {
    async assertionKey(kid) {
      const party = parties.find(({ did }) => did === didOf(kid));
      if (party === undefined) throw new DidResolutionError('not-found', didOf(kid));
      if (party.signer.kid !== kid) throw new JwsError('unknown-key', 'kid is not an assertion key of its DID');
      return party.publicKey;
    },
  };
}

/** Signs for these parties and for nobody else. */
export function signersOfParties(...parties: readonly TestParty[]): Signers {
  return {
    async signerFor(did) {
      const party = parties.find((candidate) => candidate.did === did);
      if (party === undefined) throw new Error('no such test party');
      return party.signer;
    },
  };
}
