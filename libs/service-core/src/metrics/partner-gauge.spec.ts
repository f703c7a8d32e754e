import { Metrics } from '@anw/platform';
import { PartnerGauge } from './partner-gauge.js';

describe('partners in the metrics', () => {
  it('are counted by the state of their circuit, and named nowhere', async () => {
    const metrics = new Metrics('custodian');
    new PartnerGauge({ countCircuits: () => ({ closed: 7, open: 2, 'half-open': 1 }) }, metrics);
    const text = await metrics.registry.metrics();
    for (const [state, count] of [['closed', 7], ['open', 2], ['half_open', 1]] as const) expect(text).toContain(`anw_partner_circuits{state="${state}",service="custodian"} ${count}`);
  });

  it('have their requests counted by outcome', async () => {
    const metrics = new Metrics('custodian');
    for (const outcome of ['answered', 'answered', 'circuit-open']) metrics.countPartnerRequest(outcome);
    const text = await metrics.registry.metrics();
    expect(text).toContain('anw_partner_requests_total{outcome="answered",service="custodian"} 2');
    expect(text).toContain('anw_partner_requests_total{outcome="circuit-open",service="custodian"} 1');
  });
});
