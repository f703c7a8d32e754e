import { type CertificateRevocation, createCrlRevocation } from '@anw/identity';
import { createOutbound, type Outbound } from '@anw/outbound';
import type { Clock } from '@anw/values';
import type { OnApplicationShutdown } from '@nestjs/common';

/** The largest lists of public authorities are a few MiB. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface CertificateRevocationsOptions {
  readonly clock: Clock;
  readonly internalHosts: readonly string[];
  readonly timeoutMilliseconds: number;
  /** How old a list may become while no newer one can be had. */
  readonly listHours: number;
}

/**
 * Revocation by the lists that certificates name. Authorities publish them over plain HTTP, signed, for everyone: so without
 * our certificate, and apart from the way to partners, which is TLS only.
 */
export class CertificateRevocations implements CertificateRevocation, OnApplicationShutdown {
  private readonly outbound: Outbound;
  private readonly lists: CertificateRevocation;

  constructor({ clock, internalHosts, timeoutMilliseconds, listHours }: CertificateRevocationsOptions) {
    this.outbound = createOutbound({ allowedInternalHosts: internalHosts, requireTls: false, timeoutMilliseconds, maxResponseBytes: MAX_BYTES });
    this.lists = createCrlRevocation({ fetchList: (url) => this.fetchList(url), clock, staleAfterSeconds: listHours * 3_600 });
  }

  statusOf: CertificateRevocation['statusOf'] = (certificate, issuer) => this.lists.statusOf(certificate, issuer);

  onApplicationShutdown(): Promise<void> {
    return this.outbound.close();
  }

  private async fetchList(url: string): Promise<Uint8Array> {
    const response = await this.outbound.fetch(url);
    if (response.status !== 200) throw new Error(`revocation list was answered with ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
