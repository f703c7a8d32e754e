import type { PublicKeyJwk, Signer } from '@anw/identity';
import type { Transaction } from '@anw/persistence';
import type { DidUrl } from '@anw/values';

/**
 * Holds the private halves of one organisation's P-256 keys. The default keeps them encrypted in the database; a vault
 * or a hardware module that never gives them out implements the same four verbs.
 */
export interface KeyVault {
  /** Stored with every key, so that each is sought where it was made. */
  readonly name: string;
  createKey(kid: DidUrl): Promise<PublicKeyJwk>;
  /** What it gives may be kept: it must sign long after the transaction has ended. @throws SigningKeyMissingError */
  openSigner(kid: DidUrl): Promise<Signer>;
  deleteKey(kid: DidUrl): Promise<void>;
}

/** The vault of the organisation that the transaction is bound to; what it stores commits with that transaction. */
export type OpenKeyVault = (tx: Transaction) => KeyVault;
