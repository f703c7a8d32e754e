import type { Did, DidUrl, ValidityPeriod } from '@anw/values';

/** A delegation that a custodian gave this regisseur, fetched and verified (design D11). */
export interface ReceivedDelegation {
  readonly id: DidUrl;
  readonly custodian: Did;
  readonly actors: readonly Did[];
  readonly maxAuthorizationSeconds: number;
  readonly period: ValidityPeriod;
  /** Compact JWT, as received. */
  readonly jwt: string;
  readonly fetchedAt: Date;
}

/** The newest delegation of each custodian to one regisseur. */
export interface ReceivedDelegationStore {
  saveDelegation(delegation: ReceivedDelegation): Promise<void>;
  findDelegationOf(custodian: Did): Promise<ReceivedDelegation | undefined>;
}
