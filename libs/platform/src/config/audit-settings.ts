import { z } from 'zod';
import type { Settings } from './read-config.js';
import { positiveInteger } from './setting-types.js';

/** NEN 7513 leaves the period to the organisation; less than this is not customary in Dutch care. */
const SHORTEST_RETENTION_YEARS = 5;

/** A refusal of one night is asked about within weeks. */
const SHORTEST_DECISION_RETENTION_DAYS = 30;

const schema = z
  .object({
    AUDIT_RETENTION_YEARS: positiveInteger.min(SHORTEST_RETENTION_YEARS, `must be at least ${SHORTEST_RETENTION_YEARS}`).default(20),
    AUDIT_HEAD_SECONDS: positiveInteger.default(300),
    DECISION_RETENTION_DAYS: positiveInteger.min(SHORTEST_DECISION_RETENTION_DAYS, `must be at least ${SHORTEST_DECISION_RETENTION_DAYS}`).default(365),
  })
  .transform((environment) => ({
    /** No row of the NEN 7513 log may go before it is this old; no program of ours takes one out at all. */
    retentionYears: environment.AUDIT_RETENTION_YEARS,
    /** Between two signed heads of an organisation's log, when there is something new. */
    headSeconds: environment.AUDIT_HEAD_SECONDS,
    /** How long the record behind a refusal can be asked for; the log keeps its reason for as long as the rest. */
    decisionRetentionDays: environment.DECISION_RETENTION_DAYS,
  }));

export type AuditSettings = z.infer<typeof schema>;

export const auditSettings: Settings<AuditSettings> = { schema };

/** Rows that happened before this moment are past their period of retention. */
export function retainedSince({ retentionYears }: Pick<AuditSettings, 'retentionYears'>, now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - retentionYears);
  return since;
}
