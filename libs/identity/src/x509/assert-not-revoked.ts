import type { CertificateChain } from './certificate-chain.js';
import { CertificateError } from './certificate-error.js';
import type { CertificateRevocation } from './certificate-revocation.js';

/**
 * Hard fail: what cannot be established counts as revoked. A root is trusted or not; nobody above could revoke it.
 * @throws CertificateError `revoked`, whatever else is unknown of the chain, or `revocation-unknown`
 */
export async function assertNotRevoked(chain: CertificateChain, revocation: CertificateRevocation): Promise<void> {
  const statuses = await Promise.all(chain.slice(0, -1).map((certificate, depth) => revocation.statusOf(certificate, chain[depth + 1]!)));
  for (const [status, code] of [['revoked', 'revoked'], ['unknown', 'revocation-unknown']] as const) {
    const depth = statuses.indexOf(status);
    if (depth !== -1) throw new CertificateError(code, `certificate ${depth} of the chain`);
  }
}
