/** Text as it lies in the database: encrypted, with the name of the key that encrypted it. */
export interface SealedText {
  readonly encryptionKeyId: string;
  readonly sealed: Uint8Array;
}

/** Encrypts what nobody may read in the database or its back-ups, under a key of the transaction's organisation. `context` binds it to its row: moved elsewhere it does not open. */
export interface Sealing {
  seal(text: string, context: string): SealedText;
  /** Throws when it was sealed with a key that is not configured, or was changed. */
  open(sealed: SealedText, context: string): string;
  /** Whether a previous key sealed it: then it is to be sealed anew, so that that key can go. */
  isOutdated(sealed: SealedText): boolean;
}
