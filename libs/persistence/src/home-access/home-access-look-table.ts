import type { DidUrl } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** How often nurses asked how to get in, in PostgreSQL: one count per visit over all replicas, by the clock of the database. */
export class HomeAccessLookTable {
  constructor(private readonly tx: Transaction) {}

  /** Counts one look. Answers how many of the running hour it makes, and how many seconds are left of that hour; undefined when the visit is over. */
  async countLook(authorization: DidUrl): Promise<{ readonly looks: number; readonly secondsLeft: number } | undefined> {
    const [counted] = await this.tx.query<{ looks: number; seconds_left: number }>(countLook, [this.tx.organisation, authorization]);
    return counted && { looks: counted.looks, secondsLeft: counted.seconds_left };
  }
}

const countLook = `
  UPDATE received_authorization SET
    home_access_looks = CASE WHEN home_access_since > clock_timestamp() - interval '1 hour' THEN home_access_looks + 1 ELSE 1 END,
    home_access_since = CASE WHEN home_access_since > clock_timestamp() - interval '1 hour' THEN home_access_since ELSE clock_timestamp() END
  WHERE organisation_id = $1 AND authorization_id = $2 AND withdrawn_at IS NULL
  RETURNING home_access_looks AS looks, GREATEST(1, ceil(extract(epoch FROM home_access_since + interval '1 hour' - clock_timestamp())))::integer AS seconds_left`;
