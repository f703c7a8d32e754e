import type { ReceivedDelegation, ReceivedDelegationStore } from '@anw/triage';
import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { ReceivedDelegationEntity, type ReceivedDelegationRow } from './received-delegation-entity.js';

const Actors = z.array(Did);

/** Delegations given to the transaction's organisation, in PostgreSQL. */
export class ReceivedDelegationTable implements ReceivedDelegationStore {
  constructor(private readonly tx: Transaction) {}

  /** An answer that was overtaken on its way does not put an older delegation back. */
  async saveDelegation({ custodian, id, actors, maxAuthorizationSeconds, period, jwt, fetchedAt }: ReceivedDelegation): Promise<void> {
    await this.tx.query(
      `INSERT INTO received_delegation (organisation_id, custodian, id, actors, max_authorization_seconds, valid_from, valid_until, jwt, fetched_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (organisation_id, custodian) DO UPDATE SET id = EXCLUDED.id, actors = EXCLUDED.actors,
         max_authorization_seconds = EXCLUDED.max_authorization_seconds, valid_from = EXCLUDED.valid_from, valid_until = EXCLUDED.valid_until,
         jwt = EXCLUDED.jwt, fetched_at = EXCLUDED.fetched_at
       WHERE received_delegation.fetched_at <= EXCLUDED.fetched_at`,
      [this.tx.organisation, custodian, id, JSON.stringify(actors), maxAuthorizationSeconds, period.from, period.until, jwt, fetchedAt],
    );
  }

  async findDelegationOf(custodian: Did): Promise<ReceivedDelegation | undefined> {
    const row = await this.tx.manager.findOneBy(ReceivedDelegationEntity, { organisationId: this.tx.organisation, custodian });
    return row === null ? undefined : fromRow(row);
  }
}

function fromRow({ custodian, id, actors, maxAuthorizationSeconds, validFrom, validUntil, jwt, fetchedAt }: ReceivedDelegationRow): ReceivedDelegation {
  return {
    custodian: Did.parse(custodian),
    id: DidUrl.parse(id),
    actors: Actors.parse(actors),
    maxAuthorizationSeconds,
    period: { from: validFrom, until: validUntil },
    jwt,
    fetchedAt,
  };
}
