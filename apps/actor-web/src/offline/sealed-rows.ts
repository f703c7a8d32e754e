import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Sealed } from './seal.js';

export interface KeyRow {
  readonly visit: string;
  readonly key: CryptoKey;
  /** ISO 8601: the end of the visit, extensions included. */
  readonly until: string;
}

export interface SealedRow extends Sealed {
  readonly id: string;
  readonly visit: string;
}

/** Where this device keeps keys and what they locked. Nothing in a row says what it is about. */
export interface SealedRows {
  /** Whose it is: one person's at a time. */
  owner(): Promise<string | undefined>;
  setOwner(owner: string): Promise<void>;
  findKey(visit: string): Promise<KeyRow | undefined>;
  /** Of two at once the first stays; answers the one that stays. */
  addKey(row: KeyRow): Promise<KeyRow>;
  putKey(row: KeyRow): Promise<void>;
  listKeys(): Promise<readonly KeyRow[]>;
  find(id: string): Promise<SealedRow | undefined>;
  list(): Promise<readonly SealedRow[]>;
  put(row: SealedRow): Promise<void>;
  remove(id: string): Promise<void>;
  /** Key first: what it locked is unreadable from then on. */
  removeVisit(visit: string): Promise<void>;
  clear(): Promise<void>;
}

interface Schema extends DBSchema {
  keys: { key: string; value: KeyRow };
  drafts: { key: string; value: SealedRow };
  owner: { key: string; value: string };
}

const NAME = 'anw-drafts';

/** In the browser's own database. @throws when the browser keeps none, as in some private windows */
export async function indexedRows(): Promise<SealedRows> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('keys', { keyPath: 'visit' });
      database.createObjectStore('drafts', { keyPath: 'id' });
      database.createObjectStore('owner');
    },
    // Another tab with a newer page may change the database.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    owner: () => db.get('owner', 'owner'),
    setOwner: async (owner) => void (await db.put('owner', owner, 'owner')),
    findKey: (visit) => db.get('keys', visit),
    async addKey(row) {
      const tx = db.transaction('keys', 'readwrite');
      const known = await tx.store.get(row.visit);
      if (known === undefined) await tx.store.add(row);
      await tx.done;
      return known ?? row;
    },
    putKey: async (row) => void (await db.put('keys', row)),
    listKeys: () => db.getAll('keys'),
    find: (id) => db.get('drafts', id),
    list: () => db.getAll('drafts'),
    put: async (row) => void (await db.put('drafts', row)),
    remove: (id) => db.delete('drafts', id),
    async removeVisit(visit) {
      const tx = db.transaction(['keys', 'drafts'], 'readwrite');
      await tx.objectStore('keys').delete(visit);
      for (const row of await tx.objectStore('drafts').getAll()) if (row.visit === visit) await tx.objectStore('drafts').delete(row.id);
      await tx.done;
    },
    async clear() {
      const tx = db.transaction(['keys', 'drafts', 'owner'], 'readwrite');
      await Promise.all([tx.objectStore('keys').clear(), tx.objectStore('drafts').clear(), tx.objectStore('owner').clear()]);
      await tx.done;
    },
  };
}

/** For a browser that keeps nothing: as long as the page lives. */
export function memoryRows(): SealedRows {
  const keys = new Map<string, KeyRow>();
  const drafts = new Map<string, SealedRow>();
  let owner: string | undefined;
  return {
    owner: async () => owner,
    setOwner: async (name) => void (owner = name),
    findKey: async (visit) => keys.get(visit),
    async addKey(row) {
      if (!keys.has(row.visit)) keys.set(row.visit, row);
      return keys.get(row.visit)!;
    },
    putKey: async (row) => void keys.set(row.visit, row),
    listKeys: async () => [...keys.values()],
    find: async (id) => drafts.get(id),
    list: async () => [...drafts.values()],
    put: async (row) => void drafts.set(row.id, row),
    remove: async (id) => void drafts.delete(id),
    async removeVisit(visit) {
      keys.delete(visit);
      for (const row of [...drafts.values()]) if (row.visit === visit) drafts.delete(row.id);
    },
    async clear() {
      keys.clear();
      drafts.clear();
      owner = undefined;
    },
  };
}
