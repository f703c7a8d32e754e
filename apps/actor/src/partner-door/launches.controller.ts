import { LaunchInput, LaunchView } from '@anw/api-contracts';
import { Documented, parseRequest, ProblemError, RequestReference } from '@anw/platform';
import { findOrganisation, ORGANISATION_DIRECTORY } from '@anw/service-core';
import type { OrganisationDirectory } from '@anw/persistence';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Header, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Launches } from '../launches/launches.js';
import { readBasicCredentials } from '@anw/service-core';
import { launchUrl, STAFF_URL } from '../launches/launch-url.js';

/** An organisation's own care record system asks to show the nurse's pages within its own (docs/embedding.md). */
@Controller('anw/:org/launches')
export class LaunchesController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Launches) private readonly launches: Launches,
    @Inject(STAFF_URL) private readonly staffUrl: string,
  ) {}

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Prepare a launch: a one-time code by which a page in a frame becomes the session of the user that is named (HTTP Basic: id and secret of a launch client)',
    request: { params: z.object({ org: OrganisationName }), body: LaunchInput },
    responses: {
      201: { description: 'The code, and the address of the page with it; good for a minute, once', schema: LaunchView },
      401: { description: 'Not a launch client of this organisation' },
      422: { description: 'The user logged in too long ago, or in time to come' },
    },
  })
  async prepare(@Param('org') org: string, @Headers('authorization') authorization: string | undefined, @RequestReference() reference: string, @Body() body: unknown): Promise<LaunchView> {
    const organisation = await findOrganisation(this.directory, org);
    if (organisation === undefined) throw new ProblemError('unauthenticated');
    const client = await this.launches.admit(organisation, readBasicCredentials(authorization), reference);
    const { code, expiresAt } = await this.launches.prepare(organisation, client, parseRequest(LaunchInput, body));
    return { code, url: launchUrl(this.staffUrl, organisation.name, code), expiresAt: expiresAt.toISOString() };
  }
}
