import { countParkedOrders, Database } from '@anw/persistence';
import { Metrics } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Shows in the metrics of how many visits their triage system would not hear, so that an alarm can ring. */
@Injectable()
export class VisitWebhookGauge {
  constructor(@Inject(Database) database: Database, @Inject(Metrics) metrics: Metrics) {
    metrics.count('anw_webhook_parked', 'Webhook deliveries that were given up and wait for somebody to send them again', () => countParkedOrders(database));
  }
}
