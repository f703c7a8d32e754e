import type { Signers } from '@anw/identity';
import { Database, type OrganisationDirectory, sealLogs } from '@anw/persistence';
import { type AuditSettings, CLOCK, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { RepeatedTask } from '../housekeeping/repeated-task.js';
import { tellUnexpected } from '../housekeeping/tell-unexpected.js';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';
import { AUDIT_SETTINGS } from '../tokens.js';
import { signLogHeads } from './sign-log-heads.js';

const INTERVAL_MILLISECONDS = 1_000;
/** For transactions that hold rows to end; the next turn tries again. */
const PATIENCE_MILLISECONDS = 500;
const WARNING_MILLISECONDS = 60_000;

/** Seals the log about every second and signs its heads now and then, out of the way of whoever writes it (design D17). */
@Injectable()
export class LogKeeper implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;
  private readonly tell: (error: unknown) => void;
  private sealedThrough = 0;
  private sealedAt = 0;
  private lookedForHeadsAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tell = tellUnexpected(logger);
    this.task = new RepeatedTask({ work: () => this.keep(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: this.tell });
  }

  start(): void {
    this.sealedAt = performance.now();
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** One turn: everything that has settled is sealed, and signed where that is due. */
  async keep(): Promise<void> {
    await this.seal();
    await this.signHeads();
  }

  private async seal(): Promise<void> {
    const { outcome, through } = await sealLogs(this.database, { clock: this.clock, through: this.sealedThrough, patienceMilliseconds: PATIENCE_MILLISECONDS });
    this.sealedThrough = through;
    const now = performance.now();
    if (outcome !== 'unsettled') this.sealedAt = now;
    else if (now - this.sealedAt >= WARNING_MILLISECONDS) {
      this.logger.warn('the log has not been sealed for a minute: a transaction that holds rows of it does not end');
      this.sealedAt = now;
    }
  }

  /** Position and hash go to the ordinary log as well: what is known outside the database finds a chain that was cut off and made anew (docs/log.md). */
  private async signHeads(): Promise<void> {
    const now = performance.now();
    if (this.lookedForHeadsAt !== 0 && now - this.lookedForHeadsAt < (this.settings.headSeconds * 1000) / 10) return;
    this.lookedForHeadsAt = now;
    const { database, signers, clock, logger } = this;
    const heads = await signLogHeads(await this.directory.listOrganisations(), {
      database,
      signers,
      clock,
      headSeconds: this.settings.headSeconds,
      onError: (error) => this.tell(error),
    });
    for (const { organisation, end } of heads) {
      logger.info('log head signed', { organisation: organisation.name, position: end.position, hash: Buffer.from(end.hash).toString('base64url') });
    }
  }
}
