import { type AssuranceLevel, assuranceLevels, type Signer, type User } from '@anw/identity';
import { type Did, type DidUrl, EmployeeIdentifier, type ValidityPeriod } from '@anw/values';
import { z } from 'zod';
import { contexts } from '../contexts.js';
import { CredentialError, type StatusEntry, type VerifiedCredential } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { parseStatusEntries } from '../status/status-entry.js';
import { wholeSeconds } from '../whole-seconds.js';
import { shortenToLimit } from './backdated-limit.js';
import { plainText } from './claim-text.js';
import { lengthInSeconds, readClaims, readPeriod } from './read-claims.js';

/** "Valid for one day at most" (design §4; RFC019). */
export const MAX_EMPLOYEE_CREDENTIAL_SECONDS = 24 * 60 * 60;

/** The flat shape of nuts-node v6; other members may be there (spec nuts-protocols §3.2). */
const SelfAttestedClaims = z.object({ identifier: EmployeeIdentifier, name: plainText, roleName: plainText.optional() });

/** Ours adds how and when she logged in (design §4). */
const SignedClaims = SelfAttestedClaims.extend({
  authenticatedAt: z.iso.datetime({ offset: true }).transform((value) => new Date(value)),
  assuranceLevel: z.enum(assuranceLevels),
  means: plainText,
});

interface EmployeeFacts {
  readonly id: DidUrl;
  /** The organisation that says so. */
  readonly issuer: Did;
  /** The organisation that she works for. */
  readonly employer: Did;
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly roleName?: string;
}

/** A person as the presenter names her; as fresh as the presentation around it, and nothing more is known of her login. */
export interface SelfAttestedEmployee extends EmployeeFacts {
  readonly form: 'self-attested';
}

/** A person as her employer signed for her. */
export interface SignedEmployee extends EmployeeFacts {
  readonly form: 'signed';
  readonly authenticatedAt: Date;
  /** As the employer states it; the custodian decides what it is worth. */
  readonly assuranceLevel: AssuranceLevel;
  readonly means: string;
  readonly period: ValidityPeriod;
  readonly status: readonly StatusEntry[];
}

export type EmployeeCredential = SelfAttestedEmployee | SignedEmployee;

/**
 * Reads a verified `NutsEmployeeCredential` in either form.
 * @throws CredentialError `unknown-type`; `malformed` when identifier or name, or what a signed one must tell, is missing; `lives-too-long`
 */
export function readEmployeeCredential(credential: VerifiedCredential): EmployeeCredential {
  return credential.format === 'self_attested' ? readSelfAttested(credential) : readSigned(credential);
}

function readSelfAttested(credential: VerifiedCredential): SelfAttestedEmployee {
  return { form: 'self-attested', ...factsOf(credential, readClaims(credential, 'NutsEmployeeCredential', SelfAttestedClaims)) };
}

function readSigned(credential: VerifiedCredential): SignedEmployee {
  const claims = readClaims(credential, 'NutsEmployeeCredential', SignedClaims);
  const period = readPeriod(credential);
  if (lengthInSeconds(period) > MAX_EMPLOYEE_CREDENTIAL_SECONDS) throw new CredentialError('lives-too-long', 'employee credential of more than a day');
  const { authenticatedAt, assuranceLevel, means } = claims;
  return { form: 'signed', ...factsOf(credential, claims), authenticatedAt, assuranceLevel, means, period, status: parseStatusEntries(credential.status) };
}

function factsOf(credential: VerifiedCredential, { identifier, name, roleName }: z.infer<typeof SelfAttestedClaims>): EmployeeFacts {
  return { id: credential.id, issuer: credential.issuer, employer: credential.subject, identifier, name, ...(roleName !== undefined && { roleName }) };
}

export interface EmployeeToAttest {
  readonly id: DidUrl;
  readonly employer: Did;
  readonly user: Pick<User, 'identifier' | 'name' | 'roleName'>;
  readonly now: Date;
}

/** Makes the unsigned object that travels inside a presentation of the employer (spec nuts-protocols §3.2, B8). */
export function createSelfAttestedEmployee({ id, employer, user, now }: EmployeeToAttest): Readonly<Record<string, unknown>> {
  return {
    '@context': [contexts.credentials, contexts.nuts],
    id,
    type: ['VerifiableCredential', 'NutsEmployeeCredential'],
    issuer: employer,
    issuanceDate: wholeSeconds(now),
    credentialSubject: { id: employer, identifier: user.identifier, name: user.name, roleName: user.roleName },
  };
}

export interface EmployeeToSign {
  readonly id: DidUrl;
  readonly user: User;
  readonly period: ValidityPeriod;
  readonly status?: readonly object[];
}

/** Issues what the employer knows of its employee's login, about and by the employer. @throws RangeError when for more than a day */
export async function issueEmployeeCredential(signer: Signer, { id, user, period, status }: EmployeeToSign): Promise<string> {
  return issueCredential(signer, {
    id,
    type: 'NutsEmployeeCredential',
    subject: signer.did,
    claims: {
      identifier: user.identifier,
      name: user.name,
      roleName: user.roleName,
      authenticatedAt: wholeSeconds(user.authenticatedAt),
      assuranceLevel: user.assuranceLevel,
      means: user.means,
    },
    period: shortenToLimit(period, MAX_EMPLOYEE_CREDENTIAL_SECONDS),
    ...(status !== undefined && { status }),
  });
}
