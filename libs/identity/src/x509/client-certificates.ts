import type { Clock } from '@anw/values';
import { createHash } from 'node:crypto';
import type { ClientCertificate } from '../requesting-system.js';
import type { Certificate } from './certificate.js';
import { CertificateError, type CertificateFailure } from './certificate-error.js';
import type { CertificateRevocation } from './certificate-revocation.js';
import type { TrustedClientCertificate } from './trust-client-certificate.js';

/** A certificate that somebody showed who had its private key; nothing else is known of it. */
export interface PresentedCertificate {
  /** DER. */
  readonly der: Uint8Array;
  /** base64url SHA-256 of the DER form: "x5t#S256" (RFC 8705 §3.1). */
  readonly thumbprint: string;
}

/** Finds out what a client certificate is worth. */
export interface ClientCertificates {
  judge(presented: PresentedCertificate): Promise<ClientCertificate>;
}

/** Remembers the certificates that it found trustworthy. */
export interface KnownClientCertificates extends ClientCertificates {
  /** Until when the one that this host showed last is good; undefined when it showed none since we started. */
  validUntilOf(host: string): Date | undefined;
}

export interface ClientCertificatesOptions {
  /** The certificate authorities of whom this door takes clients, PEM: roots, and authorities below them. */
  readonly authorities: string;
  readonly revocation: CertificateRevocation;
  /** `soft`: a certificate whose status cannot be established is taken; one that was revoked never is. */
  readonly revocationMode: 'hard' | 'soft';
  readonly clock: Clock;
  readonly maxEntries?: number;
}

/** So long a status that was established is not asked for again. */
const STATUS_SECONDS = 60;

interface Known extends TrustedClientCertificate {
  readonly certificate: ClientCertificate;
  /** Until then the status that was established counts. */
  statusUntil: number;
}

/** A presented certificate, with the name that tokens are bound to. */
export function presentCertificate(der: Uint8Array): PresentedCertificate {
  return { der, thumbprint: createHash('sha256').update(der).digest('base64url') };
}

/**
 * Judges client certificates by our own authorities, in one way for every form in which they come. A chain that was
 * found is kept; dates are compared each time, and revocation is asked each minute.
 */
export function createClientCertificates({ authorities, revocation, revocationMode, clock, maxEntries = 1_000 }: ClientCertificatesOptions): KnownClientCertificates {
  const known = new Map<string, Known>();
  let bundle: readonly Certificate[] | undefined;

  async function judge(presented: PresentedCertificate): Promise<ClientCertificate> {
    try {
      return (await trustNow(presented)).certificate;
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      return { hosts: await readableHosts(presented), thumbprint: presented.thumbprint, trusted: false, flaw: error.code };
    }
  }

  async function trustNow(presented: PresentedCertificate): Promise<Known> {
    const now = clock();
    const before = known.get(presented.thumbprint);
    const trusted = before !== undefined && now >= before.validFrom && now <= before.validUntil ? before : await findChain(presented, now);
    if (now.getTime() >= trusted.statusUntil) await assertStanding(trusted);
    return trusted;
  }

  async function findChain({ der, thumbprint }: PresentedCertificate, now: Date): Promise<Known> {
    const { parseAuthorities, trustClientCertificate } = await import('./trust-client-certificate.js');
    const { parseCertificate } = await import('./certificate.js');
    bundle ??= parseAuthorities(authorities);
    const leaf = parseCertificate(der);
    const trusted = trustClientCertificate(leaf, bundle, now);
    return keep({ ...trusted, certificate: { hosts: hostsOf(leaf), thumbprint, trusted: true }, statusUntil: 0 });
  }

  function keep(trusted: Known): Known {
    const { thumbprint } = trusted.certificate;
    known.delete(thumbprint);
    known.set(thumbprint, trusted);
    if (known.size > maxEntries) known.delete(known.keys().next().value!);
    return trusted;
  }

  async function assertStanding(trusted: Known): Promise<void> {
    const { assertNotRevoked } = await import('./assert-not-revoked.js');
    try {
      await assertNotRevoked(trusted.chain, revocation);
    } catch (error) {
      if (revocationMode === 'hard' || !(error instanceof CertificateError) || error.code !== ('revocation-unknown' satisfies CertificateFailure)) throw error;
    }
    trusted.statusUntil = clock().getTime() + STATUS_SECONDS * 1000;
  }

  function validUntilOf(host: string): Date | undefined {
    const last = [...known.values()].findLast(({ certificate }) => certificate.hosts.includes(host));
    return last && new Date(last.validUntil);
  }

  return { judge, validUntilOf };
}

/** Plain host names only: no wildcard, for a certificate has to say which system it is. */
function hostsOf({ attributes }: Certificate): readonly string[] {
  return (attributes.san.get('dns') ?? []).filter((name) => /^[a-z0-9.-]+$/i.test(name)).map((name) => name.toLowerCase());
}

/** Of a certificate that is not trusted, for the log. */
async function readableHosts({ der }: PresentedCertificate): Promise<readonly string[]> {
  const { parseCertificate } = await import('./certificate.js');
  try {
    return hostsOf(parseCertificate(der));
  } catch (error) {
    if (error instanceof CertificateError) return [];
    throw error;
  }
}
