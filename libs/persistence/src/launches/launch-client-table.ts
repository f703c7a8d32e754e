import { z } from 'zod';
import type { Transaction } from '../database/database.js';

/** A care record system that may open the pages of the transaction's organisation within its own. */
export interface LaunchClient {
  /** uuid: by which it says who it is. */
  readonly id: string;
  readonly name: string;
  /** hex SHA-256 of its secret. */
  readonly secretHash: string;
  /** Of its pages: the only ones that may show ours in a frame. */
  readonly origins: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly secret_hash: string;
  readonly origins: unknown;
  readonly created_at: Date;
  readonly created_by: string;
}

const columns = 'id, name, secret_hash, origins, created_at, created_by';

export class LaunchClientTable {
  constructor(private readonly tx: Transaction) {}

  async addClient({ id, name, secretHash, origins, createdAt, createdBy }: LaunchClient): Promise<void> {
    await this.tx.query(`INSERT INTO launch_client (organisation_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [this.tx.organisation, id, name, secretHash, JSON.stringify(origins), createdAt, createdBy]);
  }

  async findClient(id: string): Promise<LaunchClient | undefined> {
    const [row] = await this.tx.query<Row>(`SELECT ${columns} FROM launch_client WHERE organisation_id = $1 AND id = $2`, [this.tx.organisation, id], 'launch-client-find');
    return row && fromRow(row);
  }

  /** By name. */
  async listClients(): Promise<readonly LaunchClient[]> {
    return (await this.tx.query<Row>(`SELECT ${columns} FROM launch_client WHERE organisation_id = $1 ORDER BY name, id`, [this.tx.organisation], 'launch-client-list')).map(fromRow);
  }

  /** Codes that it was given and did not use go along. Whether there was one. */
  async removeClient(id: string): Promise<boolean> {
    return (await this.tx.query('DELETE FROM launch_client WHERE organisation_id = $1 AND id = $2 RETURNING 1', [this.tx.organisation, id])).length === 1;
  }
}

function fromRow({ id, name, secret_hash, origins, created_at, created_by }: Row): LaunchClient {
  return { id, name, secretHash: secret_hash, origins: z.array(z.string()).parse(origins), createdAt: created_at, createdBy: created_by };
}
