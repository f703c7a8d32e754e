import type { Report } from './benchmark.js';
import { formatReport, keepsBudgets } from './print-report.js';

const report: Report = {
  benchmark: 'token',
  title: 'Tokens',
  verification: { openssl: 90, node: 102.4 },
  figures: [
    { name: 'tokens per second', value: 812.3, unit: '/s' },
    { name: 'custodian CPU', value: 9.5, unit: 'U', budget: 10 },
  ],
};

describe('report of a benchmark', () => {
  it('says what U was, each figure, and whether its budget holds', () => {
    expect(formatReport(report).split('\n')).toEqual([
      'Tokens',
      '  1 U = 90.0 µs (openssl speed; node:crypto 102 µs)',
      '  tokens per second        812 /s',
      '  custodian CPU            9.50 U   budget ≤ 10 U: kept',
    ]);
  });

  it('says so where there is no openssl', () => {
    expect(formatReport({ ...report, verification: { openssl: undefined, node: 99 } })).toContain('1 U = 99.0 µs (node:crypto; no openssl here)');
  });

  it('says where the time went, where that was seen', () => {
    expect(formatReport({ ...report, shares: [{ name: 'signatures', percent: 21.46 }] }).split('\n').slice(-2)).toEqual(['  Where the time goes, while profiled:', '     21.5 %  signatures']);
  });

  it('holds when every budget is kept, and not when one is exceeded', () => {
    expect(keepsBudgets(report)).toBe(true);
    const over: Report = { ...report, figures: [...report.figures, { name: 'memory', value: 161, unit: 'MiB', budget: 160 }] };
    expect(keepsBudgets(over)).toBe(false);
    expect(formatReport(over)).toContain('EXCEEDED');
  });
});
