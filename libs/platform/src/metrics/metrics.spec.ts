import { Gauge } from 'prom-client';
import { Metrics } from './metrics.js';

describe('what is exposed', () => {
  it('spells what is no number as the text exposition format does', async () => {
    const metrics = new Metrics('example');
    new Gauge({ name: 'lag', help: 'Of nothing that was measured yet', registers: [metrics.registry] }).set(Number.NaN);
    expect(await metrics.expose()).toContain('\nlag{service="example"} NaN\n');
  });
});
