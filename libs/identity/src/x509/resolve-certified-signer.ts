import { didOf } from '@anw/values';
import { JwsError } from '../jws-error.js';
import { assertNotRevoked } from './assert-not-revoked.js';
import { type Certificate, mayBeUsedFor } from './certificate.js';
import { parseCertificateChain, verifyCertificateChain } from './certificate-chain.js';
import { CertificateError } from './certificate-error.js';
import type { CertificateTrust, CertifiedSigner } from './verify-certified-jws.js';
import { type CertifiedJws, isCertifiedBy } from './certified-jws.js';
import { type DidX509, parseDidX509 } from './did-x509.js';

/**
 * Resolves the did:x509 of a JWS from the certificates in its header, and finds out whether it signed (Nuts RFC023; spec
 * nuts-protocols §1.7): a complete chain up to the authority that the DID names and we trust, a leaf that says what the
 * DID says, none of them revoked, and a signature with the leaf's key.
 * @throws CertificateError, JwsError, DidResolutionError
 */
export async function resolveCertifiedSigner(jws: CertifiedJws, { authorities, revocation }: CertificateTrust, now: Date): Promise<CertifiedSigner> {
  const did = parseDidX509(didOf(jws.kid));
  if (!jws.kid.endsWith('#0')) throw new JwsError('unknown-key', 'the only key of a did:x509 is #0');
  if (!authorities.includes(did.authority)) throw new CertificateError('not-trusted', 'the DID names an authority that we do not trust');
  const chain = parseCertificateChain(jws.x5c);
  const [leaf, ...above] = chain;
  if (!above.some(({ fingerprint }) => fingerprint === did.authority)) throw new CertificateError('not-trusted', 'the authority of the DID is not in the chain');
  verifyCertificateChain(chain, now);
  assertLeafSays(did, leaf);
  if (!mayBeUsedFor(leaf, 'digitalSignature')) throw new CertificateError('policy-mismatch', 'the certificate is not for signing');
  if (!isCertifiedBy(jws, leaf.x509.publicKey)) throw new JwsError('signature-invalid', 'signature does not match the certificate');
  await assertNotRevoked(chain, revocation);
  return { did, validFrom: leaf.validFrom, validUntil: leaf.validUntil };
}

function assertLeafSays({ policies }: DidX509, leaf: Certificate): void {
  for (const [policy, values] of policies) {
    for (const [key, value] of values) {
      if (!leaf.attributes[policy].get(key)?.includes(value)) throw new CertificateError('policy-mismatch', `${policy} ${key}`);
    }
  }
}
