import { type Candidate, distanceKilometres, type PostcodeArea, proposeOrder } from '@anw/scheduling';
import type { Did } from '@anw/values';
import type { Authorization } from '../assignment/authorization.js';
import type { PrecheckAnswer } from '../precheck/precheck.js';
import type { PractitionerOnDuty } from './practitioners-on-duty.js';
import { presentLoad } from './present-load.js';

/** Amber: no answer yet. */
export type Light = PrecheckAnswer | { readonly light: 'amber' };

export interface ProposalFacts {
  readonly practitioners: readonly PractitionerOnDuty[];
  /** In force now. */
  readonly authorizations: readonly Authorization[];
  /** The light of each actor; empty when no patient was named. */
  readonly lights: ReadonlyMap<Did, Light>;
  /** Postcode area of the patient, when given. */
  readonly patientArea: string | undefined;
  /** What the region knows of the places in question. */
  readonly areas: readonly PostcodeArea[];
}

export interface ProposedPractitioner {
  readonly practitioner: PractitionerOnDuty;
  readonly candidate: Candidate;
  readonly light?: Light;
}

/** Whom the desk would send, best first. A place that the region's table does not have is no reason to leave anybody out. */
export function proposePractitioners({ practitioners, authorizations, lights, patientArea, areas }: ProposalFacts, at: Date): readonly ProposedPractitioner[] {
  const known = new Map(areas.map((area) => [area.area, area]));
  const home = patientArea === undefined ? undefined : known.get(patientArea);
  const proposed = practitioners.map((practitioner) => {
    const { shift, actor } = practitioner;
    const light = lights.get(actor.did);
    const load = presentLoad(authorizations, { actor, practitioner: shift.practitioner }, at);
    const candidate: Candidate = { load, name: shift.practitioner.name, ...placeOf(practitioner, home, known), ...(light && { light: light.light }) };
    return { ...candidate, proposal: { practitioner, candidate, ...(light && { light }) } };
  });
  return proposeOrder(proposed).map(({ proposal }) => proposal);
}

function placeOf({ shift: { startArea, district } }: PractitionerOnDuty, home: PostcodeArea | undefined, known: ReadonlyMap<string, PostcodeArea>): Pick<Candidate, 'distanceKilometres' | 'sameDistrict'> {
  if (home === undefined) return {};
  const start = startArea === undefined ? undefined : known.get(startArea);
  const hers = district ?? start?.district;
  return {
    ...(start && { distanceKilometres: Math.round(distanceKilometres(start, home) * 10) / 10 }),
    ...(hers !== undefined && home.district !== undefined && { sameDistrict: sameName(hers, home.district) }),
  };
}

function sameName(a: string, b: string): boolean {
  return a.localeCompare(b, 'nl', { sensitivity: 'base' }) === 0;
}
