import type { Organisation } from '@anw/identity';
import type { OrganisationDirectory } from '@anw/persistence';
import { ProblemError } from '@anw/platform';
import { OrganisationName } from '@anw/values';

/** The actor of that short name. @throws ProblemError `not-found` */
export async function actorOf(org: string, directory: OrganisationDirectory): Promise<Organisation> {
  const name = OrganisationName.safeParse(org);
  const organisation = name.success ? await directory.findByName(name.data) : undefined;
  if (organisation === undefined) throw new ProblemError('not-found');
  return organisation;
}
