import type { DecisionRecord } from '@anw/authorization';
import { Metrics } from '@anw/platform';
import { countDecisions } from './count-decisions.js';

const record = (outcome: DecisionRecord['outcome'], check?: 5): DecisionRecord => ({
  reference: '6f0c1111-1111-4111-8111-111111111111',
  at: new Date('2026-01-01T19:00:00Z'),
  endpoint: 'token',
  scope: 'anw-zorg-2022',
  outcome,
  verdicts: [],
  ...(check && { firstDenial: { check, reason: 'authorization-missing' } }),
});
const records = { saveDecision: async () => undefined };

describe('decisions in the metrics', () => {
  it('are counted by endpoint, outcome and the first check that refused', async () => {
    const metrics = new Metrics('custodian');
    await countDecisions({ endpoint: 'token', metrics }, async (counted) => {
      await counted(records).saveDecision(record('granted'));
      await counted(records).saveDecision(record('denied', 5));
    });
    const text = await metrics.registry.metrics();
    expect(text).toContain('anw_decisions_total{endpoint="token",outcome="granted",check="0",service="custodian"} 1');
    expect(text).toContain('anw_decisions_total{endpoint="token",outcome="denied",check="5",service="custodian"} 1');
  });

  it('are not counted when the transaction that kept them is rolled back', async () => {
    const metrics = new Metrics('custodian');
    const rolledBack = countDecisions({ endpoint: 'fhir', metrics }, async (counted) => {
      await counted(records).saveDecision(record('denied', 5));
      throw new Error('connection lost');
    });
    await expect(rolledBack).rejects.toThrow('connection lost');
    expect(await metrics.registry.metrics()).not.toContain('endpoint="fhir"');
  });
});
