import type { DossierLook } from '@anw/fhir';
import type { DidUrl, EmployeeIdentifier } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** When nurses looked into dossiers, in PostgreSQL: instants alone, for as long as the authorization lasts. */
export class DossierLookTable {
  constructor(private readonly tx: Transaction) {}

  async findLook(authorization: DidUrl, practitioner: EmployeeIdentifier): Promise<DossierLook | undefined> {
    const [row] = await this.tx.query<{ since: Date | null; looked_at: Date }>(
      'SELECT since, looked_at FROM dossier_look WHERE organisation_id = $1 AND authorization_id = $2 AND practitioner = $3',
      [this.tx.organisation, authorization, practitioner],
    );
    return row && { lookedAt: row.looked_at, ...(row.since && { since: row.since }) };
  }

  /** Of two at once the later one stays. */
  async saveLook(authorization: DidUrl, practitioner: EmployeeIdentifier, { since, lookedAt }: DossierLook): Promise<void> {
    await this.tx.query(
      `INSERT INTO dossier_look (organisation_id, authorization_id, practitioner, since, looked_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, authorization_id, practitioner) DO UPDATE SET since = EXCLUDED.since, looked_at = EXCLUDED.looked_at
         WHERE dossier_look.looked_at < EXCLUDED.looked_at`,
      [this.tx.organisation, authorization, practitioner, since ?? null, lookedAt],
    );
  }

  /** The authorization is over. */
  async deleteLooks(authorization: DidUrl): Promise<void> {
    await this.tx.query('DELETE FROM dossier_look WHERE organisation_id = $1 AND authorization_id = $2', [this.tx.organisation, authorization]);
  }
}
