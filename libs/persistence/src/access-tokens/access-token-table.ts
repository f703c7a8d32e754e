import { type AccessToken, type AccessTokenStore, authorizationOf, standingQuestionOf, type StandingToken } from '@anw/authorization';
import type { SystemTransaction, UnwaitingTransaction } from '../database/database.js';
import { readStanding, standingColumns, standingJoins, type StandingRow } from './standing-query.js';
import { readStoredFacts } from './stored-facts.js';

/** Access tokens of the transaction's organisation, in PostgreSQL. */
export class AccessTokenTable implements AccessTokenStore {
  constructor(private readonly tx: UnwaitingTransaction) {}

  async saveToken(token: AccessToken): Promise<void> {
    const authorization = token.facts.kind === 'patient-access' ? authorizationOf(token.facts) : undefined;
    await this.tx.query(
      `INSERT INTO access_token (organisation_id, hash, scope, issued_at, expires_at, certificate_thumbprint, jkt, decision, facts,
         regisseur, actor, authorization_id, delegation, handle)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        this.tx.organisation,
        token.hash,
        token.scope,
        token.issuedAt,
        token.expiresAt,
        token.certificateThumbprint,
        token.jkt,
        token.decision,
        JSON.stringify(token.facts),
        authorization?.regisseur,
        authorization?.actor,
        authorization?.id,
        authorization?.delegation,
        authorization?.handle,
      ],
      'save-token',
    );
  }

  async findToken(hash: string): Promise<AccessToken | undefined> {
    const [row] = await this.tx.query<TokenRow>(`SELECT ${tokenColumns} FROM access_token t WHERE t.organisation_id = $1 AND t.hash = $2`, [this.tx.organisation, hash], 'find-token');
    return row && toToken(row);
  }

  async findStandingToken(hash: string, at: Date): Promise<StandingToken | undefined> {
    const [row] = await this.tx.query<TokenRow & StandingRow>(findStandingToken, [this.tx.organisation, hash, at], 'find-standing-token');
    if (row === undefined) return undefined;
    const token = toToken(row);
    if (token.facts.kind !== 'patient-access') return token;
    return { ...token, standing: readStanding(row, standingQuestionOf(authorizationOf(token.facts), at)) };
  }

  async spendToken(hash: string): Promise<boolean> {
    const spent = await this.tx.query('DELETE FROM access_token WHERE organisation_id = $1 AND hash = $2 RETURNING 1', [this.tx.organisation, hash], 'spend-token');
    return spent.length === 1;
  }

  async deleteExpired(before: Date): Promise<number> {
    const deleted = await this.tx.query('DELETE FROM access_token WHERE organisation_id = $1 AND expires_at < $2 RETURNING 1', [this.tx.organisation, before]);
    return deleted.length;
  }
}

/** Forgets the expired tokens of every organisation, for the sweeper; answers how many. */
export async function deleteExpiredTokensEverywhere(tx: SystemTransaction, before: Date): Promise<number> {
  return (await tx.query('DELETE FROM access_token WHERE expires_at < $1 RETURNING 1', [before])).length;
}

interface TokenRow {
  readonly hash: string;
  readonly scope: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly certificate_thumbprint: string | null;
  readonly jkt: string | null;
  readonly decision: string;
  readonly facts: unknown;
}

const tokenColumns = 't.hash, t.scope, t.issued_at, t.expires_at, t.certificate_thumbprint, t.jkt, t.decision, t.facts';

/** $1 organisation, $2 hash, $3 moment. */
const findStandingToken = `
  SELECT ${tokenColumns}, ${standingColumns}
  FROM access_token t
  ${standingJoins({ organisation: '$1', regisseur: 't.regisseur', actor: 't.actor', authorization: 't.authorization_id', delegation: 't.delegation', handle: 't.handle', at: '$3' })}
  WHERE t.organisation_id = $1 AND t.hash = $2`;

function toToken(row: TokenRow): AccessToken {
  return {
    hash: row.hash,
    scope: row.scope,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    ...(row.certificate_thumbprint !== null && { certificateThumbprint: row.certificate_thumbprint }),
    ...(row.jkt !== null && { jkt: row.jkt }),
    decision: row.decision,
    facts: readStoredFacts(row.facts),
  };
}
