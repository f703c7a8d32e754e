import type { KnownSource } from '@anw/fhir';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

const CertificateView = z.object({ subject: z.string(), validUntil: z.iso.datetime() });

/** Where the record of an organisation lies, without any secret. */
export const SourceView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own-store') }),
  z.object({
    kind: z.literal('fhir-server'),
    base: z.string(),
    timeoutMilliseconds: z.int(),
    credential: z.object({ kind: z.enum(['none', 'bearer', 'client-certificate']), certificate: CertificateView.optional() }),
    authority: CertificateView.optional(),
    /** Types that can be written back, and how they get in exactly once. */
    create: z.record(z.string(), z.enum(['update-as-create', 'conditional-create'])),
  }),
]);
export type SourceView = z.infer<typeof SourceView>;

export function renderSource(source: KnownSource | undefined): SourceView {
  if (source === undefined) return { kind: 'own-store' };
  const { base, timeoutMilliseconds, credential, authority, create } = source;
  return {
    kind: 'fhir-server',
    base,
    timeoutMilliseconds,
    credential: { kind: credential.kind, ...(credential.kind === 'client-certificate' && { certificate: renderCertificate(credential.certificate) }) },
    ...(authority !== undefined && { authority: renderCertificate(authority) }),
    create,
  };
}

function renderCertificate(pem: string): z.infer<typeof CertificateView> {
  const { subject, validTo } = new X509Certificate(pem);
  return { subject: subject.replaceAll('\n', ', '), validUntil: new Date(validTo).toISOString() };
}
