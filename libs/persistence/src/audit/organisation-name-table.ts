import { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** What partners of the transaction's organisation were called when they last showed a credential. */
export class OrganisationNameTable {
  constructor(private readonly tx: Transaction) {}

  async findNames(dids: Iterable<Did>): Promise<ReadonlyMap<Did, string>> {
    const rows = await this.tx.query<NameRow>('SELECT did, name FROM organisation_name WHERE organisation_id = $1 AND did = ANY ($2)', [this.tx.organisation, [...new Set(dids)]]);
    return toNames(rows);
  }

  async listNames(): Promise<ReadonlyMap<Did, string>> {
    return toNames(await this.tx.query<NameRow>('SELECT did, name FROM organisation_name WHERE organisation_id = $1 ORDER BY name, did', [this.tx.organisation]));
  }
}

interface NameRow {
  readonly did: string;
  readonly name: string;
}

function toNames(rows: readonly NameRow[]): ReadonlyMap<Did, string> {
  return new Map(rows.map(({ did, name }) => [Did.parse(did), name]));
}
