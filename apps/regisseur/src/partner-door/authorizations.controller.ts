import { AuthorizationDelivery } from '@anw/authorization';
import type { ClientCertificate } from '@anw/identity';
import { CLOCK, Documented, parseRequest, PartnerCertificate, ProblemError, RequestReference } from '@anw/platform';
import { type Authorization, handOverAuthorization } from '@anw/triage';
import { type Clock, OrganisationName } from '@anw/values';
import { Controller, Get, Header, Headers, Inject, Param } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../core/regisseurs.js';
import { ActorAccess } from './actor-access.js';

const params = z.object({ org: OrganisationName, id: z.uuid() });

/** Where actors pull what was offered to them (design §6). */
@Controller('anw/:org/authorizations')
export class AuthorizationsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(ActorAccess) private readonly access: ActorAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Pull an authorization and its context (token scope `anw-authorization`, bound to the client certificate)',
    request: { params },
    responses: {
      200: { description: 'Credential and context', schema: AuthorizationDelivery },
      401: { description: 'No token, or one that does not hold' },
      404: { description: 'Not an authorization of this actor, or one that is over' },
    },
  })
  async pull(
    @Param() path: unknown,
    @Headers('authorization') authorization: string | undefined,
    @PartnerCertificate() certificate: ClientCertificate | undefined,
    @RequestReference() reference: string,
  ): Promise<AuthorizationDelivery> {
    const asked = params.safeParse(path);
    const regisseur = asked.success ? await this.regisseurs.findByName(asked.data.org) : undefined;
    if (regisseur === undefined) throw new ProblemError('not-found');
    const { id } = parseRequest(params, path);
    const actor = await this.access.authenticate(regisseur, { authorization, certificate, reference });
    const handOver = await regisseur.transaction((stores) => handOverAuthorization(id, actor, stores, { clock: this.clock, uuid: randomUUID }));
    if (handOver.kind === 'over') throw new ProblemError('not-found', { detail: 'This authorization is over or revoked.' });
    if (handOver.kind === 'unknown') throw new ProblemError('not-found');
    return toDelivery(handOver.authorization);
  }
}

function toDelivery({ credential, note, urgency, visitWindow, patient, custodian }: Authorization): AuthorizationDelivery {
  return {
    credential,
    context: { note, urgency, visitWindow: { from: visitWindow.from.toISOString(), until: visitWindow.until.toISOString() }, patient, custodian },
  };
}
