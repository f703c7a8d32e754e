import type { RegionFile } from '../region-file.js';
import type { StoryContext } from './story-context.js';

/** Who plays in the story: found among the region's sample users by role and organisation. */
export interface StoryCast {
  readonly triagist: RegionFile['oidc']['users'][number];
  readonly nurse: RegionFile['oidc']['users'][number];
  readonly privacyOfficer: RegionFile['oidc']['users'][number];
  /** Of the custodian's day team. */
  readonly dayNurse: RegionFile['oidc']['users'][number];
  readonly custodian: RegionFile['organisations'][number];
  readonly actor: RegionFile['organisations'][number];
  readonly regisseur: RegionFile['organisations'][number];
}

export function castOf({ file, patient }: StoryContext): StoryCast {
  const user = (role: string, isHers: (organisation: string) => boolean) =>
    required(file.oidc.users.find(({ roles, organisation }) => roles.includes(role) && isHers(organisation)), `a ${role}`);
  const organisation = (name: string) => required(file.organisations.find((candidate) => candidate.name === name), `the organisation ${name}`);
  const triagist = user('triagist', () => true);
  const nurse = user('nurse', () => true);
  return {
    triagist,
    nurse,
    privacyOfficer: user('privacy-officer', (name) => name === patient.custodian),
    dayNurse: user('day-team', (name) => name === patient.custodian),
    custodian: organisation(patient.custodian),
    actor: organisation(nurse.organisation),
    regisseur: organisation(triagist.organisation),
  };
}

function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the region lacks ${what}`);
  return found;
}
