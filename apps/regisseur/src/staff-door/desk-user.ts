import type { StaffUser } from '@anw/identity';
import { ProblemError } from '@anw/platform';
import type { Triagist } from '@anw/triage';
import type { Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';

/** Who may work at the desk, as her login says. */
export const TRIAGIST_ROLE = 'triagist';

export function triagistOf({ identifier, name, roleName }: StaffUser): Triagist {
  return { identifier, name, roleName };
}

/** The regisseur that she works for. @throws ProblemError `forbidden` when it is no longer one of this service */
export async function regisseurOfUser({ organisationId }: StaffUser, regisseurs: Regisseurs): Promise<Regisseur> {
  const regisseur = await regisseurs.findById(organisationId);
  if (regisseur === undefined) throw new ProblemError('forbidden');
  return regisseur;
}
