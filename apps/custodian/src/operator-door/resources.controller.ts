import { BundleError, type SplitBundle, splitBundle } from '@anw/fhir';
import type { OrganisationDirectory } from '@anw/persistence';
import { Documented, parseRequest, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { OrganisationName } from '@anw/values';
import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ResourceLoading } from '../loading/resource-loading.js';

const params = z.object({ org: OrganisationName });

const Report = z.object({ patient: z.string(), loaded: z.int(), refused: z.array(z.object({ reference: z.string(), reason: z.string() })) });
type Report = z.infer<typeof Report>;

const LineReport = z.object({
  lines: z.int(),
  loaded: z.int(),
  refused: z.int(),
  remarks: z.array(z.object({ line: z.int(), reference: z.string().optional(), code: z.string(), detail: z.string() })),
  moreRemarks: z.int(),
});
type LineReport = z.infer<typeof LineReport>;

const bulkQuery = z.strictObject({ mode: z.enum(['each', 'all']).default('each') });

/** A dossier of one patient with all its history. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Fills the record of one organisation from its own systems (design §6). */
@Controller('operator/organisations/:org/resources')
export class ResourcesController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ResourceLoading) private readonly loading: ResourceLoading,
  ) {}

  @Post()
  @Documented(
    {
      summary: 'Load the dossier of one patient: a Bundle, a list of resources, or one resource',
      request: { params, body: z.unknown() },
      responses: { 201: { description: 'What was loaded and what was not', schema: Report }, 422: { description: 'It cannot be taken apart' } },
    },
    { bodyLimit: BODY_LIMIT },
  )
  async load(@Param('org') org: string, @Body() dossier: unknown): Promise<Report> {
    const organisation = await requireOrganisation(this.directory, org);
    const split = takeApart(dossier);
    const report = await this.loading.loadDossier(organisation, split);
    return { patient: split.patient.id, loaded: report.loaded, refused: [...report.refused] };
  }

  @Post('lines')
  @HttpCode(200)
  @Documented(
    {
      summary: 'Load resources of any number of patients, one on each line; `mode=all` loads every line or none',
      request: { params, query: bulkQuery, body: z.string(), contentType: 'application/fhir+ndjson' },
      responses: { 200: { description: 'How many were loaded, and what is the matter with which line', schema: LineReport }, 415: { description: 'Not application/fhir+ndjson' } },
    },
    { streamed: true },
  )
  async loadLines(@Param('org') org: string, @Query() query: unknown, @Body() lines: unknown): Promise<LineReport> {
    const { mode } = parseRequest(bulkQuery, query);
    const organisation = await requireOrganisation(this.directory, org);
    if (!(lines instanceof Readable)) throw new ProblemError('unsupported-media-type');
    const report = await this.loading.loadLines(organisation, lines, mode);
    return { ...report, remarks: [...report.remarks] };
  }
}

function takeApart(dossier: unknown): SplitBundle {
  try {
    return splitBundle(dossier);
  } catch (error) {
    if (error instanceof BundleError) throw new ProblemError('not-acceptable', { detail: `The dossier cannot be loaded: ${error.message}.` });
    throw error;
  }
}
