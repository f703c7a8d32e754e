import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTests, type JestReport, listProblems } from './jest-report.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../../..');
const reportFile = join(workspace, 'test-results', 'jest.json');

process.exit(await runTests(process.argv.slice(2)));

/**
 * Runs Jest over all projects, or over what the parameters name, and ends with `N passed, N failed` alone on a line:
 * the pipeline reads that line. Resolves to the exit code.
 */
async function runTests(parameters: readonly string[]): Promise<number> {
  await rm(reportFile, { force: true });
  await mkdir(join(workspace, 'test-results'), { recursive: true });
  const jestExit = await runJest(parameters);
  const report = await readReport();
  for (const problem of listProblems(report)) process.stdout.write(`${problem}\n`);
  const { passed, failed } = countTests(report, jestExit);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 && jestExit === 0 ? 0 : 1;
}

async function runJest(parameters: readonly string[]): Promise<number> {
  const jest = join(workspace, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(
    process.execPath,
    // Jest loads ES modules through an interface that Node calls experimental and warns about once per worker.
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, '--json', `--outputFile=${reportFile}`, ...parameters],
    { cwd: workspace, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Undefined when Jest did not get as far as writing one. */
async function readReport(): Promise<JestReport | undefined> {
  try {
    return JSON.parse(await readFile(reportFile, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}
