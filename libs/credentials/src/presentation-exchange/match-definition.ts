import type { ParsedCredential } from '../credential.js';
import { parseJsonPath, valueAt } from './json-path.js';
import { type FilterMatch, matchFilter } from './match-filter.js';
import type { Field, Format, InputDescriptor, PresentationDefinition } from './presentation-definition.js';

export interface DescriptorMatch<Credential> {
  readonly descriptor: string;
  readonly credential: Credential;
  /** Where it stands among the credentials offered. */
  readonly index: number;
}

export interface DefinitionMatch<Credential> {
  readonly matches: readonly DescriptorMatch<Credential>[];
  /** Values of the fields that have an id. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Descriptors that no credential fulfils; the definition is fulfilled when there are none. */
  readonly missing: readonly string[];
}

/** Gives each input descriptor the first credential that fulfils it, as every node does (spec nuts-protocols §10 pitfall 7). */
export function matchDefinition<Credential extends ParsedCredential>(definition: PresentationDefinition, credentials: readonly Credential[]): DefinitionMatch<Credential> {
  const matches: DescriptorMatch<Credential>[] = [];
  const missing: string[] = [];
  const fields: Record<string, unknown> = {};
  for (const descriptor of definition.input_descriptors) {
    const found = firstMatch(descriptor, definition.format, credentials);
    if (found === undefined) missing.push(descriptor.id);
    else {
      matches.push({ descriptor: descriptor.id, credential: found.credential, index: found.index });
      Object.assign(fields, found.fields);
    }
  }
  return { matches, fields, missing };
}

function firstMatch<Credential extends ParsedCredential>(descriptor: InputDescriptor, format: Format | undefined, credentials: readonly Credential[]) {
  for (const [index, credential] of credentials.entries()) {
    if (!isOffered(format, credential) || !isOffered(descriptor.format, credential)) continue;
    const fields = matchFields(descriptor.constraints.fields, credential);
    if (fields !== undefined) return { credential, index, fields };
  }
  return undefined;
}

/** Without a format anything goes; "unsigned self-attested VCs count as ldp_vc" (spec nuts-protocols §4.3). */
function isOffered(format: Format | undefined, credential: ParsedCredential): boolean {
  if (format === undefined) return true;
  switch (credential.format) {
    case 'self_attested':
      return format.ldp_vc !== undefined;
    case 'ldp_vc':
      return format.ldp_vc?.proof_type?.includes('JsonWebSignature2020') ?? false;
    case 'jwt_vc':
      return credential.algorithm !== undefined && (format.jwt_vc?.alg?.includes(credential.algorithm) ?? false);
  }
}

function matchFields(fields: readonly Field[], credential: ParsedCredential): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const match = matchField(field, credential.document);
    if (match.matches) {
      if (field.id !== undefined && match.value !== undefined) values[field.id] = match.value;
    } else return undefined;
  }
  return values;
}

/** "First path with a value wins"; a field that is optional may be absent but not be wrong. */
function matchField({ path, filter, optional }: Field, document: unknown): FilterMatch {
  const value = path.map((text) => valueAt(parseJsonPath(text), document)).find((candidate) => candidate !== undefined && candidate !== null);
  if (value === undefined) return optional === true ? { matches: true, value: undefined } : { matches: false };
  return filter === undefined ? { matches: true, value } : matchFilter(filter, value);
}
