import { CredentialError, type ParsedCredential } from '../credential.js';
import { describeForm } from '../credential-failures.js';
import { LinkedDataCredential } from './linked-data-credential.js';

/** Reads the form of an `ldp_vc`: an organisation credential, the one type that is taken in this format. @throws CredentialError `malformed` */
export function parseLinkedDataCredential(raw: unknown): ParsedCredential {
  const read = LinkedDataCredential.safeParse(raw);
  if (!read.success) throw new CredentialError('malformed', describeForm('ldp_vc', read.error));
  const { id, issuer, issuanceDate, expirationDate, credentialSubject, credentialStatus } = read.data;
  const document = raw as Readonly<Record<string, unknown>>;
  return {
    id,
    type: 'NutsOrganizationCredential',
    issuer,
    subject: credentialSubject.id,
    issuedAt: new Date(issuanceDate),
    ...(expirationDate !== undefined && { expiresAt: new Date(expirationDate) }),
    claims: credentialSubject,
    status: credentialStatus,
    format: 'ldp_vc',
    raw: document,
    document,
  };
}
