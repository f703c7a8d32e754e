import type { Organisation } from '@anw/identity';
import { deliverWebhook, type DeliverWebhookPorts, type WebhookEvent } from '@anw/notifications';
import type { OutboundFetch } from '@anw/outbound';
import { AuditLogTable, type ClaimedDelivery, Database, type ListedDelivery, type OrganisationDirectory, type Transaction, type Webhook, type WebhookDeliveryState, WebhookRelayTables, WebhookTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { ORGANISATION_DIRECTORY, ORGANISATION_SEALING, OUTBOUND_FETCH } from '@anw/service-core';
import type { Clock, EmployeeIdentifier } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

const CLAIM_SIZE = 16;
/** What was delivered stays visible this long. */
const DELIVERED_MILLISECONDS = 30 * 24 * 3600 * 1000;
/** Longer than any delivery takes. */
const LEASE_MILLISECONDS = 60_000;

/** Tells each organisation's own systems, at the address it gave, that something came into the record (issue of the day team). */
@Injectable()
export class Webhooks {
  private readonly relay: WebhookRelayTables;
  private readonly ports: DeliverWebhookPorts;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(OUTBOUND_FETCH) fetch: OutboundFetch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.relay = new WebhookRelayTables(database);
    this.ports = { fetch, clock, random: Math.random };
  }

  async save({ id }: Pick<Organisation, 'id'>, { url, secret }: { readonly url: string; readonly secret: string }, by: EmployeeIdentifier | undefined): Promise<Webhook> {
    const changedAt = this.clock();
    await this.database.withOrganisation(id, async (tx) => {
      await this.over(tx).saveWebhook(url, secret, changedAt);
      await this.log(tx, `saved: ${new URL(url).origin}`, by);
    });
    return { url, changedAt };
  }

  find({ id }: Pick<Organisation, 'id'>): Promise<Webhook | undefined> {
    return this.database.withOrganisation(id, (tx) => this.over(tx).findWebhook());
  }

  async remove({ id }: Pick<Organisation, 'id'>, by: EmployeeIdentifier | undefined): Promise<boolean> {
    return this.database.withOrganisation(id, async (tx) => {
      const existed = await this.over(tx).deleteWebhook();
      if (existed) await this.log(tx, 'removed', by);
      return existed;
    });
  }

  /** Sends a test event now, once. Undefined when there is no webhook; else how it ended. */
  async test({ id, did }: Pick<Organisation, 'id' | 'did'>): Promise<{ readonly delivered: boolean; readonly failure?: string } | undefined> {
    const webhook = await this.database.withOrganisation(id, (tx) => this.over(tx).openWebhook());
    if (webhook === undefined) return undefined;
    const event: WebhookEvent = { specversion: '1.0', id: randomUUID(), source: did, type: 'nl.anw.webhook.test.v1', time: this.clock().toISOString(), datacontenttype: 'application/json', data: {} };
    const outcome = await deliverWebhook({ ...webhook, event, attempts: 0 }, this.ports);
    return outcome.kind === 'delivered' ? { delivered: true } : { delivered: false, failure: outcome.failure };
  }

  list({ id }: Pick<Organisation, 'id'>, state: WebhookDeliveryState | undefined, limit: number): Promise<readonly ListedDelivery[]> {
    return this.database.withOrganisation(id, (tx) => this.over(tx).listDeliveries(state, limit));
  }

  async retry({ id }: Pick<Organisation, 'id'>): Promise<number> {
    return this.database.withOrganisation(id, (tx) => this.over(tx).retryParked(this.clock()));
  }

  /** What a previous encryption key sealed is sealed anew. */
  async reseal(): Promise<void> {
    for (const { id } of await this.directory.listOrganisations()) await this.database.withOrganisation(id, (tx) => this.over(tx).resealSecret());
  }

  /** Sends what is due, of every organisation; several replicas may do so side by side. */
  async sendDue(): Promise<void> {
    const now = this.clock();
    const claimed = await this.relay.claimDue({ now, leaseUntil: new Date(now.getTime() + LEASE_MILLISECONDS), limit: CLAIM_SIZE });
    await Promise.all(claimed.map((delivery) => this.send(delivery)));
  }

  /** Forgets deliveries of more than thirty days ago, of every organisation; the list of what came in stays. */
  async forgetDelivered(): Promise<void> {
    await this.relay.forgetDeliveredBefore(new Date(this.clock().getTime() - DELIVERED_MILLISECONDS));
  }

  /** A delivery whose outcome cannot be recorded is due again when its lease ends; the receiver knows it by its id. */
  private async send(delivery: ClaimedDelivery): Promise<void> {
    const { organisation: id, attempts } = delivery;
    const organisation = (await this.directory.listOrganisations()).find((candidate) => candidate.id === id);
    const webhook = await this.database.withOrganisation(id, (tx) => this.over(tx).openWebhook());
    if (organisation === undefined || webhook === undefined) return;
    const outcome = await deliverWebhook({ ...webhook, attempts, event: eventOf(delivery, organisation) }, this.ports);
    await this.relay.record(delivery, outcome, this.clock());
  }

  private over(tx: Transaction): WebhookTable {
    return new WebhookTable(tx, this.sealing(tx.organisation));
  }

  private log(tx: Transaction, query: string, by: EmployeeIdentifier | undefined): Promise<void> {
    return new AuditLogTable(tx).append({ id: randomUUID(), name: 'webhook.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, query });
  }
}

function eventOf({ id, at, resource, version, patient, actor, regisseur, authorization }: ClaimedDelivery, { did }: Pick<Organisation, 'did'>): WebhookEvent {
  return {
    specversion: '1.0',
    id,
    source: did,
    type: 'nl.anw.dossier.enriched.v1',
    subject: `${resource}/_history/${version}`,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: { resource, patient, actor, regisseur, authorization },
  };
}
