import { DecisionView } from '@anw/api-contracts';
import { type CheckNumber, type DecisionRecord, type DenialReason, denialReasons, type Verdict } from '@anw/authorization';
import { explainDecision } from './explain-decision.js';

const checks: readonly CheckNumber[] = [1, 2, 3, 4, 5, 6, 7, 8];
const fact = { source: 'connection', value: 'a fact' } as const;
const granted = (check: CheckNumber): Verdict => ({ check, granted: true, fact });
const denied = (check: CheckNumber, reason: DenialReason): Verdict => ({ check, granted: false, reason, fact });
const record = (verdicts: readonly Verdict[], change: Partial<DecisionRecord> = {}): DecisionRecord => ({
  reference: '6f0c1111-1111-4111-8111-111111111111',
  at: new Date('2026-01-01T19:00:00Z'),
  scope: 'anw-zorg-2022',
  outcome: 'denied',
  verdicts,
  ...change,
});
const explain = (verdict: Verdict) => explainDecision(record([verdict])).verdicts[0]!;

describe('explanation of a decision (design D16)', () => {
  it('names each of the eight checks in a sentence of its own, in the order of the specification', () => {
    const { verdicts } = explainDecision(record(checks.map((check) => granted(check))));
    expect(verdicts.map(({ check }) => check)).toEqual(checks);
    expect(new Set(verdicts.map(({ title }) => title)).size).toBe(8);
  });

  it.each(denialReasons.filter((reason) => reason !== 'not-evaluated'))('says in Dutch who must repair %s, and how', (reason: DenialReason) => {
    const { verdict, repair } = explain(denied(5, reason));
    expect(verdict).toBe('denied');
    expect(repair).toMatch(/^[A-Z].{30,}\.$/);
    expect(repair).toMatch(/\b(de|het|een|uw)\b/i);
  });

  it('tells a check that could not be evaluated from one that failed', () => {
    expect(explain(denied(8, 'not-evaluated'))).toMatchObject({ verdict: 'not-evaluated', repair: expect.stringContaining('eerdere toets') });
  });

  it('keeps the fact and where it came from, and has no repair for what was granted', () => {
    const verdict = explain(granted(7));
    expect(verdict).toMatchObject({ verdict: 'granted', fact });
    expect(verdict).not.toHaveProperty('repair');
  });

  it('has the form that pages read, also for a request that failed before the checks', () => {
    for (const example of [record([denied(7, 'regisseur-not-on-allowlist')]), record([], { outcome: 'invalid', failure: 'presentation-replayed' })]) {
      expect(DecisionView.parse(explainDecision(example))).toEqual(explainDecision(example));
    }
  });
});
