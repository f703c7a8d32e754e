import type { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import type { StatusEntry, VerifiedCredential } from '../credential.js';
import { parseStatusEntries } from '../status/status-entry.js';
import { plainText } from './claim-text.js';
import { readClaims } from './read-claims.js';

/** "Regex with exactly one capture group, usable in a PD so that introspection returns only the URA" (spec nuts-protocols §1.7). */
export const URA_PATTERN = '^[0-9.]+-\\d+-\\d+-S-(\\d+)-00\\.000-\\d+$';

/** The UZI server certificate's name for the organisation: CA, version, UZI number, role, URA, AGB. */
const UziName = z.string().transform((name, context) => {
  const ura = new RegExp(URA_PATTERN).exec(name)?.[1];
  if (ura !== undefined) return ura;
  context.addIssue({ code: 'custom', message: 'no UZI name of a server' });
  return z.NEVER;
});

const Claims = z.object({ san: z.object({ otherName: UziName }), subject: z.object({ O: plainText, L: plainText }) });

/** An organisation as a certificate authority of the care sector vouches for it. */
export interface X509OrganizationCredential {
  readonly id: DidUrl;
  readonly issuer: Did;
  readonly organisation: Did;
  readonly name: string;
  readonly city: string;
  /** Number in the UZI-register's list of subscribers. */
  readonly ura: string;
  readonly status: readonly StatusEntry[];
}

/** @throws CredentialError `unknown-type`, `malformed` or `status-malformed` */
export function readX509Credential(credential: VerifiedCredential): X509OrganizationCredential {
  const { san, subject } = readClaims(credential, 'X509Credential', Claims);
  const { id, issuer, subject: organisation } = credential;
  return { id, issuer, organisation, name: subject.O, city: subject.L, ura: san.otherName, status: parseStatusEntries(credential.status) };
}
