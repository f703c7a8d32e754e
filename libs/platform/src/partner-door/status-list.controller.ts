import { OrganisationId } from '@anw/values';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { Documented, type RouteDocumentation } from '../openapi/documented.decorator.js';

export type StatusListKind = 'StatusList2021' | 'BitstringStatusList';

/** The signed status lists of this service's organisations (design D10). */
export abstract class StatusLists {
  /** The list credential: JSON text of an `ldp_vc` for StatusList2021, else a compact JWT; undefined when there is no such organisation or page. */
  abstract listOf(organisation: OrganisationId, page: number, kind: StatusListKind): Promise<string | undefined>;
}

const params = z.object({ uuid: OrganisationId, page: z.coerce.number().int().min(1).max(1_000_000) });

const documentation = (name: string, description: string, schema: z.ZodType, contentType: string): RouteDocumentation => ({
  summary: `${name} of an organisation, one page`,
  request: { params },
  responses: { 200: { description, schema, contentType }, 404: { description: 'No such list' } },
});

const asLinkedData = documentation('StatusList2021', 'The list as a verifiable credential (ldp_vc)', z.looseObject({ type: z.array(z.string()) }), 'application/json');
const asJwt = documentation('Bitstring status list', 'The list as a verifiable credential (jwt_vc)', z.string(), 'application/vc+jwt');

@Controller()
export class StatusListController {
  constructor(@Inject(StatusLists) private readonly lists: StatusLists) {}

  @Get('statuslist/:uuid/:page')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'max-age=60')
  @Documented(asLinkedData)
  statusList2021(@Param() path: unknown): Promise<string> {
    return this.list(path, 'StatusList2021');
  }

  @Get('bitstring-statuslist/:uuid/:page')
  @Header('content-type', 'application/vc+jwt')
  @Header('cache-control', 'max-age=60')
  @Documented(asJwt)
  bitstringStatusList(@Param() path: unknown): Promise<string> {
    return this.list(path, 'BitstringStatusList');
  }

  private async list(path: unknown, kind: StatusListKind): Promise<string> {
    const asked = params.safeParse(path);
    const list = asked.success ? await this.lists.listOf(asked.data.uuid, asked.data.page, kind) : undefined;
    if (list === undefined) throw new ProblemError('not-found');
    return list;
  }
}
