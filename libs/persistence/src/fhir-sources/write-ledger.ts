import type { WriteLedger } from '@anw/fhir';
import type { Clock, OrganisationId } from '@anw/values';
import type { Database } from '../database/database.js';
import { SourceWriteTable } from './source-write-table.js';

export interface WriteLedgerOptions {
  readonly database: Database;
  readonly organisation: OrganisationId;
  readonly clock: Clock;
  /** Makes our id of a write: a uuid. */
  readonly newId: () => string;
}

/** The ledger of one organisation; each method is a transaction. */
export function createWriteLedger({ database, organisation, clock, newId }: WriteLedgerOptions): WriteLedger {
  const inTransaction = <T>(work: (writes: SourceWriteTable) => Promise<T>): Promise<T> => database.withOrganisation(organisation, (tx) => work(new SourceWriteTable(tx)));
  return {
    claim: (draft, until) => inTransaction((writes) => writes.claim(draft, newId(), clock(), until)),
    findSettled: (draft) => inTransaction((writes) => writes.findSettled(draft)),
    settle: (draft, stored) => inTransaction((writes) => writes.settle(draft, stored, clock())),
    yieldClaim: (draft, from) => inTransaction((writes) => writes.yieldClaim(draft, from)),
    release: (draft) => inTransaction((writes) => writes.release(draft)),
    isWritten: (wanted) => inTransaction((writes) => writes.isWritten(wanted)),
  };
}
