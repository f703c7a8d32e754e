import { Database, readOutboxBacklog } from '@anw/persistence';
import { Metrics } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Shows in the metrics how many notifications wait, so that an alarm can ring before someone misses one. */
@Injectable()
export class OutboxGauge {
  constructor(@Inject(Database) database: Database, @Inject(Metrics) metrics: Metrics) {
    metrics.gauge('anw_outbox_messages', 'Notifications of this service that wait to be sent or for their receipt, or were given up (parked)', 'state', async () => {
      const { pending, awaitingReceipt, parked } = await database.acrossOrganisations(readOutboxBacklog);
      return { pending, awaiting_receipt: awaitingReceipt, parked };
    });
  }
}
