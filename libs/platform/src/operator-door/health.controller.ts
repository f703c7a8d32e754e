import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Documented } from '../openapi/documented.decorator.js';
import { Readiness, type ReadinessReport } from '../service/readiness.js';

const report = z.object({ ready: z.boolean(), dependencies: z.record(z.string(), z.object({ state: z.enum(['ready', 'waiting', 'down']), reason: z.string().optional() })) });

@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Whether the process answers at all', responses: { 200: { description: 'It does', schema: z.object({ live: z.literal(true) }) } } })
  live(): { readonly live: true } {
    return { live: true };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Whether it can do its work: asks each dependency now', responses: { 200: { description: 'Ready', schema: report }, 503: { description: 'Not ready; `dependencies` says what for', schema: report } } })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const current = await this.readiness.report();
    void reply.code(current.ready ? 200 : 503);
    return current;
  }
}
