import type { Clock } from '@anw/values';
import type { Certificate } from './certificate.js';
import type { CertificateRevocationList } from './revocation-list.js';

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** Tells whether the authority took a certificate back. */
export interface CertificateRevocation {
  statusOf(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus>;
}

/** Fetches a certificate revocation list (DER). Rejects when it cannot be had. */
export type FetchRevocationList = (url: string) => Promise<Uint8Array>;

export interface CrlRevocationOptions {
  readonly fetchList: FetchRevocationList;
  readonly clock: Clock;
  /** A list is asked for anew after this, however long it is valid. */
  readonly maxAgeSeconds?: number;
  /** How old a list may become while a newer one cannot be had; `maxAgeSeconds` unless told otherwise. */
  readonly staleAfterSeconds?: number;
  readonly maxEntries?: number;
}

/** A list that could not be had is not asked for again within this time. */
const FAILURE_SECONDS = 5;

interface Kept {
  /** The newest that could be had. */
  readonly list?: CertificateRevocationList;
  readonly fetchedAt: number;
  readonly askAgainAt: number;
}

/**
 * Revocation by the lists that certificates name (RFC 5280 §5, §6.3). A list that is unreachable, not of this issuer, over
 * or of a kind that we do not read leaves the status `unknown`, and so does a certificate that names none; but what an
 * authority took back stays so, also when its list has become old.
 */
export function createCrlRevocation({ fetchList, clock, maxAgeSeconds = 3_600, staleAfterSeconds = maxAgeSeconds, maxEntries = 50 }: CrlRevocationOptions): CertificateRevocation {
  const kept = new Map<string, Kept>();
  const underway = new Map<string, Promise<Kept>>();

  async function statusOf(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus> {
    const { verifyRevocationList } = await import('./revocation-list.js');
    for (const url of certificate.crlUrls.filter(isHttp).slice(0, 3)) {
      const entry = await latestOf(url);
      if (entry.list === undefined || !verifyRevocationList(entry.list, { url, issuer, ofAuthority: certificate.isAuthority })) continue;
      if (entry.list.revoked.has(certificate.serialNumber)) return 'revoked';
      if (isCurrent(entry, clock().getTime())) return 'good';
    }
    return 'unknown';
  }

  /** A list that still counts is used while a newer one is fetched. */
  function latestOf(url: string): Promise<Kept> {
    const known = kept.get(url);
    const now = clock().getTime();
    if (known !== undefined && now < known.askAgainAt) return Promise.resolve(known);
    const fetched = underway.get(url) ?? renew(url, known);
    return known !== undefined && isCurrent(known, now) ? Promise.resolve(known) : fetched;
  }

  function renew(url: string, before: Kept | undefined): Promise<Kept> {
    const started = fetchEntry(url, before).finally(() => underway.delete(url));
    underway.set(url, started);
    return started;
  }

  async function fetchEntry(url: string, before: Kept | undefined): Promise<Kept> {
    const { parseRevocationList } = await import('./revocation-list.js');
    const list = await fetchList(url).then(parseRevocationList, () => undefined);
    const now = clock().getTime();
    const entry: Kept =
      list === undefined
        ? { fetchedAt: now, ...before, askAgainAt: now + FAILURE_SECONDS * 1000 }
        : { list, fetchedAt: now, askAgainAt: Math.max(now + FAILURE_SECONDS * 1000, Math.min(list.nextUpdate.getTime(), now + maxAgeSeconds * 1000)) };
    keep(url, entry);
    return entry;
  }

  function keep(url: string, entry: Kept): void {
    kept.delete(url);
    kept.set(url, entry);
    if (kept.size > maxEntries) kept.delete(kept.keys().next().value!);
  }

  function isCurrent({ list, fetchedAt }: Kept, now: number): boolean {
    return list !== undefined && now >= list.thisUpdate.getTime() && now <= list.nextUpdate.getTime() && now < fetchedAt + staleAfterSeconds * 1000;
  }

  return { statusOf };
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
