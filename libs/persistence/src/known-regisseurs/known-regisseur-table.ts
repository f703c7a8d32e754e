import type { KnownRegisseur, KnownRegisseurStore } from '@anw/scheduling';
import { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** The regisseurs that the transaction's organisation works for, in PostgreSQL. */
export class KnownRegisseurTable implements KnownRegisseurStore {
  constructor(private readonly tx: Transaction) {}

  async saveRegisseur({ did, name, telephone }: KnownRegisseur): Promise<void> {
    await this.tx.query(
      `INSERT INTO known_regisseur (organisation_id, did, name, telephone) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, did) DO UPDATE SET name = EXCLUDED.name, telephone = EXCLUDED.telephone`,
      [this.tx.organisation, did, name, telephone ?? null],
    );
  }

  async removeRegisseur(did: Did): Promise<boolean> {
    const removed = await this.tx.query('DELETE FROM known_regisseur WHERE organisation_id = $1 AND did = $2 RETURNING did', [this.tx.organisation, did]);
    return removed.length === 1;
  }

  async isKnown(did: Did): Promise<boolean> {
    const found = await this.tx.query('SELECT 1 FROM known_regisseur WHERE organisation_id = $1 AND did = $2', [this.tx.organisation, did]);
    return found.length === 1;
  }

  async listRegisseurs(): Promise<readonly KnownRegisseur[]> {
    const rows = await this.tx.query<Row>('SELECT did, name, telephone FROM known_regisseur WHERE organisation_id = $1 ORDER BY name, did', [this.tx.organisation]);
    return rows.map(fromRow);
  }

  async findRegisseur(did: Did): Promise<KnownRegisseur | undefined> {
    const [row] = await this.tx.query<Row>('SELECT did, name, telephone FROM known_regisseur WHERE organisation_id = $1 AND did = $2', [this.tx.organisation, did]);
    return row && fromRow(row);
  }
}

interface Row {
  readonly did: string;
  readonly name: string;
  readonly telephone: string | null;
}

function fromRow({ did, name, telephone }: Row): KnownRegisseur {
  return { did: Did.parse(did), name, ...(telephone !== null && { telephone }) };
}
