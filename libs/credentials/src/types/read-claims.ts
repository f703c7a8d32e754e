import type { ValidityPeriod } from '@anw/values';
import type { z } from 'zod';
import { CredentialError, type CredentialType, type ParsedCredential } from '../credential.js';
import { describeForm } from '../credential-failures.js';

/** Reads the claims of a credential by the schema of its type. @throws CredentialError `unknown-type` or `malformed` */
export function readClaims<Schema extends z.ZodType>(credential: ParsedCredential, type: CredentialType, schema: Schema): z.output<Schema> {
  if (credential.type !== type) throw new CredentialError('unknown-type', `expected ${type}`);
  const read = schema.safeParse(credential.claims);
  if (!read.success) throw new CredentialError('malformed', describeForm(type, read.error));
  return read.data;
}

/** The period of a credential that must have an end. @throws CredentialError `malformed` */
export function readPeriod({ issuedAt, expiresAt, type }: ParsedCredential): ValidityPeriod {
  if (expiresAt === undefined) throw new CredentialError('malformed', `${type} without end`);
  return { from: issuedAt, until: expiresAt };
}

/** Whole seconds between start and end, as the wire counts them. */
export function lengthInSeconds({ from, until }: ValidityPeriod): number {
  return Math.floor(until.getTime() / 1000) - Math.floor(from.getTime() / 1000);
}
