import { countDraftsEverywhere, Database } from '@anw/persistence';
import { Metrics } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Shows in the metrics where what nurses write stands, so that an alarm can ring while it can still be sent, and when it cannot. */
@Injectable()
export class DraftGauge {
  constructor(@Inject(Database) database: Database, @Inject(Metrics) metrics: Metrics) {
    metrics.gauge('anw_drafts', 'What nurses wrote, by where it stands: draft, sending, accepted, refused; undelivered counts what could not be delivered and no application manager has taken note of', 'state', () =>
      database.acrossOrganisations(countDraftsEverywhere),
    );
  }
}
