import type { Outbox } from '@anw/notifications';
import type { Clock, EmployeeIdentifier } from '@anw/values';
import { addEntry, approveEntry, endEntry, type EntryBook, type EntryChange, type EntryStores, listEntries } from '../entries/change-entries.js';
import type { Entry, EntryToAdd } from '../entries/entry.js';
import { type DelegationIssuer, type DelegationStores, renewDelegation } from './renew-delegation.js';
import { tellRegisseur } from './tell-regisseur.js';

export interface AllowlistStores extends DelegationStores, EntryStores {
  readonly outbox: Outbox;
}

/** Who changes entries, and by which rule. */
export interface ChangeEntriesPorts<Stores> {
  /** Absent: the operator door was not told. */
  readonly by: EmployeeIdentifier | undefined;
  /** What she is called, where that is known. */
  readonly byName?: string;
  /** Why, in her own words. */
  readonly reason?: string;
  /** The organisation's own choice: does an entry need a second operator? */
  readonly fourEyes: boolean;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Commits everything that `work` stores, or nothing. */
  readonly transaction: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
}

export interface ChangeAllowlistPorts extends ChangeEntriesPorts<AllowlistStores> {
  readonly issuer: DelegationIssuer;
}

/**
 * Lets a regisseur authorize an actor for that period, issues its new delegation with it and tells the regisseur. Under
 * four eyes all of that waits for approval.
 * @throws EntryError
 */
export function addAllowlistRow(toAdd: EntryToAdd<'allowlist-row'>, ports: ChangeAllowlistPorts): Promise<Entry<'allowlist-row'>> {
  return changing(ports, (book, stores, change) => addEntry(toAdd, book, stores, change));
}

/** Answers nothing when no such row waits for approval. @throws EntryError */
export function approveAllowlistRow(id: string, ports: ChangeAllowlistPorts): Promise<Entry<'allowlist-row'> | undefined> {
  return changing(ports, (book, stores, change) => approveEntry(id, book, stores, change));
}

/** Ends a row now: from the next request on, check 7 refuses. Answers false when there is none to end. */
export function endAllowlistRow(id: string, ports: ChangeAllowlistPorts): Promise<boolean> {
  return changing(ports, (book, stores, change) => endEntry(id, book, stores, change));
}

/** Every row there ever was, those that wait for approval included. */
export function listAllowlist(ports: ChangeAllowlistPorts): Promise<readonly Entry<'allowlist-row'>[]> {
  return changing(ports, (book, stores, { at }) => listEntries(book, stores, at));
}

function changing<T>({ issuer, clock, transaction, ...rule }: ChangeAllowlistPorts, work: (book: EntryBook<'allowlist-row'>, stores: AllowlistStores, change: EntryChange) => Promise<T>): Promise<T> {
  const change = { at: clock(), ...rule };
  return transaction((stores) => work(allowlistBook(stores, change, issuer), stores, change));
}

function allowlistBook(stores: AllowlistStores, { at }: EntryChange, issuer: DelegationIssuer): EntryBook<'allowlist-row'> {
  const { allowlist } = stores;
  const follow = async ({ regisseur }: EntryToAdd<'allowlist-row'>): Promise<void> => {
    await renewDelegation(regisseur, at, issuer, stores);
    await tellRegisseur(regisseur, at, { signer: issuer.signer, outbox: stores.outbox });
  };
  const isLike: EntryBook<'allowlist-row'>['isLike'] = (one, other) => one.regisseur === other.regisseur && one.actor === other.actor;
  return {
    kind: 'allowlist-row',
    logged: { name: 'allowlist.changed', noun: 'row' },
    hold: ({ regisseur }) => allowlist.holdRegisseur(regisseur),
    find: (id) => allowlist.findRowById(id),
    list: () => allowlist.listRows(),
    listLike: async (entry) => (await allowlist.listRowsOf(entry.regisseur)).filter((row) => isLike(row, entry)),
    isLike,
    add: async (id, entry) => {
      const row = { id, ...entry };
      await allowlist.addRow(row);
      await follow(row);
      return row;
    },
    end: async (row) => {
      const ended = await allowlist.endRow(row.id, at);
      if (ended) await follow(row);
      return ended;
    },
    about: ({ regisseur, actor }) => ({ regisseur, actor }),
  };
}
