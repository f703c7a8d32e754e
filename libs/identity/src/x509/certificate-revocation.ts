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
  readonly maxEntries?: number;
}

/** A list that could not be had is not asked for again within this time. */
const FAILURE_SECONDS = 5;

interface Kept {
  readonly list?: CertificateRevocationList;
  readonly until: number;
}

/**
 * Revocation by the lists that certificates name (RFC 5280 §5, §6.3). A list that is unreachable, not of this issuer, over
 * or of a kind that we do not read leaves the status `unknown`, and so does a certificate that names none.
 */
export function createCrlRevocation({ fetchList, clock, maxAgeSeconds = 3_600, maxEntries = 50 }: CrlRevocationOptions): CertificateRevocation {
  const kept = new Map<string, Kept>();
  const underway = new Map<string, Promise<CertificateRevocationList | undefined>>();

  async function statusOf(certificate: Certificate, issuer: Certificate): Promise<RevocationStatus> {
    const { verifyRevocationList } = await import('./revocation-list.js');
    for (const url of certificate.crlUrls.filter(isHttp).slice(0, 3)) {
      const list = await listOf(url);
      if (list === undefined || !verifyRevocationList(list, { url, issuer, now: clock(), ofAuthority: certificate.isAuthority })) continue;
      return list.revoked.has(certificate.serialNumber) ? 'revoked' : 'good';
    }
    return 'unknown';
  }

  function listOf(url: string): Promise<CertificateRevocationList | undefined> {
    const known = kept.get(url);
    if (known !== undefined && clock().getTime() < known.until) return Promise.resolve(known.list);
    const running = underway.get(url);
    if (running !== undefined) return running;
    const started = fetchAndKeep(url).finally(() => underway.delete(url));
    underway.set(url, started);
    return started;
  }

  async function fetchAndKeep(url: string): Promise<CertificateRevocationList | undefined> {
    const { parseRevocationList } = await import('./revocation-list.js');
    const list = await fetchList(url).then(parseRevocationList, () => undefined);
    const now = clock().getTime();
    keep(url, list === undefined ? { until: now + FAILURE_SECONDS * 1000 } : { list, until: Math.min(list.nextUpdate.getTime(), now + maxAgeSeconds * 1000) });
    return list;
  }

  function keep(url: string, entry: Kept): void {
    kept.delete(url);
    kept.set(url, entry);
    if (kept.size > maxEntries) kept.delete(kept.keys().next().value!);
  }

  return { statusOf };
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
