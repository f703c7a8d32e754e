import type { OrganisationDirectory } from '@anw/persistence';
import { CLOCK, CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type Clock, Did, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Duty } from '../duty/duty.js';

const params = z.object({ org: OrganisationName });
const Regisseur = z.strictObject({
  did: Did,
  name: z.string().trim().min(1).max(200),
  /** Where a nurse reaches its desk. */
  telephone: z.string().trim().regex(/^\+?[0-9][0-9 ()-]{2,24}$/).optional(),
});
type Regisseur = z.infer<typeof Regisseur>;

/** Which regisseurs an actor works for; nobody else hears who is on duty. */
@Controller('operator/organisations/:org/regisseurs')
export class RegisseursController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Duty) private readonly duty: Duty,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Let a regisseur hear who is on duty, or give it another name or telephone', request: { params, body: Regisseur }, responses: { 201: { description: 'The regisseur', schema: Regisseur }, 404: { description: 'No such organisation' } } })
  async save(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: Regisseur }) regisseur: Regisseur): Promise<Regisseur> {
    const { id, did } = await requireOrganisation(this.directory, org);
    await this.duty.transaction(id, async ({ regisseurs, audit }) => {
      await regisseurs.saveRegisseur(regisseur);
      await audit.append({ ...this.change(by), actor: did, regisseur: regisseur.did, query: 'regisseur added' });
    });
    return regisseur;
  }

  @Get()
  @Documented({ summary: 'The regisseurs that hear who is on duty', request: { params }, responses: { 200: { description: 'By name', schema: z.object({ regisseurs: z.array(Regisseur) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly regisseurs: readonly Regisseur[] }> {
    const { id } = await requireOrganisation(this.directory, org);
    return { regisseurs: await this.duty.transaction(id, ({ regisseurs }) => regisseurs.listRegisseurs()) };
  }

  @Delete(':did')
  @HttpCode(204)
  @Documented({ summary: 'Let a regisseur hear nothing from now on', request: { params: params.extend({ did: Did }) }, responses: { 204: { description: 'Removed' }, 404: { description: 'No such regisseur' } } })
  async remove(@Param('org') org: string, @Param('did') text: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const { id, did } = await requireOrganisation(this.directory, org);
    const regisseur = Did.safeParse(text);
    const removed = regisseur.success && (await this.duty.transaction(id, async ({ regisseurs, audit }) => {
      if (!(await regisseurs.removeRegisseur(regisseur.data))) return false;
      await audit.append({ ...this.change(by), actor: did, regisseur: regisseur.data, query: 'regisseur removed' });
      return true;
    }));
    if (!removed) throw new ProblemError('not-found');
  }

  private change(by: EmployeeIdentifier | undefined) {
    return { id: randomUUID(), name: 'partner.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' } } as const;
  }
}
