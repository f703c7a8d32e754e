import type { PostcodeArea, PostcodeAreaStore } from '@anw/scheduling';
import type { Transaction } from '../database/database.js';

/** Postcode areas that the transaction's organisation knows, in PostgreSQL. */
export class PostcodeAreaTable implements PostcodeAreaStore {
  constructor(private readonly tx: Transaction) {}

  async replaceAreas(areas: readonly PostcodeArea[]): Promise<void> {
    await this.tx.query('DELETE FROM postcode_area WHERE organisation_id = $1', [this.tx.organisation]);
    await this.tx.query(
      `INSERT INTO postcode_area (organisation_id, area, latitude, longitude, district)
       SELECT $1, area, latitude, longitude, district FROM jsonb_to_recordset($2::jsonb) AS given (area text, latitude double precision, longitude double precision, district text)`,
      [this.tx.organisation, JSON.stringify(areas)],
    );
  }

  async findAreas(areas: readonly string[]): Promise<readonly PostcodeArea[]> {
    if (areas.length === 0) return [];
    const rows = await this.tx.query<AreaRow>('SELECT area, latitude, longitude, district FROM postcode_area WHERE organisation_id = $1 AND area = ANY($2)', [this.tx.organisation, areas]);
    return rows.map(({ area, latitude, longitude, district }) => ({ area, latitude, longitude, ...(district !== null && { district }) }));
  }

  async countAreas(): Promise<number> {
    const [row] = await this.tx.query<{ count: string }>('SELECT count(*) AS count FROM postcode_area WHERE organisation_id = $1', [this.tx.organisation]);
    return Number(row?.count ?? 0);
  }
}

interface AreaRow {
  readonly area: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly district: string | null;
}
