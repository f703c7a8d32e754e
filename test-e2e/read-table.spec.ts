import type { Region } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { startTemporaryRegion } from './support/temporary-region.js';
import { fillZibTable } from './zib-table/fill-zib-table.js';
import { printZibTable } from './zib-table/print-zib-table.js';
import { failedCells, type ZibRow } from './zib-table/zib-row.js';

let region: Region;
let rows: readonly ZibRow[];

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  rows = await fillZibTable(region);
});
afterAll(() => region?.stop());

describe('the 37 items of chapter 4, by the real doors', () => {
  it('are found, shown, written back and refused when broken, as far as chapter 4 asks', () => {
    expect(rows.flatMap((row) => failedCells(row).map(({ why }) => `${row.dutchName}: ${why}`))).toEqual([]);
  });

  it('are 33 that are read, 13 that are written back and 37 that are refused when broken', () => {
    const held = (column: 'found' | 'shown' | 'writtenBack' | 'refused') => rows.filter((row) => row[column].state === 'held').length;
    recordFigure('issue 4: 1', 'items found by every search that they have', held('found'));
    recordFigure('issue 4: 1', 'items shown in the dossier', held('shown'));
    recordFigure('issue 4: 1', 'items written back', held('writtenBack'));
    recordFigure('issue 4: 1', 'items refused when broken', held('refused'));
    expect([held('found'), held('shown'), held('writtenBack'), held('refused')]).toEqual([33, 33, 13, 37]);
  });

  it('are printed with a reason for every cell that does not hold', () => {
    const broken = rows.map((row, index) => (index === 2 ? { ...row, shown: { state: 'failed' as const, why: 'Observation/1 is not shown' } } : row));
    expect(printZibTable(broken)).toMatch(/ 3 {2}Bloeddruk +yes +NO +yes +yes\n/);
    expect(printZibTable(broken)).toContain('3 Bloeddruk: Observation/1 is not shown');
  });
});
