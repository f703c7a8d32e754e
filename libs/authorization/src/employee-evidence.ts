import type { ParsedCredential } from '@anw/credentials';
import { type AssuranceLevel, assuranceLevels } from '@anw/identity';
import { type Did, EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';

/** What an employee credential says of a person, complete or not: check 3 decides whether it is enough. */
export interface EmployeeEvidence {
  readonly issuer: Did;
  readonly subject: Did;
  readonly form: 'self-attested' | 'signed';
  readonly issuedAt: Date;
  readonly expiresAt?: Date | undefined;
  readonly identifier?: EmployeeIdentifier | undefined;
  readonly name?: string | undefined;
  readonly roleName?: string | undefined;
  readonly authenticatedAt?: Date | undefined;
  /** As the actor states it; what the custodian makes of it is `assuranceLevelOf`. */
  readonly statedLevel?: AssuranceLevel | undefined;
}

/** A claim that is not as it should be counts as absent: check 3 then refuses with its own reason. */
const EmployeeClaims = z.looseObject({
  identifier: EmployeeIdentifier.optional().catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  roleName: z.string().trim().min(1).max(200).optional().catch(undefined),
  authenticatedAt: z.iso.datetime({ offset: true }).optional().catch(undefined),
  assuranceLevel: z.enum(assuranceLevels).optional().catch(undefined),
});

/** Reads a `NutsEmployeeCredential` in the flat form of RFC021 (spec nuts-protocols §3.2), self-attested or signed. */
export function readEmployeeEvidence(credential: Pick<ParsedCredential, 'issuer' | 'subject' | 'format' | 'issuedAt' | 'expiresAt' | 'claims'>): EmployeeEvidence {
  const claims = EmployeeClaims.parse(credential.claims);
  return {
    issuer: credential.issuer,
    subject: credential.subject,
    form: credential.format === 'self_attested' ? 'self-attested' : 'signed',
    issuedAt: credential.issuedAt,
    expiresAt: credential.expiresAt,
    identifier: claims.identifier,
    name: claims.name,
    roleName: claims.roleName,
    authenticatedAt: claims.authenticatedAt === undefined ? undefined : new Date(claims.authenticatedAt),
    statedLevel: claims.assuranceLevel,
  };
}

/**
 * "The level is set by the custodian's authorization server from the means it verified, never from a claim supplied by
 * the actor" (spec nuts-protocols §5 rule 2): nobody vouches for a self-attested person, so that is `low`; under the
 * actor's signature we take its word, but a level above `substantial` takes evidence that the actor cannot give itself.
 */
export function assuranceLevelOf(employee: Pick<EmployeeEvidence, 'form' | 'statedLevel'>): AssuranceLevel {
  if (employee.form === 'self-attested') return 'low';
  return employee.statedLevel === 'high' ? 'substantial' : (employee.statedLevel ?? 'low');
}
