import type { FhirResource } from '../fhir-resource.js';
import { advanceDirectiveEntry } from './advance-directive-entry.js';
import { alertEntry } from './alert-entry.js';
import { allergyIntoleranceEntry } from './allergy-intolerance-entry.js';
import { bloodPressureEntry } from './blood-pressure-entry.js';
import { contactPersonEntry } from './contact-person-entry.js';
import type { DossierPart, DossierPartFailure } from './dossier-part.js';
import type { DossierPartName } from './dossier-queries.js';
import { measuredValueEntry } from './measured-value-entry.js';
import { medicationUseEntry } from './medication-use-entry.js';
import { type DossierEntry } from './observation-entry.js';
import { nursingReportEntry } from './nursing-report-entry.js';
import { type PatientCard, patientCard } from './patient-card.js';
import { problemEntry } from './problem-entry.js';
import { treatmentDirectiveEntry } from './treatment-directive-entry.js';

/** A dossier as the nurse reads it, in Dutch. */
export interface DossierView {
  readonly patient?: PatientCard;
  readonly groups: readonly DossierGroup[];
  /** False when a part could not be fetched; the group says which and why. */
  readonly complete: boolean;
}

export interface DossierGroup {
  readonly name: DossierPartName;
  readonly title: string;
  readonly state: 'fetched' | 'empty' | 'failed';
  readonly entries: readonly DossierEntry[];
  /** How many there are at the source, when more than shown. */
  readonly total: number;
  /** Of an empty or a failed group. */
  readonly message?: string;
}

/** @param related whatever else came, to name what the resource refers to. */
type EntryOf = (resource: FhirResource, source: string, related: readonly FhirResource[]) => DossierEntry;

/** Per part: its title and how a resource becomes a line. The patient is a card, not a list. */
const groups: Readonly<Record<Exclude<DossierPartName, 'patient'>, { readonly title: string; readonly entryOf: EntryOf }>> = {
  alert: { title: 'Alerts', entryOf: alertEntry },
  'allergy-intolerance': { title: 'Allergieën en intoleranties', entryOf: allergyIntoleranceEntry },
  'treatment-directive': { title: 'Behandelaanwijzingen', entryOf: treatmentDirectiveEntry },
  'advance-directive': { title: 'Wilsverklaringen', entryOf: advanceDirectiveEntry },
  'contact-person': { title: 'Contactpersonen', entryOf: contactPersonEntry },
  'medication-use': { title: 'Medicatiegebruik', entryOf: medicationUseEntry },
  problem: { title: 'Problemen', entryOf: problemEntry },
  'blood-pressure': { title: 'Bloeddruk', entryOf: bloodPressureEntry },
  'body-weight': { title: 'Lichaamsgewicht', entryOf: measuredValueEntry('Gewicht', ['kg', 'g']) },
  'body-height': { title: 'Lichaamslengte', entryOf: measuredValueEntry('Lengte', ['cm', '[in_i]']) },
  'body-temperature': { title: 'Lichaamstemperatuur', entryOf: measuredValueEntry('Temperatuur', ['Cel']) },
  'oxygen-saturation': { title: 'Zuurstofsaturatie', entryOf: measuredValueEntry('Saturatie', ['%']) },
  'pulse-rate': { title: 'Polsfrequentie', entryOf: measuredValueEntry('Pols', ['/min']) },
  'nursing-report': { title: 'Rapportages', entryOf: nursingReportEntry },
};

const failureMessages: Readonly<Record<DossierPartFailure, string>> = {
  'no-access': 'U heeft geen toegang tot dit onderdeel.',
  expired: 'De toegang is verlopen.',
  unavailable: 'Dit onderdeel kan nu niet worden opgehaald.',
  unreadable: 'Dit onderdeel kan niet worden gelezen.',
};

/** Makes the view of the parts that came, whatever became of the others. @param source name of the custodian. */
export function dossierView(parts: readonly DossierPart[], source: string): DossierView {
  const patient = findPatient(parts);
  const related = parts.flatMap((part) => (part.state === 'fetched' ? [...part.included, ...part.resources] : []));
  return {
    ...(patient === undefined ? {} : { patient }),
    groups: parts.flatMap((part) => (part.name === 'patient' ? [] : [toGroup(part, part.name, { source, related })])),
    complete: parts.every(({ state }) => state === 'fetched'),
  };
}

function findPatient(parts: readonly DossierPart[]): PatientCard | undefined {
  const part = parts.find(({ name }) => name === 'patient');
  if (part?.state !== 'fetched') return undefined;
  const [resource] = part.resources;
  return resource === undefined ? undefined : patientCard(resource, part.included);
}

function toGroup(part: DossierPart, name: Exclude<DossierPartName, 'patient'>, { source, related }: { readonly source: string; readonly related: readonly FhirResource[] }): DossierGroup {
  const { title, entryOf } = groups[name];
  if (part.state === 'failed') return { name, title, state: 'failed', entries: [], total: 0, message: failureMessages[part.reason] };
  if (part.resources.length === 0) return { name, title, state: 'empty', entries: [], total: 0, message: 'Geen gegevens bij de bron.' };
  return { name, title, state: 'fetched', entries: part.resources.map((resource) => entryOf(resource, source, related)).sort(newestFirst), total: part.total };
}

/** Not every search has a date sort: "the client sorts" (spec anw-fhir-profiles §2). What has no date keeps its place, at the end. */
function newestFirst(one: DossierEntry, other: DossierEntry): number {
  return momentOf(other) - momentOf(one);
}

function momentOf({ at }: DossierEntry): number {
  const moment = Date.parse(at ?? '');
  return Number.isNaN(moment) ? Number.MIN_SAFE_INTEGER : moment;
}
