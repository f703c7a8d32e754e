import type { Entry } from '@anw/authorization';
import type { OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { Did, type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allowlists } from '../allowlist/allowlists.js';
import { entryId, entryMembers, refuseChange, renderEntry } from './entry-view.js';

const RowInput = z.strictObject({ regisseur: Did, actor: Did, validFrom: entryMembers.validFrom, validUntil: entryMembers.validUntil });
type RowInput = z.infer<typeof RowInput>;
const RowView = RowInput.extend(entryMembers);
type RowView = z.infer<typeof RowView>;
const params = z.object({ org: OrganisationName });
const rowParams = params.extend({ id: z.uuid() });

/** Which regisseur may authorize which actor, for one custodian organisation (design D11). */
@Controller('operator/organisations/:org/allowlist')
export class AllowlistController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
  ) {}

  @Post()
  @Documented({
    summary: 'Let a regisseur authorize an actor, now or from a later day; repeating it changes nothing. Under four eyes the row waits for approval; `X-Operator` says who asks',
    request: { params, body: RowInput },
    responses: { 201: { description: 'The row', schema: RowView }, 422: { description: 'The period does not fit, or four eyes need a name; `code` says which' } },
  })
  async add(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: RowInput }) { regisseur, actor, validFrom, validUntil }: RowInput): Promise<RowView> {
    const organisation = await requireOrganisation(this.directory, org);
    const period = { from: new Date(validFrom), until: new Date(validUntil) };
    return render(await this.allowlists.add(organisation, { regisseur, actor, period }, by).catch(refuseChange));
  }

  @Get()
  @Documented({ summary: 'All rows with their state, ended ones included', request: { params }, responses: { 200: { description: 'Rows, by start', schema: z.object({ entries: z.array(RowView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly entries: readonly RowView[] }> {
    return { entries: (await this.allowlists.list(await requireOrganisation(this.directory, org))).map(render) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Documented({
    summary: 'Four eyes: approve a proposed row; `X-Operator` names another operator than who proposed it',
    request: { params: rowParams },
    responses: { 200: { description: 'The row, which holds from now on', schema: RowView }, 404: { description: 'No row waits for approval' }, 422: { description: 'The same operator, or the period no longer fits; `code` says which' } },
  })
  async approve(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<RowView> {
    const organisation = await requireOrganisation(this.directory, org);
    const approved = await this.allowlists.approve(organisation, entryId(id), by).catch(refuseChange);
    if (approved === undefined) throw new ProblemError('not-found');
    return render(approved);
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'End a row now, or withdraw its proposal; it stays visible', request: { params: rowParams }, responses: { 204: { description: 'Ended' }, 404: { description: 'No row to end' } } })
  async end(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const organisation = await requireOrganisation(this.directory, org);
    if (!(await this.allowlists.end(organisation, entryId(id), by))) throw new ProblemError('not-found');
  }
}

function render(row: Entry<'allowlist-row'>): RowView {
  return { regisseur: row.regisseur, actor: row.actor, ...renderEntry(row) };
}
