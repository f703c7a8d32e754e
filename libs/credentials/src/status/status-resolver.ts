import type { VerificationKeys } from '@anw/identity';
import type { Clock, Did } from '@anw/values';
import { CredentialError, type ParsedCredential, type StatusEntry } from '../credential.js';
import { wayThere } from '../credential-failures.js';
import { isBitSet } from './bitstring.js';
import { parseStatusEntries, type StatusListForm } from './status-entry.js';
import { type StatusList, verifyStatusList } from './status-list-credential.js';
import type { CredentialStatuses, StatusVerdict } from './status-verdict.js';

/** "Cache at most 5 min, because authorizations last hours" (spec nuts-protocols §2.8). */
export const MAX_STATUS_AGE_SECONDS = 300;

/** A list that could not be had is not asked for again within this time. */
const FAILURE_SECONDS = 2;

/** Fetches a status list. Rejects when it cannot be had; answers the body otherwise. */
export type FetchStatusList = (url: string) => Promise<string>;

export interface StatusResolverOptions {
  readonly fetchList: FetchStatusList;
  readonly keys: VerificationKeys;
  readonly clock: Clock;
  /** A list older than this is fetched anew; when that fails it still serves until it is `MAX_STATUS_AGE_SECONDS` old. */
  readonly maxAgeSeconds?: number;
  /** Lists kept at once, 16 KiB each. */
  readonly maxEntries?: number;
}

/** Remembers the lists that it evaluated. */
export interface KeptCredentialStatuses extends CredentialStatuses {
  /** When a list of this issuer last came in; undefined when none is kept. */
  listFetchedAt(issuer: Did): Date | undefined;
}

interface KeptList {
  readonly list: StatusList;
  readonly fetchedAt: Date;
}

/**
 * Evaluates every entry of a credential against the list of its own issuer. What cannot be evaluated is `unknown`:
 * no entry at all, an unknown type or purpose, a list that is unreachable, expired, of someone else or too short (design D10).
 */
export function createCredentialStatuses({ fetchList, keys, clock, maxAgeSeconds = 60, maxEntries = 500 }: StatusResolverOptions): KeptCredentialStatuses {
  if (maxAgeSeconds > MAX_STATUS_AGE_SECONDS) throw new RangeError(`a status is at most ${MAX_STATUS_AGE_SECONDS} s old`);
  const kept = new Map<string, KeptList>();
  const failed = new Map<string, { readonly at: Date; readonly error: unknown }>();
  const underway = new Map<string, Promise<KeptList>>();

  async function statusOf({ issuer, status }: Pick<ParsedCredential, 'id' | 'issuer' | 'status'>): Promise<StatusVerdict> {
    try {
      const entries = parseStatusEntries(status);
      return combine(await Promise.all(entries.map((entry) => statusOfEntry(entry, issuer))));
    } catch (error) {
      if (error instanceof CredentialError) return unknown(error.message);
      throw error;
    }
  }

  async function statusOfEntry(entry: StatusEntry, issuer: ParsedCredential['issuer']): Promise<StatusVerdict> {
    try {
      const { list, fetchedAt } = await listOf(entry);
      // "List issuer MUST equal VC issuer" (spec nuts-protocols S7): else anyone's list could clear, or revoke, the credential.
      if (list.issuer !== issuer) return unknown('the list is of another issuer');
      return isBitSet(list.bits, entry.statusListIndex) ? { status: 'revoked' } : { status: 'valid', checkedAt: fetchedAt };
    } catch (error) {
      return unknown(`list at ${entry.statusListCredential}: ${error instanceof CredentialError ? error.message : `cannot be had${wayThere(error)}`}`);
    }
  }

  async function listOf(entry: StatusEntry): Promise<KeptList> {
    const url = entry.statusListCredential;
    const known = kept.get(keyOf(entry));
    if (known !== undefined && isUsable(known, maxAgeSeconds)) return touch(entry, known);
    try {
      return await refresh(entry, url);
    } catch (error) {
      if (known !== undefined && isUsable(known, MAX_STATUS_AGE_SECONDS)) return known;
      throw error;
    }
  }

  function isUsable({ list, fetchedAt }: KeptList, ageSeconds: number): boolean {
    const now = clock().getTime();
    return now - fetchedAt.getTime() < ageSeconds * 1000 && now < list.expiresAt.getTime();
  }

  /** One fetch at a time per list, however many ask. */
  function refresh(entry: StatusEntry, url: string): Promise<KeptList> {
    const key = keyOf(entry);
    const recent = failed.get(key);
    if (recent !== undefined && clock().getTime() - recent.at.getTime() < FAILURE_SECONDS * 1000) return Promise.reject(recent.error);
    const running = underway.get(key);
    if (running !== undefined) return running;
    const started = fetchAndVerify(entry, url).finally(() => underway.delete(key));
    underway.set(key, started);
    return started;
  }

  async function fetchAndVerify(entry: StatusEntry, url: string): Promise<KeptList> {
    const key = keyOf(entry);
    try {
      const fetchedAt = clock();
      const list = await verifyStatusList(await fetchList(url), { form: formOf(entry), url, keys, now: clock() });
      failed.delete(key);
      return touch(entry, { list, fetchedAt });
    } catch (error) {
      failed.delete(key);
      remember(failed, key, { at: clock(), error });
      throw error;
    }
  }

  function touch(entry: StatusEntry, list: KeptList): KeptList {
    kept.delete(keyOf(entry));
    remember(kept, keyOf(entry), list);
    return list;
  }

  /** The least recently used goes first. */
  function remember<T>(map: Map<string, T>, key: string, value: T): void {
    map.set(key, value);
    for (const oldest of map.keys()) {
      if (map.size <= maxEntries) break;
      map.delete(oldest);
    }
  }

  function listFetchedAt(issuer: Did): Date | undefined {
    const times = [...kept.values()].filter(({ list }) => list.issuer === issuer).map(({ fetchedAt }) => fetchedAt.getTime());
    return times.length === 0 ? undefined : new Date(Math.max(...times));
  }

  return { statusOf, listFetchedAt };
}

/** Revoked by any entry is revoked; unknown by any is unknown; valid only when all say so, as of the oldest list. */
function combine(verdicts: readonly StatusVerdict[]): StatusVerdict {
  if (verdicts.length === 0) return unknown('the credential has no status entry');
  const worst = verdicts.find(({ status }) => status === 'revoked') ?? verdicts.find(({ status }) => status === 'unknown');
  if (worst !== undefined) return worst;
  const times = verdicts.flatMap((verdict) => (verdict.status === 'valid' ? [verdict.checkedAt.getTime()] : []));
  return { status: 'valid', checkedAt: new Date(Math.min(...times)) };
}

function unknown(detail: string): StatusVerdict {
  return { status: 'unknown', detail };
}

function formOf({ type }: StatusEntry): StatusListForm {
  return type === 'StatusList2021Entry' ? 'StatusList2021' : 'BitstringStatusList';
}

function keyOf({ type, statusListCredential }: StatusEntry): string {
  return `${type} ${statusListCredential}`;
}
