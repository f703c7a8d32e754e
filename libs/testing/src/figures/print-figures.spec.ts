import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figurePoints, FIGURES_VARIABLE } from './figure.js';
import { measuringSpecs } from './measuring-specs.js';
import { parseFigures, printFigures } from './print-figures.js';
import { recordFigure } from './record-figure.js';

describe('figures that specifications record', () => {
  const before = process.env[FIGURES_VARIABLE];
  let directory: string;
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'anw-figures-'))));
  afterEach(async () => {
    if (before === undefined) delete process.env[FIGURES_VARIABLE];
    else process.env[FIGURES_VARIABLE] = before;
    await rm(directory, { recursive: true });
  });

  it('are printed in one table for each point, with their unit', async () => {
    const file = join(directory, 'figures');
    process.env[FIGURES_VARIABLE] = file;
    recordFigure(8, 'seed', 417);
    recordFigure(7, 'disclosures without a row', 0);
    recordFigure(7, 'time', 12.345, 's');
    recordFigure(5, 'bus', 'none');
    const recorded: Readonly<Record<string, readonly string[]>> = {
      5: ['   bus  none'],
      7: ['   disclosures without a row  0', '   time                       12.3 s'],
      8: ['   seed  417'],
    };
    const tables = figurePoints.map(([point, title]) => [`${point}. ${title}`, ...(recorded[point] ?? ['   no figure was recorded'])].join('\n'));
    expect(printFigures(parseFigures(await readFile(file, 'utf8')))).toBe(tables.join('\n\n'));
  });

  it('go nowhere in a run that does not ask for them', async () => {
    delete process.env[FIGURES_VARIABLE];
    expect(() => recordFigure(8, 'seed', 417)).not.toThrow();
  });

  it('that are none are not printed', () => {
    expect(() => parseFigures('{"point":9,"name":"x","value":1,"unit":""}')).toThrow();
  });

  it.each(measuringSpecs)('come from %s, which is there', async (spec) => {
    await expect(access(resolve(fileURLToPath(import.meta.url), '../../../../..', spec))).resolves.toBeUndefined();
  });
});
