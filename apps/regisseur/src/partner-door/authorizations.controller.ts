import { AuthorizationDelivery } from '@anw/authorization';
import { ANW_AUTHORIZATION_SCOPE } from '@anw/credentials';
import { CLOCK, Documented, ProblemError } from '@anw/platform';
import { PartnerAccess, PartnerCall, type PartnerRequest } from '@anw/service-core';
import { type HandedOver, handOverAuthorization } from '@anw/triage';
import { type Clock, OrganisationName } from '@anw/values';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';

const params = z.object({ org: OrganisationName, id: z.uuid() });

/** Where actors pull what was offered to them (design §6). */
@Controller('anw/:org/authorizations')
export class AuthorizationsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(PartnerAccess) private readonly access: PartnerAccess,
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
  async pull(@PartnerCall() call: PartnerRequest, @Param('id') id: string): Promise<AuthorizationDelivery> {
    const { organisation, client: actor } = await this.access.admit(call, ANW_AUTHORIZATION_SCOPE);
    const regisseur = await this.regisseurs.findByName(organisation.name);
    if (regisseur === undefined || !z.uuid().safeParse(id).success) throw new ProblemError('not-found');
    const handOver = await regisseur.transaction((stores) => handOverAuthorization(id, actor, stores, { clock: this.clock, uuid: randomUUID }));
    if (handOver.kind === 'over') throw new ProblemError('not-found', { detail: 'This authorization is over or revoked.' });
    if (handOver.kind === 'unknown') throw new ProblemError('not-found');
    return toDelivery(handOver, organisation.displayName);
  }
}

function toDelivery({ authorization, visitKind }: HandedOver, regisseurName: string): AuthorizationDelivery {
  const { credential, note, urgency, visitWindow, patient, custodian, careRequest } = authorization;
  return {
    credential,
    context: { note, urgency, visitWindow: { from: visitWindow.from.toISOString(), until: visitWindow.until.toISOString() }, patient, custodian, careRequest, regisseurName, ...(visitKind && { kind: visitKind }) },
  };
}
