import { OrganisationId } from '@anw/values';
import type { QueryRunner } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { lockToOrganisation } from '../database/schema.js';

/** Which other regisseurs of the same service may see how busy the transaction's organisation is, in PostgreSQL. */
export class NightViewerTable {
  constructor(private readonly tx: Transaction) {}

  async addViewer(viewer: OrganisationId, at: Date): Promise<void> {
    await this.tx.query('INSERT INTO night_viewer (organisation_id, viewer, granted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [this.tx.organisation, viewer, at]);
  }

  /** Answers false when it was none. */
  async removeViewer(viewer: OrganisationId): Promise<boolean> {
    return (await this.tx.query('DELETE FROM night_viewer WHERE organisation_id = $1 AND viewer = $2 RETURNING 1', [this.tx.organisation, viewer])).length === 1;
  }

  async mayView(viewer: OrganisationId): Promise<boolean> {
    return (await this.tx.query('SELECT 1 FROM night_viewer WHERE organisation_id = $1 AND viewer = $2', [this.tx.organisation, viewer])).length === 1;
  }
}

/** Who may look over a regisseur's shoulder. */
export async function createNightViewerTables(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE TABLE night_viewer (organisation_id uuid NOT NULL, viewer uuid NOT NULL, granted_at timestamptz NOT NULL, PRIMARY KEY (organisation_id, viewer))');
  await lockToOrganisation(runner, 'night_viewer', ['SELECT', 'INSERT', 'DELETE']);
}
