import { CertificateError, DidResolutionError, JwsError, type JwsFailure, StrictJsonError } from '@anw/identity';
import type { z } from 'zod';
import { CredentialError, type CredentialFailure } from './credential.js';

const failureOfJws = {
  malformed: 'malformed',
  'too-large': 'malformed',
  'unsupported-algorithm': 'unsupported-algorithm',
  'unsupported-header': 'malformed',
  'unexpected-type': 'malformed',
  'unknown-key': 'key-unknown',
  'signature-invalid': 'signature-invalid',
} as const satisfies Record<JwsFailure, CredentialFailure>;

/** Tells what went wrong beneath a credential in the words of this lib; what is not a fault of the credential stays as it is. */
export function asCredentialError(error: unknown): unknown {
  if (error instanceof JwsError) return new CredentialError(failureOfJws[error.code], error.detail, { cause: error });
  if (error instanceof DidResolutionError) return new CredentialError('issuer-unresolvable', describeResolution(error), { cause: error });
  if (error instanceof CertificateError) return new CredentialError('certificate-refused', `${error.code}: ${error.detail}`, { cause: error });
  if (error instanceof StrictJsonError) return new CredentialError('malformed', error.message, { cause: error });
  return error;
}

/** Whose document it is and why it could not be had: whoever reads the decision record must know where to turn. */
function describeResolution({ code, did, cause }: DidResolutionError): string {
  return `DID document of ${did}: ${code}${wayThere(cause)}`;
}

/** The code of what went wrong on the way to a partner, where that has one. */
export function wayThere(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? ` (${code})` : '';
}

/** Names the places where the form is wrong; never the values found there, which may be about a person. */
export function describeForm(what: string, error: z.ZodError): string {
  const places = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the whole'} (${issue.code})`);
  return `${what}: ${places.join(', ')}`;
}
