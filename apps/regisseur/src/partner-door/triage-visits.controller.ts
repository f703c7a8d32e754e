import { TriageRevokeInput, TriageVisitInput, TriageVisitView } from '@anw/api-contracts';
import { CLOCK, Documented, parseRequest, ProblemError, problemDetails } from '@anw/platform';
import { alarmOf, visitState } from '@anw/triage';
import { type Clock, OrganisationName } from '@anw/values';
import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { TriageProblems } from '../staff-door/triage-problems.js';
import { TriageSystems } from '../triage-systems/triage-systems.js';
import { type TriageVisit, TriageVisits } from '../triage-systems/triage-visits.js';

const params = z.object({ org: OrganisationName });
const visitParams = params.extend({ id: z.uuid() });
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{8,128}$/, 'must be 8 to 128 printable characters without spaces');

/** Triage systems without this bolt let this regisseur send somebody, and follow the visit: docs/triage-api.md. */
@Controller('triage/:org/visits')
@UseInterceptors(TriageProblems)
export class TriageVisitsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(TriageSystems) private readonly systems: TriageSystems,
    @Inject(TriageVisits) private readonly visits: TriageVisits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Ask for a visit: find the patient, choose who goes, pre-check, send. The header `Idempotency-Key` is required: the same key with the same body is the same visit',
    request: { params, body: TriageVisitInput },
    responses: {
      201: { description: 'Sent; a repeat answers with the same visit as it stands now', schema: TriageVisitView },
      400: { description: 'Not the form that is read, or no key', schema: problemDetails },
      401: { description: 'No token, or one that does not hold' },
      422: { description: 'Refused by a rule, or the key was used for another body; `code` says which', schema: problemDetails },
      429: { description: 'Too many requests; see Retry-After' },
      502: { description: 'The custodian gives no answer: try again with the same key', schema: problemDetails },
    },
  })
  async order(@Param('org') org: string, @Headers('authorization') authorization: string | undefined, @Headers('idempotency-key') key: string | undefined, @Body() body: unknown): Promise<TriageVisitView> {
    const { regisseur, system } = await this.admit(org, authorization);
    const idempotencyKey = IdempotencyKey.safeParse(key);
    if (!idempotencyKey.success) throw new ProblemError('invalid-request', { detail: 'The header Idempotency-Key is required: 8 to 128 printable characters without spaces.' });
    return this.toView(await this.visits.order(regisseur, system, idempotencyKey.data, parseRequest(TriageVisitInput, body)));
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'How a visit stands', request: { params: visitParams }, responses: { 200: { description: 'Now', schema: TriageVisitView }, 401: { description: 'No token, or one that does not hold' }, 404: { description: 'This system asked for no such visit', schema: problemDetails } } })
  async find(@Param() path: unknown, @Headers('authorization') authorization: string | undefined): Promise<TriageVisitView> {
    const { regisseur, system } = await this.admit((path as { org: string }).org, authorization);
    const { id } = parseRequest(visitParams, path);
    return this.toView(await this.visits.find(regisseur, system, id));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Take a visit back; twice is once',
    request: { params: visitParams, body: TriageRevokeInput },
    responses: { 200: { description: 'Revoked', schema: TriageVisitView }, 401: { description: 'No token, or one that does not hold' }, 404: { description: 'This system asked for no such visit', schema: problemDetails }, 409: { description: 'It is over', schema: problemDetails } },
  })
  async revoke(@Param() path: unknown, @Headers('authorization') authorization: string | undefined, @Body() body: unknown): Promise<TriageVisitView> {
    const { regisseur, system } = await this.admit((path as { org: string }).org, authorization);
    const { id } = parseRequest(visitParams, path);
    const { reason } = parseRequest(TriageRevokeInput, body ?? {});
    return this.toView(await this.visits.revoke(regisseur, system, id, reason));
  }

  /** Who is let in is decided before anything else is read. */
  private async admit(org: string, authorization: string | undefined) {
    const name = OrganisationName.safeParse(org);
    return this.systems.admit(name.success ? await this.regisseurs.findByName(name.data) : undefined, authorization);
  }

  private toView(visit: TriageVisit | undefined): TriageVisitView {
    if (visit === undefined) throw new ProblemError('not-found');
    const { authorization, id } = visit;
    const now = this.clock();
    const moments = { deliveredAt: authorization.receivedAt, openedAt: authorization.openedAt, reportedAt: authorization.reportedAt, revokedAt: authorization.revokedAt };
    return {
      id,
      state: visitState(authorization, now),
      practitioner: authorization.practitioner,
      actor: authorization.actor,
      custodian: authorization.custodian,
      visitWindow: { from: authorization.visitWindow.from.toISOString(), until: authorization.visitWindow.until.toISOString() },
      validUntil: authorization.period.until.toISOString(),
      sentAt: authorization.issuedAt.toISOString(),
      ...Object.fromEntries(Object.entries(moments).flatMap(([name, at]) => (at === undefined ? [] : [[name, at.toISOString()]]))),
      alarm: alarmOf(authorization, now) !== undefined,
    };
  }
}
