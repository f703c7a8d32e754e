import { Database } from '@anw/persistence';
import { type AuditSettings, CLOCK, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { AUDIT_SETTINGS } from '../tokens.js';
import { forgetWhatIsOver } from './forget-what-is-over.js';
import { RepeatedTask } from './repeated-task.js';
import { tellUnexpected } from './tell-unexpected.js';

const INTERVAL_MILLISECONDS = 5 * 60 * 1000;

/** Keeps the tables of a service from growing with what is over. */
@Injectable()
export class Housekeeping extends RepeatedTask {
  constructor(@Inject(Database) database: Database, @Inject(AUDIT_SETTINGS) { decisionRetentionDays }: AuditSettings, @Inject(CLOCK) clock: Clock, @Inject(ServiceLogger) logger: ServiceLogger) {
    super({
      work: () => database.acrossOrganisations((tx) => forgetWhatIsOver(tx, { now: clock(), decisionRetentionDays })),
      intervalMilliseconds: INTERVAL_MILLISECONDS,
      random: Math.random,
      onError: tellUnexpected(logger),
    });
  }
}
