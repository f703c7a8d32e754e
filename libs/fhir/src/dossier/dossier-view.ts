import type { FhirResource } from '../fhir-resource.js';
import { type PatientCard, patientCard } from './at-the-door/patient-card.js';
import type { DossierEntry, EntryContext } from './dossier-entry.js';
import { type DossierChapter, dossierGroups, type GroupDefinition } from './dossier-groups.js';
import type { DossierPart, DossierPartFailure, FetchedPart } from './dossier-part.js';
import { type DossierTrend, trendOf, trendsByCode } from './measurements/trend.js';

/** A dossier as the nurse reads it, in Dutch. */
export interface DossierView {
  readonly patient?: PatientCard;
  readonly groups: readonly DossierGroup[];
  /** False when a part could not be fetched; the group says which and why. */
  readonly complete: boolean;
}

export interface DossierGroup {
  readonly name: string;
  readonly chapter: DossierChapter;
  readonly title: string;
  /** `incomplete`: some of it came, and `message` says that the rest did not. `refused`: asking again gives nothing. */
  readonly state: 'fetched' | 'empty' | 'incomplete' | 'refused' | 'failed';
  /** Newest first. */
  readonly entries: readonly DossierEntry[];
  /** How many there are at the source, when more than shown. */
  readonly total: number;
  readonly trends: readonly DossierTrend[];
  /** Name of the custodian that it comes from. */
  readonly source: string;
  /** When the last of it came. Absent when nothing did. */
  readonly fetchedAt?: Date;
  /** Of a group that is not `fetched`. */
  readonly message?: string;
}

export interface DossierViewOptions {
  /** Name of the custodian. */
  readonly source: string;
  readonly now: Date;
  /** Her last look: what came or changed after it is marked. */
  readonly since?: Date;
}

const failureMessages: Readonly<Record<DossierPartFailure, string>> = {
  'no-access': 'U heeft geen toegang tot dit onderdeel.',
  expired: 'De toegang is verlopen.',
  'too-slow': 'De bron antwoordt te traag; dit onderdeel ontbreekt.',
  unavailable: 'Dit onderdeel kan nu niet worden opgehaald.',
  unreadable: 'Dit onderdeel kan niet worden gelezen.',
};

/** Makes the view of the parts that came, whatever became of the others. A group none of whose parts came yet is not in it. */
export function dossierView(parts: readonly DossierPart[], options: DossierViewOptions): DossierView {
  const context = entryContext(parts, options);
  const patient = findPatient(parts, context);
  return {
    ...(patient === undefined ? {} : { patient }),
    groups: dossierGroups.flatMap((definition) => toGroup(definition, parts, context) ?? []),
    complete: parts.every(({ state }) => state === 'fetched'),
  };
}

/** The groups that show the part that came last, once all of their searches have been answered, one way or the other. */
export function settledGroups(parts: readonly DossierPart[], options: DossierViewOptions): readonly DossierGroup[] {
  const last = parts.at(-1)?.name;
  const context = entryContext(parts, options);
  const settled = dossierGroups.filter(({ lines }) => lines.some(({ part }) => part === last) && lines.every(({ part }) => parts.some(({ name }) => name === part)));
  return settled.flatMap((definition) => toGroup(definition, parts, context) ?? []);
}

/** Names of the parts that these groups are made of. */
export function partsOf(groups: readonly string[]): readonly DossierPart['name'][] {
  return dossierGroups.filter(({ name }) => groups.includes(name)).flatMap(({ lines }) => lines.map(({ part }) => part));
}

/** Who the dossier is of, as soon as that came. */
export function dossierPatient(parts: readonly DossierPart[], options: DossierViewOptions): PatientCard | undefined {
  return findPatient(parts, entryContext(parts, options));
}

function entryContext(parts: readonly DossierPart[], options: DossierViewOptions): EntryContext {
  const related = new Map<string, FhirResource>();
  for (const part of parts) {
    if (part.state === 'failed') continue;
    for (const resource of [...part.included, ...part.resources]) if (resource.id !== undefined) related.set(`${resource.resourceType}/${resource.id}`, resource);
  }
  return { ...options, related };
}

function findPatient(parts: readonly DossierPart[], context: EntryContext): PatientCard | undefined {
  const part = parts.find(({ name }) => name === 'patient');
  if (part?.state !== 'fetched') return undefined;
  const [resource] = part.resources;
  return resource === undefined ? undefined : patientCard(resource, context);
}

function toGroup(definition: GroupDefinition, parts: readonly DossierPart[], context: EntryContext): DossierGroup | undefined {
  const own = definition.lines.flatMap(({ part }) => parts.find(({ name }) => name === part) ?? []);
  if (own.length === 0 || own.every(({ name }) => name === 'patient')) return undefined;
  const fetched = own.filter((part) => part.state === 'fetched');
  const failed = own.find((part) => part.state === 'failed');
  const { name, chapter, title } = definition;
  const head = { name, chapter, title, source: context.source };
  if (failed !== undefined && fetched.length === 0) return { ...head, state: isRefusal(failed.reason) ? 'refused' : 'failed', entries: [], total: 0, trends: [], message: failureMessages[failed.reason] };
  const entries = entriesOf(definition, fetched, context);
  const fetchedAt = new Date(Math.max(...fetched.map((part) => part.fetchedAt.getTime())));
  const total = entries.length + fetched.reduce((more, part) => more + Math.max(0, part.name === 'patient' ? 0 : part.total - part.resources.length), 0);
  const shown = { ...head, entries, total, trends: trendsOf(definition, fetched), fetchedAt };
  if (failed !== undefined) return { ...shown, state: 'incomplete', message: `Een deel ontbreekt. ${failureMessages[failed.reason]}` };
  return entries.length === 0 ? { ...shown, state: 'empty', message: `Niets vastgelegd bij ${context.source}.` } : { ...shown, state: 'fetched' };
}

function isRefusal(reason: DossierPartFailure): boolean {
  return reason === 'no-access' || reason === 'expired';
}

function entriesOf({ lines, foldedInto }: GroupDefinition, fetched: readonly FetchedPart[], context: EntryContext): readonly DossierEntry[] {
  const folded = new Set(foldedInto === undefined ? [] : fetched.flatMap(({ resources }) => resources.flatMap(foldedInto)));
  return lines
    .flatMap(({ part, entriesOf: toEntries }) => (fetched.find(({ name }) => name === part)?.resources ?? []).flatMap((resource) => toEntries(resource, context)))
    .filter(({ reference }) => reference === undefined || !folded.has(reference))
    .sort(newestFirst);
}

function trendsOf({ trends }: GroupDefinition, fetched: readonly FetchedPart[]): readonly DossierTrend[] {
  if (trends === undefined) return [];
  if (trends === 'each-code') return trendsByCode(fetched.flatMap(({ resources }) => resources));
  return trends.flatMap((source) => trendOf(source, fetched.find(({ name }) => name === source.part)?.resources ?? []) ?? []);
}

/** Not every search has a date sort: "the client sorts" (spec anw-fhir-profiles §2). What has no date keeps its place, at the end. */
function newestFirst(one: DossierEntry, other: DossierEntry): number {
  return momentOf(other) - momentOf(one);
}

function momentOf({ at }: DossierEntry): number {
  const moment = Date.parse(at ?? '');
  return Number.isNaN(moment) ? Number.MIN_SAFE_INTEGER : moment;
}
