import { SourceSettings } from '@anw/fhir';
import type { OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { CustodianSources, UnfitSourceError } from '../sources/custodian-sources.js';
import { renderSource, SourceView } from '../sources/source-view.js';

const params = z.object({ org: OrganisationName });
const unfit = { 422: { description: 'The server cannot be reached, or is not fit; `detail` says which' } };

/** Where the record of one custodian organisation lies (design D14). */
@Controller('operator/organisations/:org/source')
export class SourceController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CustodianSources) private readonly sources: CustodianSources,
  ) {}

  @Get()
  @Documented({ summary: 'Where the record lies: in our own store, or in a FHIR server of the organisation; no secret is shown', request: { params }, responses: { 200: { description: 'The source', schema: SourceView } } })
  async read(@Param('org') org: string): Promise<SourceView> {
    return renderSource(await this.sources.settingsOf(await requireOrganisation(this.directory, org)));
  }

  @Put()
  @Documented({ summary: 'Read and write the record in the organisation’s own FHIR R4 server from now on, once its CapabilityStatement has been read', request: { params, body: SourceSettings }, responses: { 200: { description: 'The source', schema: SourceView }, ...unfit } })
  async change(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: SourceSettings }) settings: SourceSettings): Promise<SourceView> {
    const organisation = await requireOrganisation(this.directory, org);
    return renderSource(await this.sources.change(organisation, settings, by).catch(refuseUnfit));
  }

  @Post('check')
  @HttpCode(200)
  @Documented({ summary: 'Ask the organisation’s own server once more what it is', request: { params }, responses: { 200: { description: 'It is fit', schema: SourceView }, 404: { description: 'The record lies in our own store' }, ...unfit } })
  async check(@Param('org') org: string): Promise<SourceView> {
    const settings = await this.sources.settingsOf(await requireOrganisation(this.directory, org));
    if (settings === undefined) throw new ProblemError('not-found');
    return renderSource(await this.sources.check(settings).catch(refuseUnfit));
  }

  @Delete()
  @HttpCode(204)
  @Documented({ summary: 'Keep the record in our own store again', request: { params }, responses: { 204: { description: 'It does from now on' } } })
  async remove(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    await this.sources.remove(await requireOrganisation(this.directory, org), by);
  }
}

function refuseUnfit(error: unknown): never {
  if (error instanceof UnfitSourceError) throw new ProblemError('not-acceptable', { detail: error.message, cause: error });
  throw error;
}
