import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, DossierValue, EntryContext } from '../dossier-entry.js';
import type { DossierMedication } from '../medication/dossier-medication.js';
import { changeSince } from '../dossier-look.js';
import { modifierWarnings, unknownModifiers } from './modifier-warnings.js';
import { type CodeWords, conceptWarnings, printConcepts } from './print-concept.js';
import type { PrintedStatus } from './print-status.js';
import { printDutchTime } from './print-time.js';
import type { Concept } from './readable.js';

/** A value of a line. One whose `value` is `undefined` is not said by the source, and left out. */
export interface RecordValue {
  readonly label: string;
  readonly value: string | undefined;
  readonly unit?: string | undefined;
  readonly interpretation?: string | undefined;
  readonly telephone?: true | undefined;
  readonly warnings?: readonly string[];
}

/** What a line tells, before that which every line has. */
export interface RecordContent {
  readonly label: string;
  readonly values: readonly RecordValue[];
  readonly text?: string | undefined;
  readonly note?: string | undefined;
  /** ISO 8601, as the source gave it. */
  readonly at?: string | undefined;
  readonly author?: string | undefined;
  readonly status: PrintedStatus;
  readonly medication?: DossierMedication | undefined;
  readonly warnings: readonly string[];
  /** Modifier extensions whose meaning the line shows. */
  readonly knownModifiers?: readonly string[];
}

/** A line of the dossier; an unknown modifier stands in it as the source gave it. */
export function recordEntry(resource: FhirResource, { source, since }: Pick<EntryContext, 'source' | 'since'>, content: RecordContent): DossierEntry {
  const { label, text, note, at, author, status, knownModifiers, medication } = content;
  const change = changeSince(resource, since);
  return {
    ...(resource.id === undefined ? {} : { reference: `${resource.resourceType}/${resource.id}` }),
    label,
    values: [...content.values.flatMap(presentValue), ...unknownModifiers(resource, knownModifiers ?? []).map(rawModifier)],
    ...(text === undefined ? {} : { text }),
    ...(note === undefined || note === '' ? {} : { note }),
    ...(at === undefined ? {} : { at }),
    when: at === undefined ? 'tijdstip onbekend' : printDutchTime(at),
    author: author ?? 'auteur onbekend',
    source,
    status: status.label,
    warnings: [...new Set([...status.warnings, ...modifierWarnings(resource, knownModifiers), ...content.warnings, ...content.values.flatMap(({ warnings }) => warnings ?? [])])],
    ...(change === undefined ? {} : { change }),
    ...(medication === undefined ? {} : { medication }),
  };
}

/** A coded value in words; a code that has none is shown bare, with a warning. */
export function codedValue(label: string, concepts: Concept | readonly Concept[] | undefined, words?: CodeWords): RecordValue {
  const all = concepts === undefined ? [] : isMany(concepts) ? concepts : [concepts];
  return { label, value: printConcepts(all, words), warnings: conceptWarnings(all, words) };
}

function isMany(concepts: Concept | readonly Concept[]): concepts is readonly Concept[] {
  return Array.isArray(concepts);
}

function presentValue({ label, value, unit, interpretation, telephone }: RecordValue): readonly DossierValue[] {
  if (value === undefined || value === '') return [];
  return [{ label, value, ...(unit === undefined ? {} : { unit }), ...(interpretation === undefined ? {} : { interpretation }), ...(telephone && { telephone }) }];
}

function rawModifier(modifier: unknown): DossierValue {
  return { label: 'Onbekende aanvulling', value: JSON.stringify(modifier) };
}
