import { createOutbound, defaultCircuitSettings, type Outbound, type OutboundFetch } from '@anw/outbound';
import type { Region } from '@anw/region';
import { type CertificateAuthority, type CertificatePair, openCertificateAuthority, startTestPartner, type TestPartner, type TestPartnerOptions } from '@anw/testing';
import { readFile } from 'node:fs/promises';

/** Everything a party from outside needs to meet a region at its partner doors. */
export interface PartnerNetwork {
  /** The region's own certificate authority. */
  readonly authority: CertificateAuthority;
  /** A made-up organisation, served over HTTPS below `host`. */
  addPartner(host: string, name: string, more?: Pick<TestPartnerOptions, 'servesFhir' | 'algorithms'>): Promise<TestPartner>;
  /** The way to the partner doors with this client certificate; without one when none is given. */
  connect(certificate?: CertificatePair): OutboundFetch;
  close(): Promise<void>;
}

export async function openPartnerNetwork({ file }: Region): Promise<PartnerNetwork> {
  const [certificatePem, privateKeyPem] = await Promise.all([readFile(file.authority.certificate, 'utf8'), readFile(file.authority.privateKey, 'utf8')]);
  const authority = await openCertificateAuthority({ certificatePem, privateKeyPem });
  const outbounds: Outbound[] = [];
  const partners: TestPartner[] = [];
  return {
    authority,
    addPartner: async (host, name, more = {}) => {
      const partner = await startTestPartner({ authority, host, name, displayName: name, ...more });
      partners.push(partner);
      return partner;
    },
    connect: (certificate) => {
      const outbound = createOutbound({
        ca: certificatePem,
        ...(certificate && { clientCertificate: certificate }),
        allowedInternalHosts: ['*.localhost'],
        requireTls: true,
        timeoutMilliseconds: 15_000,
        maxResponseBytes: 8 * 1024 * 1024,
        // A test that takes a service down asks again at once.
        circuits: { ...defaultCircuitSettings, failuresToOpen: Number.MAX_SAFE_INTEGER, maxUnderWay: 1_000 },
      });
      outbounds.push(outbound);
      return outbound.fetch;
    },
    close: async () => {
      await Promise.all(outbounds.map((outbound) => outbound.close()));
      await Promise.all(partners.map((partner) => partner.stop()));
    },
  };
}
