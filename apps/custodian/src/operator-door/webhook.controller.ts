import type { ListedDelivery, OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Webhooks } from '../webhooks/webhooks.js';

const params = z.object({ org: OrganisationName });

const WebhookInput = z.strictObject({
  url: z
    .url({ protocol: /^https$/ })
    .max(2_048)
    .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), 'holds a user or password'),
  /** HMAC key: at least 32 characters. */
  secret: z.string().min(32).max(256).regex(/^[\x21-\x7e]+$/, 'is not printable ASCII without spaces'),
});
type WebhookInput = z.infer<typeof WebhookInput>;
/** Never the secret. */
const WebhookView = z.strictObject({ url: z.string(), changedAt: z.iso.datetime() });
type WebhookView = z.infer<typeof WebhookView>;
const TestResult = z.strictObject({ delivered: z.boolean(), failure: z.string().optional() });
type TestResult = z.infer<typeof TestResult>;
const states = z.enum(['pending', 'delivered', 'parked']);
const Filter = z.strictObject({ state: states.optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) });
type Filter = z.infer<typeof Filter>;
const instant = z.iso.datetime();
const DeliveryView = z.strictObject({ id: z.uuid(), resource: z.string(), state: states, attempts: z.int(), lastFailure: z.string().optional(), createdAt: instant, nextAttemptAt: instant.optional(), deliveredAt: instant.optional() });
type DeliveryView = z.infer<typeof DeliveryView>;

/** Where an organisation's own systems hear what came into the record; see docs/day-team.md. */
@Controller('operator/organisations/:org/webhook')
export class WebhookController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
  ) {}

  @Put()
  @Documented({ summary: 'Set address and secret. `X-Operator` says who', request: { params, body: WebhookInput }, responses: { 200: { description: 'Set; the secret is not repeated', schema: WebhookView } } })
  async save(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: WebhookInput }) input: WebhookInput): Promise<WebhookView> {
    const { url, changedAt } = await this.webhooks.save(await requireOrganisation(this.directory, org), input, by);
    return { url, changedAt: changedAt.toISOString() };
  }

  @Get()
  @Documented({ summary: 'The address; never the secret', request: { params }, responses: { 200: { description: 'As it was set', schema: WebhookView }, 404: { description: 'None was set' } } })
  async read(@Param('org') org: string): Promise<WebhookView> {
    const webhook = await this.webhooks.find(await requireOrganisation(this.directory, org));
    if (webhook === undefined) throw new ProblemError('not-found');
    return { url: webhook.url, changedAt: webhook.changedAt.toISOString() };
  }

  @Delete()
  @HttpCode(204)
  @Documented({ summary: 'Send nothing any more; what waited is parked', request: { params }, responses: { 204: { description: 'Removed' }, 404: { description: 'None was set' } } })
  async remove(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    if (!(await this.webhooks.remove(await requireOrganisation(this.directory, org), by))) throw new ProblemError('not-found');
  }

  @Post('test')
  @HttpCode(200)
  @Documented({ summary: 'Send one test event now', request: { params }, responses: { 200: { description: 'Whether it was taken, and if not what happened', schema: TestResult }, 404: { description: 'None was set' } } })
  async test(@Param('org') org: string): Promise<TestResult> {
    const result = await this.webhooks.test(await requireOrganisation(this.directory, org));
    if (result === undefined) throw new ProblemError('not-found');
    return result;
  }

  @Get('deliveries')
  @Documented({ summary: 'What was sent, waits, or was parked; newest first', request: { params, query: Filter }, responses: { 200: { description: 'References and states, nothing clinical', schema: z.object({ deliveries: z.array(DeliveryView) }) } } })
  async list(@Param('org') org: string, @Query({ schema: Filter }) { state, limit }: Filter): Promise<{ readonly deliveries: readonly DeliveryView[] }> {
    return { deliveries: (await this.webhooks.list(await requireOrganisation(this.directory, org), state, limit)).map(render) };
  }

  @Post('deliveries/retry')
  @HttpCode(200)
  @Documented({ summary: 'Send again what was parked', request: { params }, responses: { 200: { description: 'How many', schema: z.object({ retried: z.int() }) } } })
  async retry(@Param('org') org: string): Promise<{ readonly retried: number }> {
    return { retried: await this.webhooks.retry(await requireOrganisation(this.directory, org)) };
  }
}

function render({ createdAt, nextAttemptAt, deliveredAt, ...delivery }: ListedDelivery): DeliveryView {
  return { ...delivery, createdAt: createdAt.toISOString(), ...(nextAttemptAt && { nextAttemptAt: nextAttemptAt.toISOString() }), ...(deliveredAt && { deliveredAt: deliveredAt.toISOString() }) };
}
