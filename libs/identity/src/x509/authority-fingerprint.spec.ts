import { createCertificateAuthority, createUziAuthority } from '@anw/testing/certificates';
import { createHash, X509Certificate } from 'node:crypto';
import { authorityFingerprint } from './authority-fingerprint.js';

describe('fingerprint of a certificate authority', () => {
  it('is the SHA-256 of its DER form in base64url, as a did:x509 names it', async () => {
    const { rootPem, fingerprint } = await createUziAuthority(new Date());
    expect(authorityFingerprint(rootPem)).toBe(fingerprint);
    expect(fingerprint).toBe(createHash('sha256').update(new X509Certificate(rootPem).raw).digest('base64url'));
  });

  it('is refused of a certificate that is no authority’s', async () => {
    const { certificatePem } = await (await createCertificateAuthority({ name: 'A', validDays: 1 })).issue({ dnsNames: ['a.example'], days: 1 });
    expect(() => authorityFingerprint(certificatePem)).toThrow('not of an authority');
  });

  it.each(['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])('is refused of %j', (pem) => expect(() => authorityFingerprint(pem)).toThrow('no certificate in PEM'));
});
