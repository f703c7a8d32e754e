import type { Organisation, Signer, Signers } from '@anw/identity';
import { Database, type OrganisationDirectory } from '@anw/persistence';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '@anw/service-core';
import type { OrganisationId, OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { type RegisseurStores, regisseurStores } from '../regisseur-stores.js';

/** One regisseur of this service, at work: who it is, what it signs with, and its own tables. */
export interface Regisseur {
  readonly organisation: Organisation;
  signer(): Promise<Signer>;
  transaction<T>(work: (stores: RegisseurStores) => Promise<T>): Promise<T>;
}

/** The regisseurs that this service acts for. */
@Injectable()
export class Regisseurs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
  ) {}

  async findById(id: OrganisationId): Promise<Regisseur | undefined> {
    return this.atWork(await this.directory.findById(id));
  }

  async findByName(name: OrganisationName): Promise<Regisseur | undefined> {
    return this.atWork(await this.directory.findByName(name));
  }

  async listAll(): Promise<readonly Regisseur[]> {
    return (await this.directory.listOrganisations()).map((organisation) => this.workFor(organisation));
  }

  private atWork(organisation: Organisation | undefined): Regisseur | undefined {
    return organisation && this.workFor(organisation);
  }

  private workFor(organisation: Organisation): Regisseur {
    return {
      organisation,
      signer: () => this.signers.signerFor(organisation.did),
      transaction: (work) => this.database.withOrganisation(organisation.id, (tx) => work(regisseurStores(tx))),
    };
  }
}
