import type { ReceiveResult } from '@anw/notifications';
import { OrganisationName } from '@anw/values';
import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { Documented } from '../openapi/documented.decorator.js';

/** Takes notifications that come by HTTPS, the channel of partners outside the bus (design D12). */
export abstract class NotificationReceiver {
  /**
   * `jws` is the signed envelope as sent; it is stored, with its effect, before this resolves. Undefined when there is
   * no such organisation.
   */
  abstract receive(organisation: OrganisationName, jws: string): Promise<Pick<ReceiveResult, 'kind'> | undefined>;
}

const RETRY_AFTER_SECONDS = 5;

@Controller()
export class NotificationsController {
  constructor(@Inject(NotificationReceiver) private readonly receiver: NotificationReceiver) {}

  @Post('anw/:org/notifications')
  @HttpCode(202)
  @Documented({
    summary: 'Deliver a signed notification',
    request: { params: z.object({ org: OrganisationName }), body: z.string(), contentType: 'application/jose' },
    responses: { 202: { description: 'Stored; repeating it changes nothing' }, 400: { description: 'It cannot be read or its signature does not hold' }, 503: { description: 'Not stored; try again later' } },
  })
  async receive(@Param('org') org: string, @Body() jws: unknown, @Headers('content-type') contentType: string | undefined): Promise<void> {
    if (typeof jws !== 'string' || contentType?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/jose') throw new ProblemError('unsupported-media-type');
    const organisation = OrganisationName.safeParse(org);
    const result = organisation.success ? await this.receiver.receive(organisation.data, jws.trim()) : undefined;
    refuse(result?.kind ?? 'unknown-organisation');
  }
}

function refuse(reception: ReceiveResult['kind'] | 'unknown-organisation'): void {
  switch (reception) {
    case 'stored':
    case 'repeated':
      return;
    case 'parked':
      throw new ProblemError('invalid-request', { detail: 'The notification cannot be read, is not for this organisation, or its signature does not hold.' });
    case 'retry':
      throw new ProblemError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    case 'unknown-organisation':
      throw new ProblemError('not-found');
  }
}
