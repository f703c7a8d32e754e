import { ProblemError } from '@anw/platform';
import { OrganisationName } from '@anw/values';
import type { Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';

/** The regisseur of that short name. @throws ProblemError `not-found` */
export async function regisseurOf(org: string, regisseurs: Regisseurs): Promise<Regisseur> {
  const name = OrganisationName.safeParse(org);
  const regisseur = name.success ? await regisseurs.findByName(name.data) : undefined;
  if (regisseur === undefined) throw new ProblemError('not-found');
  return regisseur;
}
