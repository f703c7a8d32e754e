import { recordFigure } from '@anw/testing/figures';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.record(z.string(), z.looseObject({ file: z.string(), isEntry: z.boolean().optional(), imports: z.array(z.string()).optional() }));
const BUDGET_KILOBYTES = 200;

/** What a browser fetches of script before the first page shows, in bytes as they travel. */
function firstPageBytes(app: string): number {
  const pages = join(import.meta.dirname, '..', '..', 'apps', app, 'dist', 'pages');
  const chunks = Manifest.parse(JSON.parse(readFileSync(join(pages, 'build.json'), 'utf8')));
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    chunks[name]?.imports?.forEach(add);
  };
  Object.entries(chunks).filter(([, { isEntry }]) => isEntry === true).forEach(([name]) => add(name));
  const sizes = [...needed].map((name) => join(pages, chunks[name]!.file)).map((path) => statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('script of the first page (issue: fast)', () => {
  it.each(['regisseur-web', 'custodian-web', 'actor-web'])('%s fits in 200 kB compressed', (app) => {
    const kilobytes = firstPageBytes(app) / 1000;
    recordFigure('issue 5: 13', `compressed script of the first page, ${app}`, Math.round(kilobytes), 'kB');
    expect(kilobytes).toBeGreaterThan(20);
    expect(kilobytes).toBeLessThanOrEqual(BUDGET_KILOBYTES);
  });
});
