import type { AllowlistRow, AllowlistStore, IssuedDelegation } from '@anw/authorization';
import { Did, DidUrl } from '@anw/values';
import { IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { AllowlistRowEntity, type AllowlistRowRecord, DelegationEntity, type DelegationRecord } from './allowlist-entities.js';

const Actors = z.array(Did);

/** Allowlist of the transaction's organisation, in PostgreSQL. */
export class AllowlistTable implements AllowlistStore {
  constructor(private readonly tx: Transaction) {}

  /** A lock of the transaction: there may be no row yet to lock. */
  async holdRegisseur(regisseur: Did): Promise<void> {
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`allowlist ${this.tx.organisation} ${regisseur}`]);
  }

  async addRow({ id, regisseur, actor, period }: AllowlistRow): Promise<void> {
    await this.tx.manager.insert(AllowlistRowEntity, { organisationId: this.tx.organisation, id, regisseur, actor, validFrom: period.from, validUntil: period.until });
  }

  async findRowById(id: string): Promise<AllowlistRow | undefined> {
    const row = await this.tx.manager.findOneBy(AllowlistRowEntity, { organisationId: this.tx.organisation, id });
    return row === null ? undefined : toRow(row);
  }

  async endRow(id: string, at: Date): Promise<boolean> {
    const { affected } = await this.tx.manager.update(AllowlistRowEntity, { organisationId: this.tx.organisation, id, validUntil: MoreThan(at) }, { validUntil: at });
    return affected === 1;
  }

  async listRows(): Promise<readonly AllowlistRow[]> {
    return this.listWhere({});
  }

  async listRowsOf(regisseur: Did): Promise<readonly AllowlistRow[]> {
    return this.listWhere({ regisseur });
  }

  async findRow(regisseur: Did, actor: Did, at: Date): Promise<AllowlistRow | undefined> {
    const row = await this.tx.manager.findOneBy(AllowlistRowEntity, {
      organisationId: this.tx.organisation,
      regisseur,
      actor,
      validFrom: LessThanOrEqual(at),
      validUntil: MoreThan(at),
    });
    return row === null ? undefined : toRow(row);
  }

  async addDelegation({ id, regisseur, actors, period, maxAuthorizationSeconds, revokedAt, jwt }: IssuedDelegation): Promise<void> {
    await this.tx.manager.insert(DelegationEntity, {
      organisationId: this.tx.organisation,
      id,
      regisseur,
      actors,
      validFrom: period.from,
      validUntil: period.until,
      maxAuthorizationSeconds,
      revokedAt: revokedAt ?? null,
      jwt,
    });
  }

  async findDelegation(id: DidUrl): Promise<IssuedDelegation | undefined> {
    const row = await this.tx.manager.findOneBy(DelegationEntity, { organisationId: this.tx.organisation, id });
    return row === null ? undefined : toDelegation(row);
  }

  async currentDelegation(regisseur: Did, at: Date): Promise<IssuedDelegation | undefined> {
    const row = await this.tx.manager.findOne(DelegationEntity, {
      where: { organisationId: this.tx.organisation, regisseur, revokedAt: IsNull(), validFrom: LessThanOrEqual(at), validUntil: MoreThan(at) },
      order: { sequence: 'DESC' },
    });
    return row === null ? undefined : toDelegation(row);
  }

  async revokeDelegations(regisseur: Did, at: Date): Promise<readonly DidUrl[]> {
    const standing = await this.tx.manager.findBy(DelegationEntity, { organisationId: this.tx.organisation, regisseur, revokedAt: IsNull() });
    await this.tx.manager.update(DelegationEntity, { organisationId: this.tx.organisation, regisseur, revokedAt: IsNull() }, { revokedAt: at });
    return standing.map(({ id }) => DidUrl.parse(id));
  }

  private async listWhere(which: { readonly regisseur?: Did }): Promise<readonly AllowlistRow[]> {
    const rows = await this.tx.manager.find(AllowlistRowEntity, { where: { organisationId: this.tx.organisation, ...which }, order: { validFrom: 'ASC', id: 'ASC' } });
    return rows.map(toRow);
  }
}

function toRow({ id, regisseur, actor, validFrom, validUntil }: AllowlistRowRecord): AllowlistRow {
  return { id, regisseur: Did.parse(regisseur), actor: Did.parse(actor), period: { from: validFrom, until: validUntil } };
}

function toDelegation({ id, regisseur, actors, validFrom, validUntil, maxAuthorizationSeconds, revokedAt, jwt }: DelegationRecord): IssuedDelegation {
  return {
    id: DidUrl.parse(id),
    regisseur: Did.parse(regisseur),
    actors: Actors.parse(actors),
    period: { from: validFrom, until: validUntil },
    maxAuthorizationSeconds,
    ...(revokedAt !== null && { revokedAt }),
    jwt,
  };
}
