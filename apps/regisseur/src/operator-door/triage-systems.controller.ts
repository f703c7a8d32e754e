import type { ToldOrder } from '@anw/persistence';
import { CurrentOperator, Documented, parseRequest, ProblemError, problemDetails } from '@anw/platform';
import { type EmployeeIdentifier, OrganisationName } from '@anw/values';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { TriageSystems } from '../triage-systems/triage-systems.js';
import { regisseurOf } from './regisseur-of.js';

const SystemId = z.string().regex(/^[a-z0-9][a-z0-9-]{2,47}$/, 'must be 3 to 48 small letters, digits and hyphens');
const params = z.object({ org: OrganisationName });
const systemParams = params.extend({ id: SystemId });
const Webhook = z.strictObject({
  url: z
    .url({ protocol: /^https$/ })
    .max(2_048)
    .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), 'holds a user or password'),
  /** HMAC key: at least 32 characters. */
  secret: z.string().min(32).max(256).regex(/^[\x21-\x7e]+$/, 'is not printable ASCII without spaces'),
});
const NewSystem = z.strictObject({ id: SystemId, name: z.string().trim().min(1).max(100), webhook: Webhook.exactOptional() });
type NewSystem = z.infer<typeof NewSystem>;
const Added = z.object({ id: z.string(), secret: z.string() });
type Added = z.infer<typeof Added>;
const Systems = z.object({ systems: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime(), webhookUrl: z.string().optional() })) });
type Systems = z.infer<typeof Systems>;

const tellingStates = z.enum(['followed', 'failing', 'parked', 'finished']);
const Filter = z.strictObject({ state: tellingStates.optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) });
type Filter = z.infer<typeof Filter>;
const instant = z.iso.datetime();
const DeliveryView = z.strictObject({ visit: z.uuid(), state: tellingStates, told: z.string().optional(), attempts: z.int(), lastFailure: z.string().optional(), createdAt: instant, nextAttemptAt: instant.optional() });
const Deliveries = z.object({ deliveries: z.array(DeliveryView) });
type Deliveries = z.infer<typeof Deliveries>;
const Retried = z.object({ retried: z.int() });
type Retried = z.infer<typeof Retried>;

/** Triage systems without this bolt that a regisseur lets in: docs/triage-api.md. */
@Controller('operator/organisations/:org/triage-systems')
export class TriageSystemsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(TriageSystems) private readonly systems: TriageSystems,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Let a triage system in, with a webhook if it wants to hear how its visits stand',
    request: { params, body: NewSystem },
    responses: { 201: { description: 'Its secret, told this once', schema: Added }, 404: { description: 'No such organisation' }, 409: { description: 'That id is taken; remove it first to give it a new secret', schema: problemDetails } },
  })
  async add(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: NewSystem }) system: NewSystem): Promise<Added> {
    const secret = await this.systems.add(await regisseurOf(org, this.regisseurs), system, by);
    if (secret === undefined) throw new ProblemError('conflict', { detail: 'There is a triage system with that id.' });
    return { id: system.id, secret };
  }

  @Get()
  @Documented({ summary: 'Triage systems that are let in', request: { params }, responses: { 200: { description: 'By id; never a secret', schema: Systems } } })
  async list(@Param('org') org: string): Promise<Systems> {
    const systems = await this.systems.list(await regisseurOf(org, this.regisseurs));
    return { systems: systems.map(({ id, name, createdAt, webhookUrl }) => ({ id, name, createdAt: createdAt.toISOString(), ...(webhookUrl !== undefined && { webhookUrl }) })) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'Let a triage system in no more; its tokens are worth nothing at once, its visits stay', request: { params: systemParams }, responses: { 204: { description: 'Removed' }, 404: { description: 'No such triage system' } } })
  async remove(@Param() path: unknown, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const { org, id } = parseRequest(systemParams, path);
    if (!(await this.systems.remove(await regisseurOf(org, this.regisseurs), id, by))) throw new ProblemError('not-found');
  }

  @Get(':id/deliveries')
  @Documented({
    summary: 'What the webhook of a triage system was told of its visits: followed, failing, parked or finished; newest first',
    request: { params: systemParams, query: Filter },
    responses: { 200: { description: 'Visits and states, nothing of a patient', schema: Deliveries }, 404: { description: 'No such triage system' } },
  })
  async deliveries(@Param() path: unknown, @Query({ schema: Filter }) { state, limit }: Filter): Promise<Deliveries> {
    const { org, id } = parseRequest(systemParams, path);
    const told = await this.systems.listTold(await regisseurOf(org, this.regisseurs), id, state, limit);
    if (told === undefined) throw new ProblemError('not-found');
    return { deliveries: told.map(toDelivery) };
  }

  @Post(':id/deliveries/retry')
  @HttpCode(200)
  @Documented({ summary: 'Tell the webhook of a triage system again what was parked', request: { params: systemParams }, responses: { 200: { description: 'How many', schema: Retried }, 404: { description: 'No such triage system' } } })
  async retry(@Param() path: unknown): Promise<Retried> {
    const { org, id } = parseRequest(systemParams, path);
    const retried = await this.systems.retryParked(await regisseurOf(org, this.regisseurs), id);
    if (retried === undefined) throw new ProblemError('not-found');
    return { retried };
  }
}

function toDelivery({ id, createdAt, lookAt, ...told }: ToldOrder): Deliveries['deliveries'][number] {
  return { visit: id, ...told, createdAt: createdAt.toISOString(), ...(told.state === 'failing' && lookAt && { nextAttemptAt: lookAt.toISOString() }) };
}
