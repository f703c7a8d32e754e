import type { AuditLog } from '@anw/audit';
import type { Clock, Did, ValidityPeriod } from '@anw/values';
import type { AllowlistRow } from './allowlist.js';
import { AllowlistError } from './allowlist-error.js';
import { type DelegationIssuer, type DelegationStores, renewDelegation } from './renew-delegation.js';

export interface AllowlistStores extends DelegationStores {
  readonly audit: AuditLog;
}

export interface ChangeAllowlistPorts {
  readonly issuer: DelegationIssuer;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Commits everything that `work` stores, or nothing. */
  readonly transaction: <T>(work: (stores: AllowlistStores) => Promise<T>) => Promise<T>;
}

export interface AllowlistRowToAdd {
  readonly regisseur: Did;
  readonly actor: Did;
  readonly period: ValidityPeriod;
}

/**
 * Lets a regisseur authorize an actor from now on, and issues its new delegation with it. A repeat answers with the row
 * that is there. Two rows of one pair never overlap, so that ending a row ends the access.
 * @throws AllowlistError
 */
export async function addAllowlistRow(toAdd: AllowlistRowToAdd, { issuer, clock, randomUuid, transaction }: ChangeAllowlistPorts): Promise<AllowlistRow> {
  const at = clock();
  assertUsable(toAdd.period, at);
  return transaction(async (stores) => {
    await stores.allowlist.holdRegisseur(toAdd.regisseur);
    const overlapping = (await stores.allowlist.listRowsOf(toAdd.regisseur)).filter((row) => row.actor === toAdd.actor && overlap(row.period, toAdd.period));
    const same = overlapping.find((row) => isSame(row.period, toAdd.period));
    if (same !== undefined) return same;
    if (overlapping.length > 0) throw new AllowlistError('overlaps-another-row');

    const row: AllowlistRow = { id: randomUuid(), ...toAdd };
    await stores.allowlist.addRow(row);
    await renewDelegation(row.regisseur, at, issuer, stores);
    await recordChange(row, at, `row ${row.id} added`, randomUuid, stores);
    return row;
  });
}

/** Ends a row now: from the next request on, check 7 refuses. Answers false when there is none to end. */
export async function endAllowlistRow(id: string, { issuer, clock, randomUuid, transaction }: ChangeAllowlistPorts): Promise<boolean> {
  const at = clock();
  return transaction(async (stores) => {
    const row = await stores.allowlist.findRowById(id);
    if (row === undefined) return false;
    await stores.allowlist.holdRegisseur(row.regisseur);
    if (!(await stores.allowlist.endRow(id, at))) return false;
    await renewDelegation(row.regisseur, at, issuer, stores);
    await recordChange(row, at, `row ${id} ended`, randomUuid, stores);
    return true;
  });
}

function assertUsable({ from, until }: ValidityPeriod, at: Date): void {
  if (until <= from) throw new AllowlistError('period-ends-before-it-starts');
  if (until <= at) throw new AllowlistError('period-is-over');
}

function overlap(a: ValidityPeriod, b: ValidityPeriod): boolean {
  return a.from < b.until && b.from < a.until;
}

function isSame(a: ValidityPeriod, b: ValidityPeriod): boolean {
  return a.from.getTime() === b.from.getTime() && a.until.getTime() === b.until.getTime();
}

async function recordChange({ regisseur, actor }: AllowlistRow, at: Date, query: string, randomUuid: () => string, { audit }: AllowlistStores): Promise<void> {
  await audit.append({ id: randomUuid(), name: 'allowlist.changed', outcome: 'success', at, regisseur, actor, query });
}
