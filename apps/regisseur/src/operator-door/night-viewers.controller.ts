import { CLOCK, CurrentOperator, Documented, parseRequest, ProblemError, problemDetails } from '@anw/platform';
import { type Clock, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Controller, Delete, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName, viewer: OrganisationName });

/** Which other regisseurs of this service may see how busy this one is, side by side with their own night. */
@Controller('operator/organisations/:org/night-viewers')
export class NightViewersController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put(':viewer')
  @HttpCode(204)
  @Documented({ summary: 'Let another regisseur look; never at a patient', request: { params }, responses: { 204: { description: 'It may' }, 404: { description: 'No such organisation' }, 422: { description: 'A regisseur sees its own night anyway', schema: problemDetails } } })
  async add(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    await this.change(path, by, 'may look', async ({ viewers }, viewer) => viewers.addViewer(viewer, this.clock()).then(() => true));
  }

  @Delete(':viewer')
  @HttpCode(204)
  @Documented({ summary: 'Let it look no more', request: { params }, responses: { 204: { description: 'It may not' }, 404: { description: 'It might not anyway' } } })
  async remove(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    await this.change(path, by, 'may look no more', ({ viewers }, viewer) => viewers.removeViewer(viewer));
  }

  private async change(path: unknown, by: EmployeeIdentifier | undefined, what: string, work: (stores: Stores, viewer: ViewerId) => Promise<boolean>): Promise<void> {
    const { org, viewer: name } = parseRequest(params, path);
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    const viewer = await regisseurOf(name, this.regisseurs);
    if (viewer.organisation.id === organisation.id) throw new ProblemError('not-acceptable', { detail: 'A regisseur sees its own night anyway.' });
    await transaction(async (stores) => {
      if (!(await work(stores, viewer.organisation.id))) throw new ProblemError('not-found');
      await stores.audit.append({ id: randomUUID(), name: 'partner.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `${viewer.organisation.name} ${what} at the night` });
    });
  }
}

type Stores = Parameters<Parameters<Awaited<ReturnType<typeof regisseurOf>>['transaction']>[0]>[0];
type ViewerId = Awaited<ReturnType<typeof regisseurOf>>['organisation']['id'];
