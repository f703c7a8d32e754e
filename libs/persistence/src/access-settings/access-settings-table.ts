import { AccessSettings, type AccessSettingsStore } from '@anw/authorization';
import type { Transaction } from '../database/database.js';

/** What the transaction's organisation demands of whoever asks it for a token, in PostgreSQL. */
export class AccessSettingsTable implements AccessSettingsStore {
  constructor(private readonly tx: Transaction) {}

  async findSettings(): Promise<AccessSettings | undefined> {
    const [row] = await this.tx.query<{ settings: unknown }>('SELECT settings FROM access_settings WHERE organisation_id = $1', [this.tx.organisation], 'find-access-settings');
    return row && AccessSettings.parse(row.settings);
  }

  async saveSettings(settings: AccessSettings, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO access_settings (organisation_id, settings, changed_at) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id) DO UPDATE SET settings = EXCLUDED.settings, changed_at = EXCLUDED.changed_at`,
      [this.tx.organisation, JSON.stringify(settings), at],
    );
  }
}
