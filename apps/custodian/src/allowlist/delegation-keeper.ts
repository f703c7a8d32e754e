import { DELEGATION_MILLISECONDS, delegationInForce, tellRegisseur } from '@anw/authorization';
import { OutboxRelay } from '@anw/notifications';
import { AllowlistTable, CredentialStatusTable, Database, findOutdatedDelegations, type OrganisationDirectory, type OutdatedDelegation, OutboxTable } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { ORGANISATION_DIRECTORY, RepeatedTask, tellUnexpected } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { Allowlists } from './allowlists.js';

const INTERVAL_MILLISECONDS = 5_000;

/**
 * Lets delegations follow the clock: when a row begins or ends by itself, or a delegation grows old, it is renewed or
 * revoked within seconds and the regisseur is told (design D11). Changes that an operator makes do not wait for this.
 */
@Injectable()
export class DelegationKeeper implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;
  private readonly tell: (error: unknown) => void;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(ServiceLogger) logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tell = tellUnexpected(logger);
    this.task = new RepeatedTask({ work: () => this.keep(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: this.tell });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** One turn over all organisations; one that fails does not keep the others waiting. */
  async keep(): Promise<void> {
    const now = this.clock();
    const renewBefore = new Date(now.getTime() + DELEGATION_MILLISECONDS / 2);
    const outdated = await this.database.acrossOrganisations((tx) => findOutdatedDelegations(tx, now, renewBefore));
    for (const one of outdated) await this.renew(one, now).catch(this.tell);
    if (outdated.length > 0) this.relay.kick();
  }

  private async renew({ organisation: id, regisseur }: OutdatedDelegation, at: Date): Promise<void> {
    const organisation = await this.directory.findById(id);
    if (organisation === undefined) return;
    const issuer = await this.allowlists.delegationIssuer(organisation);
    await this.database.withOrganisation(id, async (tx) => {
      await delegationInForce(regisseur, at, issuer, { allowlist: new AllowlistTable(tx), register: new CredentialStatusTable(tx) });
      await tellRegisseur(regisseur, at, { signer: issuer.signer, outbox: new OutboxTable(tx) });
    });
  }
}
