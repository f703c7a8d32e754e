import { AccessSettings, type AccessSettingsStore, defaultAccessSettings } from '@anw/authorization';
import type { Transaction } from '../database/database.js';

/** What the transaction's organisation demands of whoever asks it for a token, in PostgreSQL. */
export class AccessSettingsTable implements AccessSettingsStore {
  constructor(private readonly tx: Transaction) {}

  async findSettings(): Promise<AccessSettings | undefined> {
    const [row] = await this.tx.query<{ settings: unknown }>('SELECT settings FROM access_settings WHERE organisation_id = $1', [this.tx.organisation], 'find-access-settings');
    return row && AccessSettings.parse(row.settings);
  }

  /** The defaults as long as nobody has set any. */
  async settings(): Promise<AccessSettings> {
    return (await this.findSettings()) ?? defaultAccessSettings;
  }

  /** Until the transaction ends nobody else changes them. There may be no row yet to lock. */
  async holdSettings(): Promise<void> {
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`access settings ${this.tx.organisation}`]);
  }

  async saveSettings(settings: AccessSettings, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO access_settings (organisation_id, settings, changed_at) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id) DO UPDATE SET settings = EXCLUDED.settings, changed_at = EXCLUDED.changed_at`,
      [this.tx.organisation, JSON.stringify(settings), at],
    );
  }
}
