import { CredentialError, type VerifiedCredential } from '../credential.js';
import type { VerifiedPresentation } from '../presentation/presentation.js';
import { readOrganizationCredential } from './organization-credential.js';
import { readX509Credential } from './x509-credential.js';

/** What the organisation that presents is called, in the words of the strongest credential about it; undefined when none says. */
export function presentedOrganisationName({ holder, credentials }: VerifiedPresentation): string | undefined {
  const own = credentials.filter(({ subject }) => subject === holder);
  return nameIn(own, 'X509Credential', readX509Credential) ?? nameIn(own, 'NutsOrganizationCredential', readOrganizationCredential);
}

function nameIn(credentials: readonly VerifiedCredential[], type: string, read: (credential: VerifiedCredential) => { readonly name: string }): string | undefined {
  const credential = credentials.find((candidate) => candidate.type === type);
  try {
    return credential && read(credential).name;
  } catch (error) {
    if (error instanceof CredentialError) return undefined;
    throw error;
  }
}
