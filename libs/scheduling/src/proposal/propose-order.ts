/** What of a practitioner decides whether the desk would send her. */
export interface Candidate {
  /** How many visits she has on her hands now, and how many blocks are planned later in her shift. */
  readonly load: { readonly openVisits: number; readonly plannedBlocks: number };
  /** To the patient, when both places are known. */
  readonly distanceKilometres?: number;
  /** Whether the patient lives in her district, when both are known. */
  readonly sameDistrict?: boolean;
  /** Whether she may be sent at all: green goes first, red last; absent when nobody asked. */
  readonly light?: 'green' | 'amber' | 'red';
  /** Breaks a tie, so that the order never jumps. */
  readonly name: string;
}

/** Minutes that stand for what is known of her, so that near and free can be weighed against each other. */
const MINUTES = { perKilometre: 1.5, perOpenVisit: 30, perPlannedBlock: 5, inDistrict: 8, elsewhere: 25 } as const;

const lightRank = { green: 0, amber: 1, red: 2 } as const;

/** In the order in which the desk would choose: who may go, then who would soonest be there, then by name. */
export function proposeOrder<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  return candidates.toSorted((a, b) => rankOf(a) - rankOf(b) || minutesUntilThere(a) - minutesUntilThere(b) || a.name.localeCompare(b.name, 'nl'));
}

/** Why she stands where she stands, in Dutch: `Ongeveer 3 km, 1 open bezoek`. */
export function proposalReason(candidate: Candidate): string {
  return capitalised([placeWords(candidate), loadWords(candidate.load)].filter((words) => words !== undefined).join(', '));
}

/** `1 open bezoek, 2 geplande blokken`; `geen bezoeken` when she is free. */
export function loadWords({ openVisits, plannedBlocks }: Candidate['load']): string {
  const words = [
    ...(openVisits > 0 ? [openVisits === 1 ? '1 open bezoek' : `${openVisits} open bezoeken`] : []),
    ...(plannedBlocks > 0 ? [plannedBlocks === 1 ? '1 gepland blok' : `${plannedBlocks} geplande blokken`] : []),
  ];
  return words.length === 0 ? 'geen bezoeken' : words.join(', ');
}

function placeWords({ distanceKilometres, sameDistrict }: Candidate): string | undefined {
  if (distanceKilometres !== undefined) return distanceKilometres < 1 ? 'binnen 1 km' : `ongeveer ${Math.round(distanceKilometres)} km`;
  if (sameDistrict === undefined) return undefined;
  return sameDistrict ? 'in dezelfde wijk' : 'in een andere wijk';
}

function rankOf({ light = 'green' }: Candidate): number {
  return lightRank[light];
}

function minutesUntilThere({ distanceKilometres, sameDistrict, load }: Candidate): number {
  const travel = distanceKilometres !== undefined ? distanceKilometres * MINUTES.perKilometre : sameDistrict === true ? MINUTES.inDistrict : MINUTES.elsewhere;
  return travel + load.openVisits * MINUTES.perOpenVisit + load.plannedBlocks * MINUTES.perPlannedBlock;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
