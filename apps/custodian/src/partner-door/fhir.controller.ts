import type { ClientCertificate } from '@anw/identity';
import { Dialect, Documented, PartnerCertificate, ProblemError } from '@anw/platform';
import { OrganisationName } from '@anw/values';
import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CustodianFhir } from '../fhir/custodian-fhir.js';

/** Everything below `/fhir/{org}`: path and query go to the FHIR library as they came, because it decodes them once and itself. */
@Controller('fhir')
@Dialect('fhir')
export class FhirController {
  constructor(@Inject(CustodianFhir) private readonly fhir: CustodianFhir) {}

  @All(':org/*')
  @Documented({
    summary: 'FHIR R4: `metadata` is open; searches, reads and creates need an access token of scope `anw-zorg-2022`',
    methods: ['GET', 'POST'],
    request: { params: z.object({ org: OrganisationName }), body: z.looseObject({ resourceType: z.string() }), contentType: 'application/fhir+json' },
    responses: {
      200: { description: 'A searchset, a resource, or the result of an earlier identical create', schema: z.looseObject({ resourceType: z.string() }), contentType: 'application/fhir+json' },
      201: { description: 'Created; `Location` names it', schema: z.looseObject({ resourceType: z.string() }), contentType: 'application/fhir+json' },
      401: { description: 'OperationOutcome', contentType: 'application/fhir+json' },
      403: { description: 'OperationOutcome', contentType: 'application/fhir+json' },
      422: { description: 'OperationOutcome with the element to correct', contentType: 'application/fhir+json' },
    },
  })
  async answer(
    @Param('org') org: string,
    @Req() request: FastifyRequest,
    @PartnerCertificate() certificate: ClientCertificate | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { path, query } = split(request.raw.url ?? '', org);
    const body = Buffer.isBuffer(request.body) ? request.body : undefined;
    const answer = await this.fhir.answer(org, { method: request.method, path, query, headers: request.headers, body, certificate });
    if (answer === undefined) throw new ProblemError('not-found');
    await reply.code(answer.status).headers({ 'content-type': 'application/fhir+json; charset=utf-8', 'cache-control': 'no-store', ...answer.headers }).send(JSON.stringify(answer.body));
  }
}

/** What comes behind `/fhir/{org}` in the request line, as received. */
function split(url: string, org: string): { readonly path: string; readonly query: string } {
  const behind = url.slice(`/fhir/${org}`.length);
  const mark = behind.indexOf('?');
  return mark === -1 ? { path: behind, query: '' } : { path: behind.slice(0, mark), query: behind.slice(mark + 1) };
}
