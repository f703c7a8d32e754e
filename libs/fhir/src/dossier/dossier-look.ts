import type { FhirResource } from '../fhir-resource.js';

/** When somebody looked into a dossier: instants alone, nothing of what she saw. */
export interface DossierLook {
  /** What came or changed after this is new to her. Absent: she never looked before. */
  readonly since?: Date;
  /** When she last looked. */
  readonly lookedAt: Date;
}

const MINUTE_MILLISECONDS = 60_000;

/** Who comes back within this time, or loads the page again, is still having the same look. */
export const SAME_LOOK_MINUTES = 15;

/** Clocks of actor and custodian differ: rather one line too many marked than one too few. */
const CLOCK_SKEW_MILLISECONDS = MINUTE_MILLISECONDS;

/** The look that begins, or goes on, now. */
export function nextLook(previous: DossierLook | undefined, now: Date): DossierLook {
  if (previous === undefined) return { lookedAt: now };
  const goesOn = now.getTime() - previous.lookedAt.getTime() <= SAME_LOOK_MINUTES * MINUTE_MILLISECONDS;
  return goesOn ? { ...previous, lookedAt: now } : { since: previous.lookedAt, lookedAt: now };
}

export type DossierChange = 'new' | 'changed';

/** What became of a resource since a look, by what the source says of its versions; `undefined` when nothing did, or the source does not say. */
export function changeSince({ meta }: FhirResource, since: Date | undefined): DossierChange | undefined {
  const { lastUpdated, versionId } = (typeof meta === 'object' && meta !== null ? meta : {}) as { readonly lastUpdated?: unknown; readonly versionId?: unknown };
  const updated = typeof lastUpdated === 'string' ? Date.parse(lastUpdated) : Number.NaN;
  if (since === undefined || Number.isNaN(updated) || updated <= since.getTime() - CLOCK_SKEW_MILLISECONDS) return undefined;
  return versionId === undefined || versionId === '1' ? 'new' : 'changed';
}
