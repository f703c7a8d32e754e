import type { Did, DidUrl, ValidityPeriod } from '@anw/values';

/** "This regisseur may authorize this actor": the custodian's own row, source of truth of check 7 (design D11). */
export interface AllowlistRow {
  readonly id: string;
  readonly regisseur: Did;
  readonly actor: Did;
  readonly period: ValidityPeriod;
}

/** The custodian's own copy of a delegation it issued. */
export interface IssuedDelegation {
  readonly id: DidUrl;
  readonly regisseur: Did;
  /** Whom the regisseur could authorize when it was issued, each once, in the order of their code points. */
  readonly actors: readonly Did[];
  readonly period: ValidityPeriod;
  /** No authorization under it may last longer. */
  readonly maxAuthorizationSeconds: number;
  readonly revokedAt?: Date;
  readonly jwt: string;
}

/** Allowlist of one custodian organisation. */
export interface AllowlistStore {
  /** Until this transaction ends, others who would change this regisseur's rows wait: each delegation then sees all rows. */
  holdRegisseur(regisseur: Did): Promise<void>;
  addRow(row: AllowlistRow): Promise<void>;
  findRowById(id: string): Promise<AllowlistRow | undefined>;
  /** Ends it now; the row stays, also one that was still to start. Answers false when there is no such row, or it is over already. */
  endRow(id: string, at: Date): Promise<boolean>;
  listRows(): Promise<readonly AllowlistRow[]>;
  listRowsOf(regisseur: Did): Promise<readonly AllowlistRow[]>;
  /** A row for this pair that is valid at that moment. */
  findRow(regisseur: Did, actor: Did, at: Date): Promise<AllowlistRow | undefined>;
  addDelegation(delegation: IssuedDelegation): Promise<void>;
  findDelegation(id: DidUrl): Promise<IssuedDelegation | undefined>;
  /** The newest delegation to this regisseur that is neither revoked nor over. */
  currentDelegation(regisseur: Did, at: Date): Promise<IssuedDelegation | undefined>;
  /** Marks every delegation to this regisseur that is not yet revoked; answers which. */
  revokeDelegations(regisseur: Did, at: Date): Promise<readonly DidUrl[]>;
}
