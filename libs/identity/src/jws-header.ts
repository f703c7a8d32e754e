import { JwsError } from './jws-error.js';
import { parseStrictJson } from './strict-json.js';

/** Reads a protected header as the JSON object it has to be, no member named twice. @throws JwsError `malformed` */
export function parseJwsHeader(bytes: Uint8Array): Record<string, unknown> {
  const value = parseHeaderJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new JwsError('malformed', 'header is no JSON object');
  return value as Record<string, unknown>;
}

function parseHeaderJson(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(bytes);
  } catch (cause) {
    throw new JwsError('malformed', 'header is no strict JSON', { cause });
  }
}
