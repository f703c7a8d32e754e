import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { isUtf8 } from 'node:buffer';
import { IdentifiedResource, referenceTo } from '../fhir-resource.js';
import { missingElementsOf } from '../r4/mandatory-elements.js';
import type { StreamLine } from './split-lines.js';

/** Largest resource that is taken in. */
export const MAXIMUM_LINE_BYTES = 1024 * 1024;

/** What is the matter with a line, in English, for whoever made the file; never the content itself. */
export interface LineRemark {
  readonly line: number;
  /** `Observation/12`, as far as it could be read. */
  readonly reference?: string;
  readonly code: LineFault | LineWarning;
  readonly detail: string;
}

/** The resource was not taken in. */
export type LineFault = 'too-long' | 'not-json' | 'not-fhir' | 'bundle-in-line' | 'element-missing' | 'no-patient' | 'not-storable' | 'written-back' | 'kept-elsewhere' | 'home-access';
/** It was, and something about it deserves a look. */
export type LineWarning = 'found-by-no-search';

export type ReadLine = { readonly line: number; readonly resource: IdentifiedResource } | { readonly line: number; readonly fault: LineRemark };

/** One line of `application/fhir+ndjson` as a resource with an id, or why it is none. */
export function readResourceLine({ number, bytes }: StreamLine): ReadLine {
  const refuse = (code: LineFault, detail: string, reference?: string): ReadLine => ({ line: number, fault: { line: number, ...(reference !== undefined && { reference }), code, detail } });
  if (bytes === 'too-long') return refuse('too-long', `The line is longer than ${MAXIMUM_LINE_BYTES} bytes.`);
  const json = parseLine(bytes);
  if (json === undefined) return refuse('not-json', 'The line is not one JSON object in UTF-8, with no member twice.');
  const parsed = IdentifiedResource.safeParse(json);
  if (!parsed.success) return refuse('not-fhir', 'resourceType or id is missing, or is not what FHIR allows.');
  const resource = parsed.data;
  if (resource.resourceType === 'Bundle') return refuse('bundle-in-line', 'A line holds one resource; send a Bundle by itself.', referenceTo(resource));
  const missing = missingElementsOf(resource);
  if (missing.length > 0) return refuse('element-missing', `FHIR R4 makes mandatory and the resource lacks: ${missing.join(', ')}.`, referenceTo(resource));
  return { line: number, resource };
}

function parseLine(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) return undefined;
  try {
    return parseStrictJson(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}
