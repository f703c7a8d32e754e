import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { fhirOk, type FhirResult, fhirRefusal } from '../../fhir-failure.js';
import { FhirResource } from '../../fhir-resource.js';
import { error } from './issue.js';

/** G3: "body at most 256 KiB". */
export const MAXIMUM_BODY_BYTES = 256 * 1_024;

/** G3 to G5: size, strict JSON, and "`resourceType` equals the type in the URL". */
export function readPosted(body: string | Uint8Array, type: string): FhirResult<FhirResource> {
  if (Buffer.byteLength(body) > MAXIMUM_BODY_BYTES) return fhirRefusal('body-too-large', 'body-too-large');
  const parsed = FhirResource.safeParse(parseJson(body));
  if (!parsed.success) return fhirRefusal('unreadable-resource', 'not-a-resource');
  if (parsed.data.resourceType === type) return fhirOk(parsed.data);
  return fhirRefusal('unreadable-resource', 'resource-type', [error('G5', 'structure', 'Het soort gegeven komt niet overeen met het adres.', 'resourceType')]);
}

/** What is no strict JSON is `undefined`, which is no resource either. */
function parseJson(body: string | Uint8Array): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    if (cause instanceof StrictJsonError) return undefined;
    throw cause;
  }
}
