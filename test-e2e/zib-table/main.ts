import { startTemporaryRegion } from '../support/temporary-region.js';
import { fillZibTable } from './fill-zib-table.js';
import { printZibTable } from './print-zib-table.js';
import { failedCells } from './zib-row.js';

process.exit(await showZibTable());

/** Starts a region, prints what holds of the 37 items of chapter 4, and stops it. Resolves to the exit code. */
async function showZibTable(): Promise<number> {
  process.stdout.write('Starting a region…\n');
  const region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  try {
    const rows = await fillZibTable(region);
    process.stdout.write(`${printZibTable(rows)}\n`);
    return rows.some((row) => failedCells(row).length > 0) ? 1 : 0;
  } finally {
    await region.stop();
  }
}
