import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Metrics } from '../metrics/metrics.js';
import { Documented } from '../openapi/documented.decorator.js';

@Controller()
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get('metrics')
  @Documented({ summary: 'Measurements, for Prometheus', responses: { 200: { description: 'Text exposition format', schema: z.string(), contentType: 'text/plain' } } })
  async read(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.registry.contentType).send(await this.metrics.expose());
  }
}
