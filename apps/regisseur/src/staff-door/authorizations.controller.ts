import { AuthorizationInput, AuthorizationList, AuthorizationView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, parseRequest, problemDetails, RequireRole } from '@anw/platform';
import { TriageError } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
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
    summary: 'Revoke an authorization; revoking twice is revoking once',
    request: { params },
    responses: { 200: { description: 'Revoked', schema: AuthorizationView }, 404: { description: 'No such authorization', schema: problemDetails }, 409: { description: 'The shift has ended', schema: problemDetails } },
  })
  async revoke(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<AuthorizationView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toAuthorizationView(await this.assignments.revoke(regisseur, id, triagistOf(user)), this.clock());
  }
}
