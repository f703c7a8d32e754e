import type { Standing, StandingQuestion, StandingRecords } from '@anw/authorization';
import type { UnwaitingTransaction } from '../database/database.js';
import { readStanding, standingColumns, standingJoins, type StandingRow } from './standing-query.js';

/** What the records of the transaction's organisation say about an authorization, in one round trip. */
export class StandingTable implements StandingRecords {
  constructor(private readonly tx: UnwaitingTransaction) {}

  async standingOf(question: StandingQuestion): Promise<Standing> {
    const { regisseur, actor, authorization, delegation, handle, at } = question;
    const [row] = await this.tx.query<StandingRow>(findStanding, [this.tx.organisation, regisseur, actor, authorization, delegation, handle, at], 'find-standing');
    return readStanding(row!, question);
  }
}

const findStanding = `
  SELECT ${standingColumns} FROM (SELECT 1) AS one
  ${standingJoins({ organisation: '$1', regisseur: '$2', actor: '$3', authorization: '$4', delegation: '$5', handle: '$6', at: '$7' })}`;
