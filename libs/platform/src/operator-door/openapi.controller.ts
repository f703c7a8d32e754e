import { Controller, Get, Header, Inject } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import type { OpenApiDocument } from '../openapi/openapi-document.js';
import { Documented } from '../openapi/documented.decorator.js';
import { ApiDescription } from './api-description.js';

@Controller()
export class OpenApiController {
  constructor(@Inject(ApiDescription) private readonly description: ApiDescription) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json')
  @Documented({ summary: 'This document: every route of every door', responses: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } } })
  read(): OpenApiDocument {
    const document = this.description.current;
    if (document === undefined) throw new ProblemError('unavailable', { retryAfterSeconds: 1 });
    return document;
  }
}
