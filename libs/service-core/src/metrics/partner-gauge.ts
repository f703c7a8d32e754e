import type { Outbound } from '@anw/outbound';
import { Metrics } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OUTBOUND } from '../tokens.js';

/** Shows in the metrics how many partners do not answer and are left alone for a while; which ones is in the log of what met them. */
@Injectable()
export class PartnerGauge {
  constructor(@Inject(OUTBOUND) outbound: Pick<Outbound, 'countCircuits'>, @Inject(Metrics) metrics: Metrics) {
    metrics.gauge('anw_partner_circuits', 'Partners asked of late: closed is asked as usual, open is left alone because it did not answer, half-open is being tried', 'state', async () => {
      const { closed, open, 'half-open': halfOpen } = outbound.countCircuits();
      return { closed, open, half_open: halfOpen };
    });
  }
}
