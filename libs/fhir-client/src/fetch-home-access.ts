import { HOME_ACCESS_REASON_HEADER, RevealedLocation } from '@anw/fhir';
import type { HomeAccessId, HomeAccessReason } from '@anw/values';
import { exchange, type FhirFetch } from './exchange.js';
import { FhirClientError } from './fhir-client-error.js';

export interface HomeAccessQuestion {
  /** Shows a token for this one look. */
  readonly fetch: FhirFetch;
  /** FHIR base URL of the custodian organisation. */
  readonly base: string;
  readonly id: HomeAccessId;
  readonly reason: HomeAccessReason;
}

const limits = { timeoutMilliseconds: 10_000, maxResponseBytes: 32 * 1_024 };

/** Asks the custodian how to get in, and tells it why. Never sent twice: a token serves once, and each look is in its log. @throws FhirClientError */
export async function fetchHomeAccess({ fetch, base, id, reason }: HomeAccessQuestion): Promise<string> {
  const { body, status } = await exchange(fetch, { method: 'GET', url: `${base}/Location/${id}`, headers: { [HOME_ACCESS_REASON_HEADER]: reason } }, limits);
  const location = RevealedLocation.safeParse(body);
  if (!location.success || location.data.id !== id) throw new FhirClientError('unreadable', { status });
  return location.data.description;
}
