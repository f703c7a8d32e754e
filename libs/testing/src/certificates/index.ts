export {
  type AuthorityRequest,
  type CertificateAuthority,
  type CertificatePair,
  type CertificateRequest,
  createCertificateAuthority,
  type IssuedCertificate,
  openCertificateAuthority,
  type RevocationListRequest,
} from './certificate-authority.js';
export { createUziAuthority, type RevocationListChange, type UziAuthority, type UziCertificate, type UziCertificateRequest, type UziSubject } from './uzi-authority.js';
export { didX509Of, issueX509Credential, type X509CredentialToIssue } from './x509-credential.js';
