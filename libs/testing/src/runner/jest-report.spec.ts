import { countTests, type JestReport, listProblems } from './jest-report.js';

const report = (...statuses: string[]): JestReport => ({
  testResults: [
    {
      name: '/a.spec.ts',
      message: '',
      status: statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status, index) => ({ fullName: `rule ${index}`, status, failureMessages: status === 'failed' ? ['expected 1\n at x'] : [] })),
    },
  ],
});
const brokenFile: JestReport = { testResults: [{ name: '/b.spec.ts', message: 'Cannot find module x', status: 'failed', assertionResults: [] }] };

describe('closing line of the test command (design §8)', () => {
  it('counts what passed and what failed over all files', () => {
    const both = { testResults: [...report('passed', 'failed').testResults, ...report('passed').testResults] };
    expect(countTests(both, 1)).toEqual({ passed: 2, failed: 1 });
  });

  it('counts a skipped test as failed', () => {
    expect(countTests(report('passed', 'pending', 'todo'), 0)).toEqual({ passed: 1, failed: 2 });
  });

  it('counts a file that could not be run as failed', () => {
    expect(countTests(brokenFile, 1)).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a run without tests as failed', () => {
    expect(countTests({ testResults: [] }, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a run that ended badly as failed, though each test held', () => {
    expect(countTests(report('passed'), 1)).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a run without a report as failed', () => {
    expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1 });
  });

  it('names each test that did not pass, with the reason', () => {
    expect(listProblems(report('passed', 'failed', 'pending'))).toEqual(['FAILED  rule 1\n        expected 1', 'SKIPPED rule 2 (/a.spec.ts)']);
    expect(listProblems(brokenFile)).toEqual(['FAILED  /b.spec.ts could not be run: Cannot find module x']);
  });
});
