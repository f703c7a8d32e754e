import { deliverWebhook, type DeliverWebhookPorts, type VisitEvent } from '@anw/notifications';
import type { OutboundFetch } from '@anw/outbound';
import { type ClaimedOrder, claimOrdersToLookAt, Database, type OrderLook, TriageOrderTable } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { OUTBOUND_FETCH, RepeatedTask } from '@anw/service-core';
import { isLastWord, visitProgress, type VisitProgress } from '@anw/triage';
import type { Clock } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { FORGET_MILLISECONDS, TriageSystems } from './triage-systems.js';

const LOOK_MILLISECONDS = 1_000;
/** Longer than any delivery takes. */
const LEASE_MILLISECONDS = 60_000;
const CLAIM_SIZE = 50;

/**
 * Tells triage systems at the address they gave how the visits they asked for stand. What was told stands in the database:
 * a restart loses nothing, replicas tell each state once, and a system that was away hears the newest state when it is back.
 */
@Injectable()
export class VisitWebhooks implements BeforeApplicationShutdown {
  private readonly ports: DeliverWebhookPorts;
  private readonly task: RepeatedTask;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(TriageSystems) private readonly systems: TriageSystems,
    @Inject(OUTBOUND_FETCH) fetch: OutboundFetch,
    @Inject(ServiceLogger) logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.ports = { fetch, clock, random: Math.random };
    this.task = new RepeatedTask({ work: () => this.tellDue(), intervalMilliseconds: LOOK_MILLISECONDS, random: Math.random, onError: (error) => logger.unexpected(error) });
  }

  /** First what a previous encryption key sealed is sealed anew. */
  async start(): Promise<void> {
    await this.systems.reseal();
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  async tellDue(): Promise<void> {
    const now = this.clock();
    const claimed = await claimOrdersToLookAt(this.database, { now, leaseUntil: new Date(now.getTime() + LEASE_MILLISECONDS), limit: CLAIM_SIZE });
    await Promise.all(claimed.map((order) => this.look(order)));
  }

  private async look(order: ClaimedOrder): Promise<void> {
    const regisseur = await this.regisseurs.findById(order.organisation);
    if (regisseur === undefined) return;
    const look = await this.tell(regisseur, order);
    await this.database.withOrganisation(order.organisation, (tx) => new TriageOrderTable(tx).saveLook(order.id, look));
  }

  private async tell(regisseur: Regisseur, order: ClaimedOrder): Promise<OrderLook> {
    const { id, system, told, createdAt } = order;
    const now = this.clock();
    const webhook = await this.systems.openWebhook(regisseur, system);
    // Who gave no address asks by itself.
    if (webhook === undefined) return { told, attempts: 0 };
    const authorizations = await regisseur.transaction(({ authorizations: store }) => store.listOfCareRequests([id]));
    const progress = visitProgress(authorizations, now);
    const again = now.getTime() - createdAt.getTime() < FORGET_MILLISECONDS ? new Date(now.getTime() + LOOK_MILLISECONDS) : undefined;
    if (progress === undefined || told === nameOf(progress)) return { told, attempts: 0, lookAt: progress !== undefined && isLastWord(progress) ? undefined : again };
    const event = eventOf(regisseur, id, authorizations[0]?.id ?? id, progress, now);
    const outcome = await deliverWebhook({ ...webhook, event, attempts: order.attempts }, this.ports);
    if (outcome.kind === 'delivered') return { told: nameOf(progress), attempts: 0, lookAt: isLastWord(progress) ? undefined : again };
    return { told, attempts: order.attempts + 1, failure: outcome.failure, ...(outcome.kind === 'failed' && { lookAt: outcome.nextAttemptAt }) };
  }
}

function nameOf({ state, alarm }: VisitProgress): string {
  return alarm ? `${state} alarm` : state;
}

/** The same state of the same authorization is the same event, so that a repeat is known by its id. */
function eventOf({ organisation }: Regisseur, visit: string, authorization: string, progress: VisitProgress, now: Date): VisitEvent {
  const hash = createHash('sha256').update(`${visit} ${authorization} ${nameOf(progress)}`, 'utf8').digest('hex');
  return {
    specversion: '1.0',
    id: `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
    source: organisation.did,
    type: 'nl.anw.visit.changed.v1',
    subject: visit,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: { ...progress },
  };
}
