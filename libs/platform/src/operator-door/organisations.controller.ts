import type { Organisation } from '@anw/identity';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
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
}

const organisationBody = z.object({ name: z.string(), did: z.string(), displayName: z.string(), city: z.string(), issuer: z.string() });

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
}

function render({ name, did, displayName, city, issuer }: Organisation): z.infer<typeof organisationBody> {
  return { name, did, displayName, city, issuer };
}
