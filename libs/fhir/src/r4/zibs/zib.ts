import type { CodeToken } from '../code-systems.js';

/** A zib of chapter 4, or a part of one, as FHIR R4 carries it: how to recognise an instance without trusting `meta.profile`. */
export interface Zib {
  readonly name: string;
  readonly type: string;
  /** Canonical URL of the profile, without a version. Absent where none is published (spec anw-fhir-profiles §4). */
  readonly profile?: string;
  /** Absent: the resource type alone tells, as long as no code tells more. */
  readonly recognisedBy?: Recognition;
}

export type PublishedZib = Zib & { readonly profile: string };

/** Where the telling code stands, and the code; any of `orTokens` tells it as well. */
export interface Recognition {
  readonly parameter: 'code' | 'category' | 'type';
  readonly token: CodeToken;
  readonly orTokens?: readonly CodeToken[];
}

export const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

/** The codes of which one tells that a resource is an instance; empty when its type tells. */
export function tellingTokens({ recognisedBy }: Zib): readonly CodeToken[] {
  return recognisedBy === undefined ? [] : [recognisedBy.token, ...(recognisedBy.orTokens ?? [])];
}
