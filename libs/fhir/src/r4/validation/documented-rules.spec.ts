import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const guide = readFileSync(new URL('../../../../../docs/write-back.md', import.meta.url), 'utf8');
const documented = [...guide.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([A-Z0-9-]+)`/g)].map(([, rule]) => rule!));

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
const ids = /'((?:VS|BP|WEIGHT|HEIGHT|TEMP|O2|PULSE|RATE|HR|VISUS|TEXT|REPORT|SOAP|RESULT|MED|G\d+)-[A-Z]+(?:-[A-Z]+)*|STATUS|G5|G6)'/g;
const used = sources.flatMap((file) => [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(ids)].map(([, rule]) => rule!));

describe('guide for who writes back (docs/write-back.md)', () => {
  it('names every rule by which a write is refused or remarked on, once, and no other', () => {
    expect(documented.toSorted()).toEqual([...new Set(used)].sort());
  });
});
