import { createDossier, type FhirResource, type SyntheticClient } from '@anw/region';

/** Begins every marker. Split, so that no source file is one. */
export const MARKER_PREFIX = ['qz', 'mark'].join('');
/** `qzmark` and four digits. */
export const MARKER_LENGTH = MARKER_PREFIX.length + 4;

export interface MarkedDossier {
  readonly resources: readonly FhirResource[];
  /** Each stands in one text of one resource. */
  readonly markers: readonly string[];
}

/** Elements whose text is free: what stands in them is shown as it is. */
const freeTexts: readonly string[] = ['text', 'display', 'valueString', 'title', 'description', 'conclusion'];

/** The dossier of a made-up client with a marker in every free text, so that each zib carries one. Her own name stays. */
export function markedDossier(client: SyntheticClient, now: Date): MarkedDossier {
  const markers: string[] = [];
  const mark = (text: string): string => {
    const marker = `${MARKER_PREFIX}${String(markers.length).padStart(4, '0')}`;
    markers.push(marker);
    return `${text} ${marker}`;
  };
  const marked = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, freeTexts.includes(name) && typeof member === 'string' ? mark(member) : marked(member)]));
  };
  const resources = createDossier(client, now).map((resource) => (resource.resourceType === 'Patient' ? resource : (marked(resource) as FhirResource)));
  return { resources, markers };
}
