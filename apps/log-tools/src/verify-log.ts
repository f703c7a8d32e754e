import { type LogReport, verifyLog } from '@anw/audit';
import { LogChainTable } from '@anw/persistence';
import { auditSettings, readConfig, retainedSince } from '@anw/platform';
import { readFile } from 'node:fs/promises';
import { describeReport } from './describe-report.js';
import { readLogKeys } from './log-keys.js';
import { type OpenLog, openLog } from './open-log.js';
import { type ToolOptions, verifyUsage } from './parse-options.js';
import { runTool } from './run-tool.js';
import { ToolError } from './tool-error.js';

process.exitCode = await runTool(verifyUsage, async (options, print) => {
  const log = await openLog(options);
  try {
    const report = await verify(log, options);
    print(describeReport(log.organisation, report), toJson(log, report));
    return report.holds ? 0 : 1;
  } finally {
    await log.database.close();
  }
});

async function verify({ database, organisation }: OpenLog, { didDocumentFile, headFiles, ends }: ToolOptions): Promise<LogReport> {
  const { audit } = readConfig(process.env, { audit: auditSettings });
  const keptHeads = await Promise.all(headFiles.map(readHead));
  return database.withOrganisation(organisation.id, async (tx) => {
    // One view of the log from the first link to the last row, whatever is sealed meanwhile.
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const { keys, withdrawn } = await readLogKeys(tx, didDocumentFile);
    return verifyLog({
      organisation: organisation.id,
      did: organisation.did,
      chain: new LogChainTable(tx),
      keys,
      withdrawnKeys: withdrawn,
      keptHeads,
      keptEnds: ends,
      retainedSince: retainedSince(audit, new Date()),
    });
  });
}

async function readHead(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ToolError(`${file} cannot be read.`, { cause });
  });
  return text.trim();
}

function toJson({ organisation }: OpenLog, { confirmed, ...report }: LogReport): object {
  return { organisation: organisation.name, ...report, confirmed: { position: confirmed.position, through: confirmed.through, hash: Buffer.from(confirmed.hash).toString('base64url') } };
}
