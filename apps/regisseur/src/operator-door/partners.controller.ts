import { CLOCK, CurrentOperator, Documented } from '@anw/platform';
import { type Clock, Did, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOf } from './regisseur-of.js';

const params = z.object({ org: OrganisationName });
const Partner = z.strictObject({ did: Did, name: z.string().trim().min(1).max(200), role: z.enum(['custodian', 'actor']) });
type Partner = z.infer<typeof Partner>;

/** Which organisations of the region a regisseur works with. */
@Controller('operator/organisations/:org/partners')
export class PartnersController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Add a custodian or actor, or give it another name', request: { params, body: Partner }, responses: { 201: { description: 'The partner', schema: Partner }, 404: { description: 'No such organisation' } } })
  async save(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: Partner }) partner: Partner): Promise<Partner> {
    const { organisation, transaction } = await regisseurOf(org, this.regisseurs);
    await transaction(async ({ partners, audit }) => {
      await partners.savePartner(partner);
      await audit.append({ id: randomUUID(), name: 'partner.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, regisseur: organisation.did, query: `${partner.role} ${partner.did}` });
    });
    return partner;
  }

  @Get()
  @Documented({ summary: 'The custodians and actors of a regisseur', request: { params }, responses: { 200: { description: 'By name', schema: z.object({ partners: z.array(Partner) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly partners: readonly Partner[] }> {
    const { transaction } = await regisseurOf(org, this.regisseurs);
    return { partners: await transaction(({ partners }) => partners.listPartners()).then((partners) => [...partners]) };
  }
}
