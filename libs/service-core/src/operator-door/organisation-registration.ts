import { type Organisation, OrganisationConflictError, type OrganisationIdentities } from '@anw/identity';
import { JetStreamTransport } from '@anw/jetstream';
import { AuditLogTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, type NewOrganisation, OrganisationAdministration } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';

/** Adds organisations to this service: DID and key by the agent, a consumer on the bus, a row in the log. */
@Injectable()
export class OrganisationRegistration extends OrganisationAdministration {
  constructor(
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(JetStreamTransport) private readonly transport: JetStreamTransport,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async add(facts: NewOrganisation): Promise<Organisation | 'differs'> {
    const known = await this.directory.findByName(facts.name);
    const organisation = await this.create(facts);
    if (organisation === 'differs') return 'differs';
    if (known === undefined) await this.log(organisation);
    this.transport.serve(organisation);
    return organisation;
  }

  list(): Promise<readonly Organisation[]> {
    return this.directory.listOrganisations();
  }

  private async create(facts: NewOrganisation): Promise<Organisation | 'differs'> {
    try {
      return await this.identities.createOrganisation(facts);
    } catch (error) {
      if (error instanceof OrganisationConflictError) return 'differs';
      throw error;
    }
  }

  private async log(organisation: Organisation): Promise<void> {
    await this.database.withOrganisation(organisation.id, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name: 'organisation.added', outcome: 'success', at: this.clock(), actor: organisation.did }),
    );
  }
}
