import { DecisionView, repairers } from '@anw/api-contracts';
import { type CheckNumber, decisionOf, type DecisionRecord, type DenialReason, denialReasons, type Verdict } from '@anw/authorization';
import { explainDecision } from './explain-decision.js';
import { failureRepairs } from './failure-repairs.js';

const checks: readonly CheckNumber[] = [1, 2, 3, 4, 5, 6, 7, 8];
const fact = { source: 'connection', value: 'a fact' } as const;
const granted = (check: CheckNumber): Verdict => ({ check, granted: true, fact });
const denied = (check: CheckNumber, reason: DenialReason): Verdict => ({ check, granted: false, reason, fact });
const record = (verdicts: readonly Verdict[], change: Partial<DecisionRecord> = {}): DecisionRecord => ({
  reference: '6f0c1111-1111-4111-8111-111111111111',
  at: new Date('2026-01-01T19:00:00Z'),
  endpoint: 'token',
  scope: 'anw-zorg-2022',
  outcome: 'denied',
  verdicts,
  ...firstDenialIn(verdicts),
  ...change,
});
function firstDenialIn(verdicts: readonly Verdict[]): Pick<DecisionRecord, 'firstDenial'> {
  const { firstDenial } = decisionOf(verdicts);
  return firstDenial === undefined ? {} : { firstDenial };
}
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

  it.each(denialReasons.filter((reason) => reason !== 'not-evaluated'))('codes for machines who must repair %s', (reason: DenialReason) => {
    const { verdicts, repair } = explainDecision(record([denied(5, reason)]));
    expect(repairers.filter((name) => name !== 'nobody')).toContain(verdicts[0]!.repairBy);
    expect(repair).toEqual({ code: reason, repairBy: verdicts[0]!.repairBy, repair: verdicts[0]!.repair });
  });

  it('says what to do about the first check that said no, which the answer followed', () => {
    expect(explainDecision(record([granted(6), denied(7, 'regisseur-not-on-allowlist'), denied(8, 'patient-not-enrolled')])).repair).toMatchObject({ code: 'regisseur-not-on-allowlist', repairBy: 'custodian' });
  });

  it.each(Object.keys(failureRepairs))('says in Dutch who must repair a request that failed for %s', (failure) => {
    const { repair } = explainDecision(record([], { outcome: 'invalid', failure }));
    expect(repair).toMatchObject({ code: failure, repair: expect.stringMatching(/^[A-Z].{30,}\.$/) });
    expect(repairers).toContain(repair!.repairBy);
  });

  it('says of a token that was not accepted why not', () => {
    expect(explainDecision(record([], { endpoint: 'fhir', outcome: 'invalid', failure: 'not-authenticated', detail: 'token-of-another-key' })).repair).toMatchObject({ code: 'token-of-another-key' });
  });

  it('leaves a failure that no table knows to the custodian itself', () => {
    expect(explainDecision(record([], { outcome: 'invalid', failure: 'of-a-later-version' })).repair).toMatchObject({ code: 'of-a-later-version', repairBy: 'custodian' });
  });

  it('has nothing to repair of what was granted', () => expect(explainDecision(record([granted(1)], { outcome: 'granted' }))).not.toHaveProperty('repair'));

  it('shows of a FHIR request all eight: 1 to 4 as they stood when the token was granted, 5 to 8 as they stood then', () => {
    const grant = { verdicts: checks.map((check) => granted(check)) };
    const now = [granted(5), denied(6, 'authorization-revoked'), granted(7), granted(8)];
    const { verdicts, tokenDecision } = explainDecision(record(now, { endpoint: 'fhir', tokenDecision: '6f0c2222-2222-4222-8222-222222222222' }), grant);
    expect(verdicts.map(({ check, verdict }) => [check, verdict])).toEqual(checks.map((check) => [check, check === 6 ? 'denied' : 'granted']));
    expect(tokenDecision).toBe('6f0c2222-2222-4222-8222-222222222222');
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
    for (const example of [record([denied(7, 'regisseur-not-on-allowlist')]), record([], { outcome: 'invalid', failure: 'presentation-not-accepted', collective: true })]) {
      expect(DecisionView.parse(explainDecision(example))).toEqual(explainDecision(example));
    }
  });
});
