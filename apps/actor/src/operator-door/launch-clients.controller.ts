import type { LaunchClient, OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, isLoopback, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { LaunchClients } from '../launches/launch-clients.js';

const params = z.object({ org: OrganisationName });
const clientParams = params.extend({ id: z.uuid() });

/** An origin as browsers write it: `https://ecd.example`, no path. Plain HTTP on this machine only. */
const Origin = z.string().refine(isOrigin, 'is no origin such as https://ecd.example');

const NewLaunchClient = z.strictObject({ name: z.string().trim().min(1).max(200), origins: z.array(Origin).min(1).max(10) });
type NewLaunchClient = z.infer<typeof NewLaunchClient>;

const LaunchClientView = NewLaunchClient.extend({ id: z.uuid(), createdAt: z.iso.datetime(), createdBy: z.string() });
type LaunchClientView = z.infer<typeof LaunchClientView>;
const NewClientView = LaunchClientView.extend({ secret: z.string() });

/** Which care record systems may show the nurse's pages of an organisation within their own (docs/embedding.md). */
@Controller('operator/organisations/:org/launch-clients')
export class LaunchClientsController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(LaunchClients) private readonly clients: LaunchClients,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Add a launch client; its secret is in this answer and nowhere else', request: { params, body: NewLaunchClient }, responses: { 201: { description: 'The client and its secret', schema: NewClientView }, 404: { description: 'No such organisation' } } })
  async add(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: NewLaunchClient }) input: NewLaunchClient): Promise<z.infer<typeof NewClientView>> {
    const organisation = await requireOrganisation(this.directory, org);
    const { client, secret } = await this.clients.add(organisation, input, by);
    return { ...toView(client), secret };
  }

  @Get()
  @Documented({ summary: 'The launch clients of an organisation', request: { params }, responses: { 200: { description: 'By name, without their secrets', schema: z.object({ clients: z.array(LaunchClientView) }) }, 404: { description: 'No such organisation' } } })
  async list(@Param('org') org: string): Promise<{ readonly clients: readonly LaunchClientView[] }> {
    return { clients: (await this.clients.list(await requireOrganisation(this.directory, org))).map(toView) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'Remove a launch client: it opens nothing from now on, and its pages show ours no more', request: { params: clientParams }, responses: { 204: { description: 'Removed' }, 404: { description: 'No such client' } } })
  async remove(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const organisation = await requireOrganisation(this.directory, org);
    if (!z.uuid().safeParse(id).success || !(await this.clients.remove(organisation, id, by))) throw new ProblemError('not-found');
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text)));
}

function toView({ id, name, origins, createdAt, createdBy }: LaunchClient): LaunchClientView {
  return { id, name, origins: [...origins], createdAt: createdAt.toISOString(), createdBy };
}
