import { LogExportInput, LogFilterInput, type LogItem, LogPageInput, LogView } from '@anw/api-contracts';
import { type AuditEvent, describeEvent, type LogFilter, type NameOfOrganisation, toCollection, toCsv, toSearchset } from '@anw/audit';
import type { StaffUser } from '@anw/identity';
import { type AuditSettings, CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import type { Clock, Did } from '@anw/values';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { LogReader } from '../log/log-reader.js';
import { AUDIT_SETTINGS } from '../tokens.js';

const FHIR = 'application/fhir+json; charset=utf-8';
const Bundle = z.looseObject({ resourceType: z.literal('Bundle') });

/** The NEN 7513 log of her own organisation, for the privacy officer; that she reads it is in it. */
@Controller('api/log')
@RequireRole('privacy-officer')
export class LogController {
  constructor(
    @Inject(LogReader) private readonly log: LogReader,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Who saw or wrote what of whom, newest first, in Dutch', request: { query: LogPageInput }, responses: { 200: { description: 'A page of the log', schema: LogView } } })
  async list(@CurrentUser() user: StaffUser, @Query({ schema: LogPageInput }) { page, ...input }: LogPageInput): Promise<LogView> {
    const { events, next } = await this.log.readPage(user, filterOf(input), pageOf(page));
    const nameOf = await this.log.namesOf(events);
    return { items: events.map((event) => toItem(event, nameOf)), ...(next !== undefined && { next: String(next) }), retentionYears: this.settings.retentionYears };
  }

  @Get('fhir')
  @Documented({ summary: 'The same as FHIR R4 AuditEvents', request: { query: LogPageInput }, responses: { 200: { description: 'A searchset', schema: Bundle, contentType: 'application/fhir+json' } } })
  async search(@CurrentUser() user: StaffUser, @Query({ schema: LogPageInput }) { page, ...input }: LogPageInput, @Res() reply: FastifyReply): Promise<void> {
    const { events, next } = await this.log.readPage(user, filterOf(input), pageOf(page));
    const links = { self: urlOf({ ...input, page }), ...(next !== undefined && { next: urlOf({ ...input, page: String(next) }) }) };
    const bundle = toSearchset(events, await this.log.sourceOf(user), { at: this.clock(), ...links });
    await reply.headers({ 'content-type': FHIR, 'cache-control': 'no-store' }).send(JSON.stringify(bundle));
  }

  @Get('export')
  @Documented({
    summary: 'A selection of the log to hand over, as CSV or as a FHIR R4 Bundle',
    request: { query: LogExportInput },
    responses: { 200: { description: 'A file', contentType: 'text/csv' }, 422: { description: 'More rows than can be handed over at once' } },
  })
  async export(@CurrentUser() user: StaffUser, @Query({ schema: LogExportInput }) { format, ...input }: LogExportInput, @Res() reply: FastifyReply): Promise<void> {
    const events = await this.log.readAll(user, filterOf(input));
    const now = this.clock();
    const file = format === 'csv' ? await this.csvOf(events) : { type: FHIR, extension: 'json', text: JSON.stringify(toCollection(events, await this.log.sourceOf(user), now)) };
    const name = `logboek-${user.organisation}-${now.toISOString().slice(0, 10)}.${file.extension}`;
    await reply.headers({ 'content-type': file.type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }).send(file.text);
  }

  private async csvOf(events: readonly AuditEvent[]) {
    return { type: 'text/csv; charset=utf-8; header=present', extension: 'csv', text: toCsv(events, await this.log.namesOf(events)) };
  }
}

function filterOf({ from, until, ...same }: LogFilterInput): LogFilter {
  return {
    ...same,
    ...(from !== undefined && { from: new Date(from) }),
    ...(until !== undefined && { until: new Date(until) }),
  };
}

function pageOf(page: string | undefined): number | undefined {
  return page === undefined ? undefined : Number(page);
}

function urlOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? '/api/log/fhir' : `/api/log/fhir?${query.toString()}`;
}

function toItem(event: AuditEvent, nameOf: NameOfOrganisation): LogItem {
  const { what, outcome, why } = describeEvent(event);
  const party = (did: Did, name: string | undefined) => ({ did, name: name ?? nameOf(did) });
  const { id, at, name, patient, practitioner, actor, actorName, regisseur, regisseurName, requestingSystem, authorization, query, resources = [], reason, reference } = event;
  return {
    id,
    at: at.toISOString(),
    event: name,
    what,
    outcome: { code: event.outcome, text: outcome },
    ...(patient && { patient }),
    ...(practitioner && { practitioner: { ...practitioner } }),
    ...(actor && { actor: party(actor, actorName) }),
    ...(regisseur && { regisseur: party(regisseur, regisseurName) }),
    ...(requestingSystem !== undefined && { requestingSystem }),
    ...(why !== undefined && { why }),
    ...(authorization && { authorization }),
    ...(query !== undefined && { query }),
    resources: [...resources],
    ...(reason !== undefined && { reason }),
    ...(reference !== undefined && { reference }),
  };
}
