import type { ParkedMessage } from '@anw/notifications';
import type { OrganisationId } from '@anw/values';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { Documented } from '../openapi/documented.decorator.js';

/** Notifications that could not be understood, of all organisations of this service; never their content. */
export abstract class ParkedMessages {
  /** Newest first. */
  abstract list(limit: number): Promise<readonly (ParkedMessage & { readonly organisation: OrganisationId })[]>;
}

const query = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
const body = z.object({ messages: z.array(z.object({ id: z.string(), organisation: z.string(), channel: z.enum(['bus', 'https']), reason: z.string(), receivedAt: z.string(), size: z.number() })) });

@Controller('operator/parked-messages')
export class ParkedMessagesController {
  constructor(@Inject(ParkedMessages) private readonly parked: ParkedMessages) {}

  @Get()
  @Documented({ summary: 'Notifications that could not be understood', request: { query }, responses: { 200: { description: 'Newest first', schema: body } } })
  async list(@Query({ schema: query }) { limit }: z.infer<typeof query>): Promise<z.infer<typeof body>> {
    const messages = await this.parked.list(limit);
    return { messages: messages.map(({ id, organisation, channel, reason, receivedAt, size }) => ({ id, organisation, channel, reason, receivedAt: receivedAt.toISOString(), size })) };
  }
}
