import { fromOutOfHours } from '../enriched/enrichment.js';
import type { FhirResource } from '../fhir-resource.js';
import { summariseEnrichment } from '../enriched/summarise-enrichment.js';
import { valuesAt } from './resource-facts.js';

/** `Narrative` of FHIR R4: what a person reads of a resource without knowing FHIR. */
export interface Narrative {
  readonly status: 'generated';
  /** XHTML without anything active: text and line breaks. */
  readonly div: string;
}

/**
 * The narrative of what was written back: dropped on input and made anew from the content on output (spec
 * anw-fhir-profiles §9.1 G17). Undefined for what the organisation keeps itself, which has its own or none.
 */
export function narrativeOf(resource: FhirResource): Narrative | undefined {
  if (!isWrittenBack(resource)) return undefined;
  const { text } = summariseEnrichment(resource);
  if (text.trim() === '') return undefined;
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text.split('\n').map(escapeXml).join('<br/>')}</p></div>` };
}

function isWrittenBack(resource: FhirResource): boolean {
  return valuesAt(resource, ['meta', 'tag']).some((tag) => {
    const { system, code } = (tag ?? {}) as { readonly system?: unknown; readonly code?: unknown };
    return system === fromOutOfHours.system && code === fromOutOfHours.code;
  });
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? '');
}
