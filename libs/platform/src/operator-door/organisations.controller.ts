import type { Organisation } from '@anw/identity';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { Documented } from '../openapi/documented.decorator.js';

export const NewOrganisation = z.strictObject({
  /** Short name within this service, the `{org}` of its paths. */
  name: OrganisationName,
  displayName: z.string().trim().min(1).max(200),
  city: z.string().trim().min(1).max(200),
});
export type NewOrganisation = z.infer<typeof NewOrganisation>;

/** Administration of the organisations that this service acts for. */
export abstract class OrganisationAdministration {
  /** Makes an organisation with its DID and key; a repeat with the same facts answers with the one that is there, other facts with `'differs'`. */
  abstract add(organisation: NewOrganisation): Promise<Organisation | 'differs'>;
  abstract list(): Promise<readonly Organisation[]>;
  /** A new signing key; the old one stays in the DID document. Answers its full id, or undefined when there is no such organisation. */
  abstract rotateKey(name: OrganisationName): Promise<string | undefined>;
}

const organisationBody = z.object({ name: z.string(), did: z.string(), displayName: z.string(), city: z.string(), issuer: z.string() });
const rotated = z.object({ kid: z.string() });

@Controller('operator/organisations')
export class OrganisationsController {
  constructor(@Inject(OrganisationAdministration) private readonly administration: OrganisationAdministration) {}

  @Post()
  @Documented({ summary: 'Add an organisation; repeating it changes nothing', request: { body: NewOrganisation }, responses: { 201: { description: 'The organisation', schema: organisationBody }, 409: { description: 'There is one of that name with other facts' } } })
  async add(@Body({ schema: NewOrganisation }) organisation: NewOrganisation): Promise<z.infer<typeof organisationBody>> {
    const added = await this.administration.add(organisation);
    if (added === 'differs') throw new ProblemError('conflict', { detail: 'There is an organisation of that name with another display name or city.' });
    return render(added);
  }

  @Get()
  @Documented({ summary: 'The organisations of this service', responses: { 200: { description: 'All of them', schema: z.object({ organisations: z.array(organisationBody) }) } } })
  async list(): Promise<{ readonly organisations: readonly z.infer<typeof organisationBody>[] }> {
    return { organisations: (await this.administration.list()).map(render) };
  }

  @Post(':org/keys/rotate')
  @Documented({ summary: 'Sign with a new key from now on', request: { params: z.object({ org: OrganisationName }) }, responses: { 201: { description: 'Id of the new key', schema: rotated }, 404: { description: 'No such organisation' } } })
  async rotate(@Param('org') org: string): Promise<z.infer<typeof rotated>> {
    const name = OrganisationName.safeParse(org);
    const kid = name.success ? await this.administration.rotateKey(name.data) : undefined;
    if (kid === undefined) throw new ProblemError('not-found');
    return { kid };
  }
}

function render({ name, did, displayName, city, issuer }: Organisation): z.infer<typeof organisationBody> {
  return { name, did, displayName, city, issuer };
}
