import type { OrganisationId, OrganisationName } from '@anw/values';
import type { User } from './user.js';

/** Someone of one of our organisations, logged in at the staff door. */
export interface StaffUser extends User {
  readonly organisation: OrganisationName;
  readonly organisationId: OrganisationId;
  /** What she may do here, as her organisation's login says: `triagist`, `nurse`, `privacy-officer`, … */
  readonly roles: readonly string[];
}

/** A login that still holds. */
export interface Session {
  /** hex SHA-256 of the 256-bit secret in the browser's cookie; the secret itself is kept nowhere. */
  readonly hash: string;
  readonly user: StaffUser;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  /** However busy she is, she logs in again at this moment. */
  readonly expiresAt: Date;
}

/** Sessions of all organisations of a service; who has the secret tells which organisation she is of. */
export interface SessionStore {
  addSession(session: Session): Promise<void>;
  findSession(hash: string): Promise<Session | undefined>;
  markSeen(hash: string, at: Date): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Forgets sessions that expired, or were last seen, before these moments; answers how many. */
  deleteOld(before: { readonly expiredBefore: Date; readonly idleSince: Date }): Promise<number>;
}
