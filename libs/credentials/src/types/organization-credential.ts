import type { Signer } from '@anw/identity';
import type { Did, DidUrl, ValidityPeriod } from '@anw/values';
import { z } from 'zod';
import type { StatusEntry, VerifiedCredential } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { parseStatusEntries } from '../status/status-entry.js';
import { plainText } from './claim-text.js';
import { readClaims } from './read-claims.js';

/** "organization.name, .city: required non-empty strings" (RFC012; spec nuts-protocols §3.1). */
const OrganizationClaims = z.object({ organization: z.object({ name: plainText, city: plainText }) });

/** Name and place of an organisation, as its issuer vouches for them. */
export interface OrganizationCredential {
  readonly id: DidUrl;
  readonly issuer: Did;
  readonly organisation: Did;
  readonly name: string;
  readonly city: string;
  readonly status: readonly StatusEntry[];
}

/** @throws CredentialError `unknown-type`, `malformed` or `status-malformed` */
export function readOrganizationCredential(credential: VerifiedCredential): OrganizationCredential {
  const { organization } = readClaims(credential, 'NutsOrganizationCredential', OrganizationClaims);
  const { id, issuer, subject } = credential;
  return { id, issuer, organisation: subject, name: organization.name, city: organization.city, status: parseStatusEntries(credential.status) };
}

export interface OrganizationToIssue {
  readonly id: DidUrl;
  readonly organisation: Did;
  readonly name: string;
  readonly city: string;
  readonly period: ValidityPeriod;
  readonly status?: readonly object[];
}

/** Issues a `NutsOrganizationCredential` as `jwt_vc`. */
export function issueOrganizationCredential(signer: Signer, { id, organisation, name, city, period, status }: OrganizationToIssue): Promise<string> {
  return issueCredential(signer, {
    id,
    type: 'NutsOrganizationCredential',
    subject: organisation,
    claims: { organization: { name, city } },
    period,
    ...(status !== undefined && { status }),
  });
}
