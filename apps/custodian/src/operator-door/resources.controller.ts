import { BundleError, splitBundle } from '@anw/fhir';
import { AuditLogTable, Database, type OrganisationDirectory, ResourceLoadTable } from '@anw/persistence';
import { CLOCK, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type Clock, OrganisationName, PatientId } from '@anw/values';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

const Report = z.object({ patient: z.string(), loaded: z.int(), refused: z.array(z.object({ reference: z.string(), reason: z.string() })) });
type Report = z.infer<typeof Report>;

/** A dossier of one patient with all its history. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Fills the record of one organisation from its own systems (design §6). */
@Controller('operator/organisations/:org/resources')
export class ResourcesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  @Post()
  @Documented(
    {
      summary: 'Load the dossier of one patient: a Bundle, a list of resources, or one resource',
      request: { params: z.object({ org: OrganisationName }), body: z.unknown() },
      responses: { 201: { description: 'What was loaded and what was not', schema: Report }, 422: { description: 'It cannot be taken apart' } },
    },
    { bodyLimit: BODY_LIMIT },
  )
  async load(@Param('org') org: string, @Body() dossier: unknown): Promise<Report> {
    const { id } = await requireOrganisation(this.directory, org);
    const { patient, resources } = takeApart(dossier);
    return this.database.withOrganisation(id, async (tx) => {
      const report = await new ResourceLoadTable(tx, { clock: this.clock, searchKey: this.config.patientSearch.key }).loadResources(resources);
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'resources.loaded', outcome: 'success', at: this.clock(), patient: PatientId.parse(patient.id), query: `${report.loaded} resources` });
      return { patient: patient.id, loaded: report.loaded, refused: [...report.refused] };
    });
  }
}

function takeApart(dossier: unknown): ReturnType<typeof splitBundle> {
  try {
    return splitBundle(dossier);
  } catch (error) {
    if (error instanceof BundleError) throw new ProblemError('not-acceptable', { detail: `The dossier cannot be loaded: ${error.message}.` });
    throw error;
  }
}
