import type { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** How often regisseurs search the patients of the transaction's organisation, in PostgreSQL: one count over all replicas, by the clock of the database. */
export class PatientSearchCountTable {
  constructor(private readonly tx: Transaction) {}

  /** Counts one search. Answers how many this regisseur did in the running minute, and how many seconds are left of it. */
  async countSearch(regisseur: Did): Promise<{ readonly searches: number; readonly secondsLeft: number }> {
    const [counted] = await this.tx.query<{ searches: number; seconds_left: number }>(countSearch, [this.tx.organisation, regisseur], 'count-patient-search');
    return { searches: counted!.searches, secondsLeft: counted!.seconds_left };
  }
}

const countSearch = `
  INSERT INTO patient_search_count AS c (organisation_id, regisseur, minute, searches) VALUES ($1, $2, date_trunc('minute', clock_timestamp()), 1)
  ON CONFLICT (organisation_id, regisseur) DO UPDATE SET
    searches = CASE WHEN c.minute < EXCLUDED.minute THEN 1 ELSE c.searches + 1 END,
    minute = GREATEST(c.minute, EXCLUDED.minute)
  RETURNING searches, GREATEST(1, ceil(extract(epoch FROM minute + interval '1 minute' - clock_timestamp())))::integer AS seconds_left`;
