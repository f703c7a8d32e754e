import type { TriageSystem } from '@anw/triage';
import type { Transaction } from '../database/database.js';
import type { Sealing } from '../sealing/sealing.js';

export interface ListedTriageSystem extends TriageSystem {
  readonly webhookUrl?: string;
}

/** Triage systems that the transaction's organisation lets in, and their access tokens, in PostgreSQL; the secret of a webhook is encrypted. */
export class TriageSystemTable {
  constructor(
    private readonly tx: Transaction,
    private readonly sealing: Sealing,
  ) {}

  /** Answers false when that id is taken. */
  async addSystem({ id, name, secretHash, createdAt }: TriageSystem, webhook: { readonly url: string; readonly secret: string } | undefined): Promise<boolean> {
    const sealed = webhook && this.sealing.seal(webhook.secret, contextOf(id));
    const rows = await this.tx.query(
      `INSERT INTO triage_system (organisation_id, id, name, secret_hash, created_at, webhook_url, encryption_key_id, sealed_secret) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT DO NOTHING RETURNING id`,
      [this.tx.organisation, id, name, secretHash, createdAt, webhook?.url ?? null, sealed?.encryptionKeyId ?? null, sealed === undefined ? null : Buffer.from(sealed.sealed)],
    );
    return rows.length === 1;
  }

  async findSystem(id: string): Promise<ListedTriageSystem | undefined> {
    const [row] = await this.tx.query<SystemRow>('SELECT * FROM triage_system WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id]);
    return row && fromRow(row);
  }

  async listSystems(): Promise<readonly ListedTriageSystem[]> {
    return (await this.tx.query<SystemRow>('SELECT * FROM triage_system WHERE organisation_id = $1 ORDER BY id', [this.tx.organisation])).map(fromRow);
  }

  /** Its tokens are worth nothing from then on; what it asked for stays. Answers false when it is not known. */
  async removeSystem(id: string): Promise<boolean> {
    return (await this.tx.query('DELETE FROM triage_system WHERE organisation_id = $1 AND id = $2 RETURNING 1', [this.tx.organisation, id])).length === 1;
  }

  /** With the secret, for whoever sends. */
  async openWebhook(id: string): Promise<{ readonly url: string; readonly secret: string } | undefined> {
    const [row] = await this.tx.query<SystemRow>('SELECT * FROM triage_system WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id]);
    if (row === undefined || row.webhook_url === null || row.sealed_secret === null || row.encryption_key_id === null) return undefined;
    return { url: row.webhook_url, secret: this.sealing.open({ encryptionKeyId: row.encryption_key_id, sealed: row.sealed_secret }, contextOf(id)) };
  }

  /** Seals with the current key what a previous one still holds. */
  async resealSecrets(): Promise<void> {
    for (const row of await this.tx.query<SystemRow>('SELECT * FROM triage_system WHERE organisation_id = $1 AND sealed_secret IS NOT NULL FOR UPDATE', [this.tx.organisation])) {
      const stored = { encryptionKeyId: row.encryption_key_id ?? '', sealed: row.sealed_secret ?? Buffer.alloc(0) };
      if (!this.sealing.isOutdated(stored)) continue;
      const { encryptionKeyId, sealed } = this.sealing.seal(this.sealing.open(stored, contextOf(row.id)), contextOf(row.id));
      await this.tx.query('UPDATE triage_system SET encryption_key_id = $3, sealed_secret = $4 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, row.id, encryptionKeyId, Buffer.from(sealed)]);
    }
  }

  /** Expired tokens of the same system are forgotten on the way. */
  async addToken(token: { readonly hash: string; readonly system: string; readonly expiresAt: Date }, now: Date): Promise<void> {
    await this.tx.query('DELETE FROM triage_token WHERE organisation_id = $1 AND system = $2 AND expires_at <= $3', [this.tx.organisation, token.system, now]);
    await this.tx.query('INSERT INTO triage_token (organisation_id, hash, system, expires_at) VALUES ($1, $2, $3, $4)', [this.tx.organisation, token.hash, token.system, token.expiresAt]);
  }

  /** The system that holds the token, as long as it lasts. */
  async findSystemOfToken(hash: string, now: Date): Promise<ListedTriageSystem | undefined> {
    const [row] = await this.tx.query<SystemRow>(
      'SELECT s.* FROM triage_token t JOIN triage_system s ON s.organisation_id = t.organisation_id AND s.id = t.system WHERE t.organisation_id = $1 AND t.hash = $2 AND t.expires_at > $3',
      [this.tx.organisation, hash, now],
    );
    return row && fromRow(row);
  }
}

interface SystemRow {
  readonly id: string;
  readonly name: string;
  readonly secret_hash: string;
  readonly created_at: Date;
  readonly webhook_url: string | null;
  readonly encryption_key_id: string | null;
  readonly sealed_secret: Buffer | null;
}

function fromRow({ id, name, secret_hash, created_at, webhook_url }: SystemRow): ListedTriageSystem {
  return { id, name, secretHash: secret_hash, createdAt: created_at, ...(webhook_url !== null && { webhookUrl: webhook_url }) };
}

function contextOf(id: string): string {
  return `triage system webhook ${id}`;
}
