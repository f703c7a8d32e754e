import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Settings } from '../config/read-config.js';
import { commaSeparated, positiveInteger, textFile } from '../config/setting-types.js';

const certificateFile = textFile.refine((pem) => parses(() => new X509Certificate(pem)), 'holds no PEM certificate');
const authoritiesFile = textFile.refine(holdsAuthorities, 'holds no PEM certificates of authorities, or something that is none');

const schema = z
  .object({
    TLS_CERTIFICATE_FILE: certificateFile,
    TLS_PRIVATE_KEY_FILE: textFile.refine((pem) => parses(() => createPrivateKey(pem)), 'holds no PEM private key'),
    TLS_TRUST_FILE: certificateFile,
    CLIENT_TRUST_FILE: authoritiesFile.optional(),
    CLIENT_REVOCATION: z.enum(['hard', 'soft'], { error: 'is neither hard nor soft' }).default('hard'),
    CLIENT_REVOCATION_LIST_HOURS: positiveInteger.default(4),
    CLIENT_CERTIFICATE_PROXIES: commaSeparated.pipe(z.array(z.string().refine(isAddressOrNetwork, 'holds something that is neither an IP address nor a network such as 10.0.0.0/8'))).default([]),
  })
  .transform((environment) => ({
    /** This service's certificate and the chain above it, PEM. */
    certificate: environment.TLS_CERTIFICATE_FILE,
    /** PEM; a secret. */
    privateKey: environment.TLS_PRIVATE_KEY_FILE,
    /** The certificate authorities of the doors that this service calls, PEM. */
    trust: environment.TLS_TRUST_FILE,
    /** Those of the clients that come to its partner door: a store of that door alone. */
    clientTrust: environment.CLIENT_TRUST_FILE ?? environment.TLS_TRUST_FILE,
    /** Whether a client certificate is refused whose revocation status cannot be established. */
    revocationMode: environment.CLIENT_REVOCATION,
    /** How old a revocation list may become while no newer one can be had. */
    revocationListHours: environment.CLIENT_REVOCATION_LIST_HOURS,
    /** Addresses and networks of the proxies whose word counts of which certificate a client has shown. */
    proxies: environment.CLIENT_CERTIFICATE_PROXIES as readonly string[],
  }));

/** What the partner door shows, and whom it trusts. */
export type PartnerTls = z.infer<typeof schema>;

export const partnerTlsSettings: Settings<PartnerTls> = {
  schema,
  insecure: ({ revocationMode, proxies }) => [
    ...(revocationMode === 'soft' ? ['CLIENT_REVOCATION: a revoked client certificate counts for as long as its revocation list cannot be had'] : []),
    ...(proxies.some(isEverywhere) ? ['CLIENT_CERTIFICATE_PROXIES: anybody could say which certificate it has'] : []),
  ],
};

/** Every certificate of a bundle, and each of an authority: one that cannot be read would otherwise show at the first client. */
function holdsAuthorities(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.length === (pem.match(/-----BEGIN /g) ?? []).length && blocks.every((block) => parses(() => assertAuthority(new X509Certificate(block))));
}

function assertAuthority({ ca }: X509Certificate): void {
  if (!ca) throw new RangeError('not of an authority');
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  return rest.length === 0 && family !== 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128)));
}

function isEverywhere(text: string): boolean {
  return text.endsWith('/0');
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
