import { PushKeyView, PushSubscriptionInput, PushUnsubscribeInput } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { CurrentSession, CurrentUser, Documented, RequireRole } from '@anw/platform';
import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { PushKeys } from '../push/push-keys.js';
import { PushSubscriptions } from '../push/push-subscriptions.js';
import { NURSE_ROLE } from './nurse-role.js';

/** Web Push: her phone tells that something changed while the page is not open, and nothing of whom it is about. */
@Controller('api/push')
@RequireRole(NURSE_ROLE)
export class PushController {
  constructor(
    @Inject(PushKeys) private readonly keys: PushKeys,
    @Inject(PushSubscriptions) private readonly subscriptions: PushSubscriptions,
  ) {}

  @Get()
  @Documented({ summary: 'The key by which a browser subscribes to notices of this organisation', responses: { 200: { description: 'The key', schema: PushKeyView } } })
  async key(@CurrentUser() { organisationId }: StaffUser): Promise<PushKeyView> {
    return { publicKey: (await this.keys.keyOf(organisationId)).publicKey };
  }

  @Put('subscription')
  @HttpCode(204)
  @Documented({
    summary: 'Let this browser hear, until she logs out or ends her shift',
    request: { body: PushSubscriptionInput },
    responses: { 204: { description: 'It hears; repeating it changes nothing' }, 422: { description: 'The browser names a push service that is not known here' } },
  })
  async subscribe(@CurrentSession() session: Session, @Body({ schema: PushSubscriptionInput }) input: PushSubscriptionInput): Promise<void> {
    await this.subscriptions.subscribe(session, input);
  }

  @Post('unsubscribe')
  @HttpCode(204)
  @Documented({ summary: 'Let this browser hear nothing more', request: { body: PushUnsubscribeInput }, responses: { 204: { description: 'It hears nothing (any more)' } } })
  async unsubscribe(@CurrentUser() user: StaffUser, @Body({ schema: PushUnsubscribeInput }) { endpoint }: PushUnsubscribeInput): Promise<void> {
    await this.subscriptions.unsubscribe(user, endpoint);
  }
}
