import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Documented } from '../openapi/documented.decorator.js';
import { frontPage } from './front-page.js';
import { OpenToAnyone } from './session.guard.js';
import { SessionReader } from './session-reader.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';

@Controller()
export class FrontPageController {
  constructor(
    @Inject(SessionReader) private readonly sessions: SessionReader,
    @Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions,
  ) {}

  @Get()
  @OpenToAnyone()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Which service this is, where to log in, and who is logged in', responses: { 200: { description: 'A page in Dutch', schema: z.string(), contentType: 'text/html' } } })
  async show(@Req() request: FastifyRequest): Promise<string> {
    const session = await this.sessions.sessionOf(request);
    return frontPage(this.options.title, session?.user);
  }
}
