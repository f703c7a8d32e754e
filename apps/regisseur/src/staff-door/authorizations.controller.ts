import { AuthorizationInput, AuthorizationList, AuthorizationView, ExtendInput, ExtensionView, ReassignInput, RevokeInput } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, parseRequest, problemDetails, RequireRole } from '@anw/platform';
import { acknowledgeAlarm, authorizationState, latestExtension, TriageError, triageMessages } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Assignments } from '../assignments/assignments.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { TriageProblems } from './triage-problems.js';
import { fromPeriod, toAuthorizationView } from './views.js';

const params = z.object({ id: z.uuid() });
const SHOWN = 200;

/** Sending a practitioner to a patient, and taking that back (design §2 steps 3 and 7). */
@Controller('api/authorizations')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class DeskAuthorizationsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Assignments) private readonly assignments: Assignments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Issue an authorization; repeating the request issues nothing more',
    request: { body: AuthorizationInput },
    responses: {
      201: { description: 'Issued, and on its way to the actor', schema: AuthorizationView },
      409: { description: 'Another order had that request id', schema: problemDetails },
      422: { description: 'The pre-check is red, or the order does not fit; `code` says which', schema: problemDetails },
      502: { description: 'The custodian gives no answer', schema: problemDetails },
    },
  })
  async issue(@CurrentUser() user: StaffUser, @Body({ schema: AuthorizationInput }) input: AuthorizationInput): Promise<AuthorizationView> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const order = { ...input, visitWindow: fromPeriod(input.visitWindow) };
    return toAuthorizationView(await this.assignments.issue(regisseur, order, triagistOf(user)), this.clock());
  }

  @Get()
  @Documented({ summary: 'Authorizations, newest first', responses: { 200: { description: 'The last two hundred', schema: AuthorizationList } } })
  async list(@CurrentUser() user: StaffUser): Promise<AuthorizationList> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const authorizations = await regisseur.transaction(({ authorizations: store }) => store.listAuthorizations(SHOWN));
    return { authorizations: authorizations.map((authorization) => toAuthorizationView(authorization, this.clock())) };
  }

  @Get(':id')
  @Documented({ summary: 'One authorization and how far it came', request: { params }, responses: { 200: { description: 'As it stands now', schema: AuthorizationView }, 404: { description: 'No such authorization', schema: problemDetails } } })
  async find(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const authorization = await regisseur.transaction(({ authorizations }) => authorizations.findAuthorization(id));
    if (authorization === undefined) throw new TriageError('authorization-unknown');
    return toAuthorizationView(authorization, this.clock());
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Documented({
    summary: 'Revoke an authorization and what extends it; revoking twice is revoking once',
    request: { params, body: RevokeInput },
    responses: { 200: { description: 'Revoked', schema: AuthorizationView }, 404: { description: 'No such authorization', schema: problemDetails }, 409: { description: 'The shift has ended', schema: problemDetails } },
  })
  async revoke(@CurrentUser() user: StaffUser, @Param() path: unknown, @Body() body: unknown): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const { reason } = parseRequest(RevokeInput, body ?? {});
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toAuthorizationView(await this.assignments.revoke(regisseur, id, reason, triagistOf(user)), this.clock());
  }

  @Post(':id/reassign')
  @Documented({
    summary: 'Send another practitioner instead: the new authorization is issued and the old one revoked in one act; repeating the request does nothing more',
    request: { params, body: ReassignInput },
    responses: {
      201: { description: 'The new authorization; `replaces` names the old one', schema: AuthorizationView },
      404: { description: 'No such authorization', schema: problemDetails },
      409: { description: 'It is over, or another follows it already', schema: problemDetails },
      422: { description: 'The pre-check is red, or the order does not fit; the old one stays; `code` says which', schema: problemDetails },
      502: { description: 'The custodian gives no answer; the old one stays', schema: problemDetails },
    },
  })
  async reassign(@CurrentUser() user: StaffUser, @Param() path: unknown, @Body({ schema: ReassignInput }) { reason, visitWindow, ...input }: ReassignInput): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const reassignment = { ...input, explanation: reason, ...(visitWindow && { visitWindow: fromPeriod(visitWindow) }) };
    return toAuthorizationView(await this.assignments.reassign(regisseur, id, reassignment, triagistOf(user)), this.clock());
  }

  @Get(':id/extension')
  @Documented({ summary: 'Until when it can be extended', request: { params }, responses: { 200: { description: 'The latest moment, or why it cannot be', schema: ExtensionView }, 404: { description: 'No such authorization', schema: problemDetails } } })
  async extension(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<ExtensionView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return regisseur.transaction(async ({ authorizations, allowlists }) => {
      const authorization = await authorizations.findAuthorization(id);
      if (authorization === undefined) throw new TriageError('authorization-unknown');
      const from = authorization.period.until.toISOString();
      if (authorization.replacedBy !== undefined) return { from, problem: triageMessages['authorization-followed'] };
      if (authorizationState(authorization, this.clock()) !== 'valid') return { from, problem: triageMessages['authorization-over'] };
      const latest = latestExtension(authorization, await allowlists.findAllowlistOf(authorization.custodian.did));
      return latest > authorization.period.until ? { from, latest: latest.toISOString() } : { from, problem: triageMessages['extension-too-long'] };
    });
  }

  @Post(':id/extend')
  @Documented({
    summary: 'Give the same practitioner longer: a new authorization from where the old one ends; repeating the request does nothing more',
    request: { params, body: ExtendInput },
    responses: {
      201: { description: 'The new authorization; `replaces` names the old one', schema: AuthorizationView },
      404: { description: 'No such authorization', schema: problemDetails },
      409: { description: 'It is over, or another follows it already', schema: problemDetails },
      422: { description: 'Not later, or longer than is allowed; `code` says which', schema: problemDetails },
      502: { description: 'The custodian gives no answer', schema: problemDetails },
    },
  })
  async extend(@CurrentUser() user: StaffUser, @Param() path: unknown, @Body({ schema: ExtendInput }) { requestId, until, reason }: ExtendInput): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toAuthorizationView(await this.assignments.extend(regisseur, id, { requestId, until: new Date(until), explanation: reason }, triagistOf(user)), this.clock());
  }

  @Post(':id/alarm/acknowledge')
  @HttpCode(200)
  @Documented({
    summary: 'Say that you have seen the alarm and act; the first who does is the one',
    request: { params },
    responses: { 200: { description: 'Acknowledged', schema: AuthorizationView }, 404: { description: 'No such authorization', schema: problemDetails }, 409: { description: 'No alarm rings (any more)', schema: problemDetails } },
  })
  async acknowledge(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const acknowledged = await regisseur.transaction(async (stores) => {
      const authorization = await acknowledgeAlarm(id, triagistOf(user), this.clock, stores);
      await stores.audit.append({ id: randomUUID(), name: 'alarm.acknowledged', outcome: 'success', at: this.clock(), practitioner: triagistOf(user), regisseur: regisseur.organisation.did, actor: authorization.actor.did, authorization: authorization.credentialId });
      return authorization;
    });
    return toAuthorizationView(acknowledged, this.clock());
  }
}
