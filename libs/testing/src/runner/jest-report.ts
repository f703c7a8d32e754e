/** The part of Jest's `--json` report that we read. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    /** Why the file could not be run at all. */
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] | null }[];
  }[];
}

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/**
 * A test that was skipped counts as failed: nothing is left out silently (design §8). So does a file that could not be
 * run, and a run that ended badly though each test held, such as a server that did not come up.
 */
export function countTests(report: JestReport | undefined, jestExit: number): TestCount {
  const results = report?.testResults ?? [];
  const statuses = results.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.length - passed + results.filter(couldNotRun).length;
  return failed === 0 && (jestExit !== 0 || passed === 0) ? { passed, failed: 1 } : { passed, failed };
}

/** One line or block per test that did not pass, for whoever reads the end of the output. */
export function listProblems(report: JestReport | undefined): string[] {
  if (report === undefined) return ['Jest ended without a report.'];
  return report.testResults.flatMap((file) => [
    ...(couldNotRun(file) ? [`FAILED  ${file.name} could not be run: ${file.message.trim()}`] : []),
    ...file.assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName, status, failureMessages }) =>
        status === 'failed' ? `FAILED  ${fullName}\n        ${firstLine(failureMessages)}` : `SKIPPED ${fullName} (${file.name})`,
      ),
  ]);
}

function couldNotRun({ status, assertionResults }: JestReport['testResults'][number]): boolean {
  return status === 'failed' && !assertionResults.some((result) => result.status === 'failed');
}

function firstLine(messages: readonly string[] | null): string {
  return messages?.[0]?.split('\n')[0] ?? '';
}
