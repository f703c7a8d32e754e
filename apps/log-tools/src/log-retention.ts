import { countExpiredRows } from '@anw/persistence';
import { auditSettings, readConfig, retainedSince } from '@anw/platform';
import { openLog } from './open-log.js';
import { retentionUsage } from './parse-options.js';
import { runTool } from './run-tool.js';

process.exitCode = await runTool(retentionUsage, async (options, print) => {
  const { audit } = readConfig(process.env, { audit: auditSettings });
  const { organisation, database } = await openLog(options);
  try {
    const before = retainedSince(audit, new Date());
    const years = await database.withOrganisation(organisation.id, (tx) => countExpiredRows(tx, before));
    const total = years.reduce((sum, { rows }) => sum + rows, 0);
    print(
      [
        `The log of ${organisation.displayName} (${organisation.name}) is kept for ${audit.retentionYears} years.`,
        total === 0 ? `No row is from before ${day(before)}: nothing could go.` : `${total} rows are from before ${day(before)} and could go; none was deleted:`,
        ...years.map(({ year, rows }) => `  ${year}: ${rows}`),
      ],
      { organisation: organisation.name, retentionYears: audit.retentionYears, before: before.toISOString(), rows: total, years },
    );
    return 0;
  } finally {
    await database.close();
  }
});

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
