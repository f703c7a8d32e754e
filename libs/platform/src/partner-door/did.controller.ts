import type { DidDocument } from '@anw/identity';
import { OrganisationId } from '@anw/values';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { Documented } from '../openapi/documented.decorator.js';

/** The DID documents that this service's organisations publish. */
export abstract class DidDocuments {
  /** Undefined when this service hosts no such organisation. */
  abstract documentOf(organisation: OrganisationId): Promise<DidDocument | Readonly<Record<string, unknown>> | undefined>;
}

const params = z.object({ uuid: OrganisationId });

/** A minute, as with status lists: so long at most is a key that was withdrawn still believed. */
@Controller()
export class DidController {
  constructor(@Inject(DidDocuments) private readonly documents: DidDocuments) {}

  @Get('iam/:uuid/did.json')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'max-age=60')
  @Documented({ summary: 'DID document of an organisation (did:web)', request: { params }, responses: { 200: { description: 'W3C DID document', schema: z.looseObject({ id: z.string() }) }, 404: { description: 'No such organisation' } } })
  async didDocument(@Param('uuid') uuid: string): Promise<unknown> {
    const organisation = OrganisationId.safeParse(uuid);
    const document = organisation.success ? await this.documents.documentOf(organisation.data) : undefined;
    if (document === undefined) throw new ProblemError('not-found');
    return document;
  }
}
