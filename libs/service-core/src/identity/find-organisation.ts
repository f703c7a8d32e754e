import type { Organisation } from '@anw/identity';
import type { OrganisationDirectory } from '@anw/persistence';
import { ProblemError } from '@anw/platform';
import { OrganisationName } from '@anw/values';

/** The organisation that the `{org}` of a path names; undefined when there is none, or when it can be no name. */
export async function findOrganisation(directory: Pick<OrganisationDirectory, 'findByName'>, org: string): Promise<Organisation | undefined> {
  const name = OrganisationName.safeParse(org);
  return name.success ? directory.findByName(name.data) : undefined;
}

/** The same where there has to be one. @throws ProblemError `not-found` */
export async function requireOrganisation(directory: Pick<OrganisationDirectory, 'findByName'>, org: string): Promise<Organisation> {
  const organisation = await findOrganisation(directory, org);
  if (organisation === undefined) throw new ProblemError('not-found');
  return organisation;
}
