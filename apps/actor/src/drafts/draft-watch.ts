import type { UndeliveredDraft } from '@anw/fhir';
import { Database, forgetUndeliveredDrafts, raiseSignal, takeEndingDrafts, takeUntoldDrafts } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { RepeatedTask, tellUnexpected } from '@anw/service-core';
import { type Clock, fragmentOf, type OrganisationId } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { WARNING_MINUTES } from './draft-views.js';

const INTERVAL_MILLISECONDS = 5_000;
const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 24 * 60 * MINUTE_MILLISECONDS;

/** Whose client it was is kept this long for a nurse who does not come to see it. */
const INITIALS_DAYS = 7;
/** That something did not arrive is kept this long after an application manager took note of it. */
const ACKNOWLEDGED_DAYS = 30;

/** Tells nurses of drafts whose authorization is about to end, and the application manager of those that ended unsent. */
@Injectable()
export class DraftWatch implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {
    this.task = new RepeatedTask({ work: () => this.look(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: tellUnexpected(logger) });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  async look(): Promise<void> {
    const now = this.clock();
    const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
    await this.database.acrossOrganisations(async (tx) => {
      for (const ending of await takeEndingDrafts(tx, { endsBefore: new Date(now.getTime() + WARNING_MINUTES * MINUTE_MILLISECONDS), now })) await raiseSignal(tx, 'draft', ending);
      // Within the transaction: a line that is written twice is better than one that never was.
      for (const draft of await takeUntoldDrafts(tx, now)) this.tell(draft);
      await forgetUndeliveredDrafts(tx, { initialsBefore: before(INITIALS_DAYS * DAY_MILLISECONDS), acknowledgedBefore: before(ACKNOWLEDGED_DAYS * DAY_MILLISECONDS) });
    });
  }

  private tell({ organisation, id, practitioner, authorization, kind, savedAt, reason, mayHaveArrived, lastFailure }: UndeliveredDraft & { readonly organisation: OrganisationId }): void {
    this.logger.warn('what a nurse wrote was not in the custodian’s record when its authorization ended', {
      organisation,
      draft: id,
      practitioner,
      visit: fragmentOf(authorization),
      kind,
      since: savedAt.toISOString(),
      reason,
      mayHaveArrived,
      lastFailure,
    });
  }
}
