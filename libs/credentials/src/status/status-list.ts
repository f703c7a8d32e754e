import type { Did, DidUrl } from '@anw/values';

/** What one edition of a status list says, whatever it is signed as. */
export interface ListEdition {
  /** The URL it is served at. */
  readonly url: string;
  /** `<issuer DID>#<uuid>` of this edition. */
  readonly id: DidUrl;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Beside `VerifiableCredential`. */
  readonly type: string;
  readonly contexts: readonly string[];
  readonly subject: ListSubject;
}

export interface ListSubject {
  readonly id: string;
  readonly type: string;
  readonly statusPurpose: 'revocation';
  readonly encodedList: string;
}

/** A list that its issuer signed; whether it is the one that was asked for, and of today, is still to be seen. */
export interface SignedList {
  readonly issuer: Did;
  readonly types: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly subject: ListSubject;
}
