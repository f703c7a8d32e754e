import { X509Certificate, createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { Settings } from '../config/read-config.js';
import { textFile } from '../config/setting-types.js';

const certificateFile = textFile.refine(isCertificate, 'holds no PEM certificate');

const schema = z
  .object({ TLS_CERTIFICATE_FILE: certificateFile, TLS_PRIVATE_KEY_FILE: textFile.refine(isPrivateKey, 'holds no PEM private key'), TLS_TRUST_FILE: certificateFile })
  .transform((environment) => ({
    /** This service's certificate and the chain above it, PEM. */
    certificate: environment.TLS_CERTIFICATE_FILE,
    /** PEM; a secret. */
    privateKey: environment.TLS_PRIVATE_KEY_FILE,
    /** The certificate authorities whose certificates this region accepts, PEM. */
    trust: environment.TLS_TRUST_FILE,
  }));

/** What the partner door shows, and whom it trusts. */
export type PartnerTls = z.infer<typeof schema>;

export const partnerTlsSettings: Settings<PartnerTls> = { schema };

function isCertificate(pem: string): boolean {
  return parses(() => new X509Certificate(pem));
}

function isPrivateKey(pem: string): boolean {
  return parses(() => createPrivateKey(pem));
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
