import { Database, WebhookRelayTables } from '@anw/persistence';
import { Metrics } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Shows in the metrics how much an organisation's own systems would not take, so that an alarm can ring. */
@Injectable()
export class WebhookGauge {
  constructor(@Inject(Database) database: Database, @Inject(Metrics) metrics: Metrics) {
    const relay = new WebhookRelayTables(database);
    metrics.count('anw_webhook_parked', 'Webhook deliveries that were given up and wait for somebody to send them again', () => relay.countParked());
  }
}
