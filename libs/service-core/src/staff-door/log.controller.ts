import { LogExportInput, type LogFilterInput, type LogItem, LogOptions, LogPageInput, LogVerification, LogView } from '@anw/api-contracts';
import { type AuditEvent, type AuditEventName, auditEventNames, describeEvent, type LogFilter, logPurposes, nameEvent, nameLogPurpose, type NameOfOrganisation, tellEvent, toCollection, toCsv, toSearchset } from '@anw/audit';
import type { StaffUser } from '@anw/identity';
import { type AuditSettings, CLOCK, CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import { type Clock, type Did, printDutchInstant } from '@anw/values';
import { Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { createLogPdf, PDF_LIMIT } from '../log/log-pdf.js';
import { EXPORT_LIMIT, LogReader } from '../log/log-reader.js';
import { LogVerifier, tellReport } from '../log/log-verifier.js';
import { AUDIT_SETTINGS } from '../tokens.js';

const FHIR = 'application/fhir+json; charset=utf-8';
const Bundle = z.looseObject({ resourceType: z.literal('Bundle') });

/** The NEN 7513 log of her own organisation, for the privacy officer; that she reads it is in it. */
@Controller('api/log')
@RequireRole('privacy-officer')
export class LogController {
  constructor(
    @Inject(LogReader) private readonly log: LogReader,
    @Inject(LogVerifier) private readonly verifier: LogVerifier,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Who saw or wrote what of whom, newest first, in Dutch', request: { query: LogPageInput }, responses: { 200: { description: 'A page of the log', schema: LogView } } })
  async list(@CurrentUser() user: StaffUser, @Query({ schema: LogPageInput }) { page, ...input }: LogPageInput): Promise<LogView> {
    const { events, next } = await this.log.readPage(user, filterOf(input), input.purpose, pageOf(page));
    const [nameOf, patients] = [await this.log.namesOf(user, events), await this.log.patientsOf(user, input.patient, events)];
    const patient = input.patient && patients.get(input.patient);
    return {
      items: events.map((event) => toItem(event, nameOf, event.patient && patients.get(event.patient)?.name)),
      ...(input.patient && patient && { patient: { id: input.patient, name: patient.name, ...(patient.birthDate !== undefined && { birthDate: patient.birthDate }) } }),
      ...(next !== undefined && { next: String(next) }),
      retentionYears: this.settings.retentionYears,
    };
  }

  @Get('fhir')
  @Documented({ summary: 'The same as FHIR R4 AuditEvents', request: { query: LogPageInput }, responses: { 200: { description: 'A searchset', schema: Bundle, contentType: 'application/fhir+json' } } })
  async search(@CurrentUser() user: StaffUser, @Query({ schema: LogPageInput }) { page, ...input }: LogPageInput, @Res() reply: FastifyReply): Promise<void> {
    const { events, next } = await this.log.readPage(user, filterOf(input), input.purpose, pageOf(page));
    const links = { self: urlOf({ ...input, page }), ...(next !== undefined && { next: urlOf({ ...input, page: String(next) }) }) };
    const bundle = toSearchset(events, await this.log.sourceOf(user), { at: this.clock(), ...links });
    await reply.headers({ 'content-type': FHIR, 'cache-control': 'no-store' }).send(JSON.stringify(bundle));
  }

  @Get('options')
  @Documented({ summary: 'What there is to filter the log by, and why one may look', responses: { 200: { description: 'Purposes, events, organisations', schema: LogOptions } } })
  async options(@CurrentUser() user: StaffUser): Promise<LogOptions> {
    const organisations = [...(await this.log.listNames(user))].map(([did, name]) => ({ did, name }));
    const events = auditEventNames.map((code) => ({ code, name: nameEvent(code) })).toSorted((one, other) => one.name.localeCompare(other.name, 'nl'));
    return { purposes: logPurposes.map((code) => ({ code, name: nameLogPurpose(code) })), events, organisations };
  }

  @Post('verify')
  @HttpCode(200)
  @Documented({ summary: 'Whether the log is as it was written; takes as long as the log is', responses: { 200: { description: 'Until which row it holds', schema: LogVerification } } })
  async verify(@CurrentUser() user: StaffUser): Promise<LogVerification> {
    const report = await this.verifier.verify(user);
    const { holds, sealedRows, confirmed, unsealedRows, break: broken } = report;
    return { holds, at: this.clock().toISOString(), text: tellReport(report), sealedRows, confirmedThrough: confirmed.through, unsealedRows, ...(broken && { brokenRow: broken.sequence }) };
  }

  @Get('export')
  @Documented({
    summary: 'A selection of the log to hand over: as CSV, as PDF to read, or as a FHIR R4 Bundle',
    request: { query: LogExportInput },
    responses: { 200: { description: 'A file', contentType: 'text/csv' }, 422: { description: 'More rows than can be handed over at once' } },
  })
  async export(@CurrentUser() user: StaffUser, @Query({ schema: LogExportInput }) { format, ...input }: LogExportInput, @Res() reply: FastifyReply): Promise<void> {
    const events = await this.log.readAll(user, filterOf(input), input.purpose, format === 'pdf' ? PDF_LIMIT : EXPORT_LIMIT);
    const now = this.clock();
    const { type, extension, content } = await this.fileOf(format, events, user, input);
    const name = `logboek-${user.organisation}-${now.toISOString().slice(0, 10)}.${extension}`;
    await reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }).send(content);
  }

  private async fileOf(format: LogExportInput['format'], events: readonly AuditEvent[], user: StaffUser, input: LogFilterInput): Promise<ExportedFile> {
    switch (format) {
      case 'csv':
        return { type: 'text/csv; charset=utf-8; header=present', extension: 'csv', content: toCsv(events, await this.log.namesOf(user, events)) };
      case 'fhir':
        return { type: FHIR, extension: 'json', content: JSON.stringify(toCollection(events, await this.log.sourceOf(user), this.clock())) };
      case 'pdf':
        return { type: 'application/pdf', extension: 'pdf', content: await this.pdfOf(events, user, input) };
    }
  }

  private async pdfOf(events: readonly AuditEvent[], user: StaffUser, input: LogFilterInput): Promise<Buffer> {
    const { displayName } = await this.log.sourceOf(user);
    const [nameOf, report] = [await this.log.namesOf(user, events), await this.verifier.verify(user)];
    const patient = input.patient && (await this.log.patientsOf(user, input.patient)).get(input.patient);
    const facts = { organisation: displayName, at: this.clock(), by: `${user.name} (${user.identifier})`, selection: describeSelection(input, nameOf, patient?.name), chain: tellReport(report), nameOf };
    return Buffer.from(await createLogPdf(events, facts));
  }
}

interface ExportedFile {
  readonly type: string;
  readonly extension: string;
  readonly content: string | Buffer;
}

/** What was asked, for the reader of the paper. */
function describeSelection({ purpose, patient, practitioner, actor, regisseur, event, outcome, from, until }: LogFilterInput, nameOf: NameOfOrganisation, patientName: string | undefined): readonly string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Doel van inzage', nameLogPurpose(purpose)],
    ['Cliënt', patientName === undefined ? patient : `${patientName} (${patient})`],
    ['Medewerker', practitioner],
    ['Organisatie', actor && nameOf(actor)],
    ['Via regisseur', regisseur && nameOf(regisseur)],
    ['Soort', event && nameEvent(eventOf(event))],
    ['Uitkomst', outcome && { success: 'gelukt', 'minor-failure': 'niet gelukt', 'serious-failure': 'geweigerd', 'major-failure': 'storing' }[outcome]],
    ['Van', from && printDutchInstant(new Date(from))],
    ['Tot', until && printDutchInstant(new Date(until))],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}

/** @throws ProblemError `invalid-request` when there is no such event */
function eventOf(name: string): AuditEventName {
  const known = auditEventNames.find((each) => each === name);
  if (known === undefined) throw new ProblemError('invalid-request', { errors: [{ pointer: '/event', detail: 'Deze soort gebeurtenis bestaat niet.' }] });
  return known;
}

function filterOf({ from, until, event, purpose: _purpose, ...same }: LogFilterInput): LogFilter {
  return {
    ...same,
    ...(event !== undefined && { name: eventOf(event) }),
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

function toItem(event: AuditEvent, nameOf: NameOfOrganisation, patientName: string | undefined): LogItem {
  const { what, outcome, why } = describeEvent(event);
  const party = (did: Did, name: string | undefined) => ({ did, name: name ?? nameOf(did) });
  const { id, at, name, patient, practitioner, actor, actorName, regisseur, regisseurName, requestingSystem, authorization, query, resources = [], reason, reference } = event;
  return {
    id,
    at: at.toISOString(),
    event: name,
    what,
    sentence: tellEvent(event, { nameOf, ...(patientName && { patientName: `${patientName}, ${patient}` }) }),
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
