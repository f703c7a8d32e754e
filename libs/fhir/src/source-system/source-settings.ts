import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** FHIR base URL without a slash at the end, a query or a password in it. */
const BaseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  }, 'must be a base URL without query, fragment or password')
  .transform((text) => text.replace(/\/+$/, ''));

const Pem = z.string().max(64 * 1024);
const Certificate = Pem.refine((pem) => reads(() => new X509Certificate(pem)), 'is no certificate in PEM');
const PrivateKey = Pem.refine((pem) => reads(() => createPrivateKey(pem)), 'is no private key in PEM');

/** What the organisation's own server wants to see of us. */
export const SourceCredential = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), token: z.string().regex(/^[A-Za-z0-9\-._~+/]+=*$/, 'is no bearer token (RFC 6750 §2.1)').max(8_192) }),
  z.strictObject({ kind: z.literal('client-certificate'), certificate: Certificate, privateKey: PrivateKey }),
]);
export type SourceCredential = z.infer<typeof SourceCredential>;

/** Where the record of one custodian organisation lies when it lies in a system of its own (design D14). */
export const SourceSettings = z.strictObject({
  base: BaseUrl,
  /** Longest that one question with all its pages, or one write, may take. */
  timeoutMilliseconds: z.int().min(500).max(30_000).default(8_000),
  credential: SourceCredential.default({ kind: 'none' }),
  /** Certificate authority that the server chains to, when it is not one that everybody trusts. */
  authority: Certificate.optional(),
});
export type SourceSettings = z.infer<typeof SourceSettings>;

/** A type that may be written, and how it gets in exactly once. */
const CreateManners = z.record(z.string(), z.enum(['update-as-create', 'conditional-create']));

/** The same with what the server was found to be able to do when the settings were saved. */
export const KnownSource = SourceSettings.extend({ create: CreateManners });
export type KnownSource = z.infer<typeof KnownSource>;

function reads(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
