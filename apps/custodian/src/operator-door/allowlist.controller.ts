import { addAllowlistRow, AllowlistError, type AllowlistFailure, type AllowlistRow, type ChangeAllowlistPorts, endAllowlistRow } from '@anw/authorization';
import type { Organisation } from '@anw/identity';
import { AllowlistTable, AuditLogTable, CredentialStatusTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY } from '@anw/service-core';
import { type Clock, Did, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RegisseurDesk } from '../regisseurs/regisseur-desk.js';
import { requireOrganisation } from './organisation-param.js';

const instant = z.iso.datetime({ offset: true });
const RowInput = z.strictObject({ regisseur: Did, actor: Did, validFrom: instant, validUntil: instant });
type RowInput = z.infer<typeof RowInput>;
const RowView = RowInput.extend({ id: z.uuid() });
type RowView = z.infer<typeof RowView>;
const params = z.object({ org: OrganisationName });

/** Which regisseur may authorize which actor, for one custodian organisation (design D11). */
@Controller('operator/organisations/:org/allowlist')
export class AllowlistController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(RegisseurDesk) private readonly desk: RegisseurDesk,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Let a regisseur authorize an actor; repeating it changes nothing', request: { params, body: RowInput }, responses: { 201: { description: 'The row', schema: RowView } } })
  async add(@Param('org') org: string, @Body({ schema: RowInput }) { regisseur, actor, validFrom, validUntil }: RowInput): Promise<RowView> {
    const organisation = await requireOrganisation(this.directory, org);
    const period = { from: new Date(validFrom), until: new Date(validUntil) };
    return render(await addAllowlistRow({ regisseur, actor, period }, await this.portsOf(organisation)).catch(refuse));
  }

  @Get()
  @Documented({ summary: 'All rows, ended ones included', request: { params }, responses: { 200: { description: 'Rows', schema: z.object({ entries: z.array(RowView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly entries: readonly RowView[] }> {
    const { id } = await requireOrganisation(this.directory, org);
    const rows = await this.database.withOrganisation(id, (tx) => new AllowlistTable(tx).listRows());
    return { entries: rows.map(render) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'End a row now; it stays visible', request: { params: params.extend({ id: z.uuid() }) }, responses: { 204: { description: 'Ended' }, 404: { description: 'No row to end' } } })
  async end(@Param('org') org: string, @Param('id') id: string): Promise<void> {
    const organisation = await requireOrganisation(this.directory, org);
    if (!z.uuid().safeParse(id).success || !(await endAllowlistRow(id, await this.portsOf(organisation)))) throw new ProblemError('not-found');
  }

  private async portsOf(organisation: Organisation): Promise<ChangeAllowlistPorts> {
    return {
      issuer: await this.desk.delegationIssuer(organisation),
      clock: this.clock,
      randomUuid: randomUUID,
      transaction: (work) =>
        this.database.withOrganisation(organisation.id, (tx) => work({ allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx), audit: new AuditLogTable(tx) })),
    };
  }
}

const explanations = {
  'period-ends-before-it-starts': 'validUntil must come after validFrom.',
  'period-is-over': 'validUntil lies in the past.',
  'overlaps-another-row': 'This regisseur and actor have a row in that period already: end it first.',
} as const satisfies Record<AllowlistFailure, string>;

function refuse(error: unknown): never {
  if (error instanceof AllowlistError) throw new ProblemError('not-acceptable', { detail: explanations[error.code] });
  throw error;
}

function render({ id, regisseur, actor, period }: AllowlistRow): RowView {
  return { id, regisseur, actor, validFrom: period.from.toISOString(), validUntil: period.until.toISOString() };
}
