import { AuthorizationContext, type ReceivedAuthorization, type ReceivedAuthorizationStore, type WithdrawalReason } from '@anw/authorization';
import { parseCredential, readStoredAuthorizationCredential } from '@anw/credentials';
import { DidUrl, type EmployeeIdentifier } from '@anw/values';
import type { Transaction } from '../database/database.js';

interface Row {
  readonly jwt: string;
  readonly context: unknown;
  readonly offer: string;
  readonly received_at: Date;
  readonly opened_at: Date | null;
  readonly continues: string | null;
}

const held = 'SELECT jwt, context, offer, received_at, opened_at, continues FROM received_authorization WHERE organisation_id = $1 AND withdrawn_at IS NULL';

/** Received authorizations of the transaction's organisation, in PostgreSQL. */
export class ReceivedAuthorizationTable implements ReceivedAuthorizationStore {
  constructor(private readonly tx: Transaction) {}

  async addReceived({ credential, jwt, context, offer, receivedAt, continues }: ReceivedAuthorization): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO received_authorization (organisation_id, authorization_id, practitioner, valid_from, valid_until, offer, jwt, context, received_at, continues)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING authorization_id`,
      [this.tx.organisation, credential.id, credential.practitioner ?? null, credential.period.from, credential.period.until, offer, jwt, JSON.stringify(context), receivedAt, continues ?? null],
      'add-received-authorization',
    );
    return rows.length === 1;
  }

  async renewReceived({ credential: { id }, jwt }: Pick<ReceivedAuthorization, 'credential' | 'jwt'>): Promise<boolean> {
    const rows = await this.tx.query(
      'UPDATE received_authorization SET jwt = $3 WHERE organisation_id = $1 AND authorization_id = $2 AND withdrawn_at IS NULL AND jwt <> $3 RETURNING authorization_id',
      [this.tx.organisation, id, jwt],
    );
    return rows.length === 1;
  }

  async findReceived(id: DidUrl): Promise<ReceivedAuthorization | undefined> {
    const [row] = await this.tx.query<Row>(`${held} AND authorization_id = $2`, [this.tx.organisation, id], 'find-received-authorization');
    return row && fromRow(row);
  }

  async findVisit(visit: DidUrl): Promise<readonly ReceivedAuthorization[]> {
    const rows = await this.tx.query<Row>(`${held} AND (authorization_id = $2 OR continues = $2) ORDER BY valid_until`, [this.tx.organisation, visit], 'find-visit');
    return rows.map(fromRow);
  }

  async holdOfCareRequest(careRequest: string): Promise<readonly ReceivedAuthorization[]> {
    const rows = await this.tx.query<Row>(`${held} AND context->>'careRequest' = $2 FOR SHARE`, [this.tx.organisation, careRequest], 'hold-of-care-request');
    return rows.map(fromRow);
  }

  async lockVisit(visit: DidUrl): Promise<void> {
    await this.tx.query('SELECT 1 FROM received_authorization WHERE organisation_id = $1 AND (authorization_id = $2 OR continues = $2) AND withdrawn_at IS NULL ORDER BY authorization_id FOR UPDATE', [this.tx.organisation, visit]);
  }

  async holdReceived(id: DidUrl): Promise<boolean> {
    const rows = await this.tx.query('SELECT 1 FROM received_authorization WHERE organisation_id = $1 AND authorization_id = $2 AND withdrawn_at IS NULL FOR SHARE', [this.tx.organisation, id], 'hold-received-authorization');
    return rows.length === 1;
  }

  async listReceivedFor(practitioner: EmployeeIdentifier): Promise<readonly ReceivedAuthorization[]> {
    const rows = await this.tx.query<Row>(
      `${held} AND (practitioner IS NULL OR practitioner = $2) ORDER BY received_at DESC, authorization_id LIMIT 200`,
      [this.tx.organisation, practitioner],
      'list-received-authorizations',
    );
    return rows.map(fromRow);
  }

  async markOpened(id: DidUrl, at: Date): Promise<boolean> {
    const rows = await this.tx.query(
      `UPDATE received_authorization SET opened_at = $3
       WHERE organisation_id = $1 AND authorization_id = $2 AND withdrawn_at IS NULL AND opened_at IS NULL RETURNING authorization_id`,
      [this.tx.organisation, id, at],
    );
    return rows.length === 1;
  }

  async withdraw(id: DidUrl, reason: WithdrawalReason, at: Date): Promise<boolean> {
    const rows = await this.tx.query<{ held: boolean }>(
      `WITH before AS (SELECT withdrawn_at IS NULL AS held FROM received_authorization WHERE organisation_id = $1 AND authorization_id = $2),
            wiped AS (
              INSERT INTO received_authorization (organisation_id, authorization_id, withdrawn_at, withdrawal) VALUES ($1, $2, $3, $4)
              ON CONFLICT (organisation_id, authorization_id) DO UPDATE
                SET withdrawn_at = EXCLUDED.withdrawn_at, withdrawal = EXCLUDED.withdrawal, jwt = NULL, context = NULL, practitioner = NULL, offer = NULL, continues = NULL
                WHERE received_authorization.withdrawn_at IS NULL)
       SELECT held FROM before`,
      [this.tx.organisation, id, at, reason],
    );
    return rows[0]?.held === true;
  }

  async listOver(at: Date): Promise<readonly DidUrl[]> {
    const rows = await this.tx.query<{ authorization_id: string }>(
      'SELECT authorization_id FROM received_authorization WHERE organisation_id = $1 AND withdrawn_at IS NULL AND valid_until <= $2 LIMIT 500',
      [this.tx.organisation, at],
    );
    return rows.map((row) => DidUrl.parse(row.authorization_id));
  }
}

/** Only verified credentials are ever added, so the form is read again here and not the signature. */
function fromRow(row: Row): ReceivedAuthorization {
  return {
    credential: readStoredAuthorizationCredential(parseCredential(row.jwt)),
    jwt: row.jwt,
    context: AuthorizationContext.parse(row.context),
    offer: row.offer,
    receivedAt: row.received_at,
    ...(row.opened_at && { openedAt: row.opened_at }),
    ...(row.continues !== null && { continues: DidUrl.parse(row.continues) }),
  };
}
