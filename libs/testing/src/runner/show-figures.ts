import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIGURES_VARIABLE } from '../figures/figure.js';
import { measuringSpecs } from '../figures/measuring-specs.js';
import { parseFigures, printFigures } from '../figures/print-figures.js';

process.exit(await showFigures(process.argv.slice(2)));

/**
 * Runs the specifications that measure, or those of them that the parameters name, and prints what they recorded.
 * Resolves to the exit code of their tests.
 */
async function showFigures(names: readonly string[]): Promise<number> {
  const specs = measuringSpecs.filter((spec) => names.length === 0 || names.some((name) => spec.includes(name)));
  const directory = await mkdtemp(join(tmpdir(), 'anw-figures-'));
  const file = join(directory, 'figures');
  try {
    await writeFile(file, '');
    const code = await runTests(specs, file);
    process.stdout.write(`\n${printFigures(parseFigures(await readFile(file, 'utf8')))}\n`);
    return code;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function runTests(specs: readonly string[], figures: string): Promise<number> {
  const runner = fileURLToPath(new URL('./run-tests.js', import.meta.url));
  const child = spawn(process.execPath, [runner, '--runInBand', ...specs], { stdio: 'inherit', env: { ...process.env, [FIGURES_VARIABLE]: figures } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
