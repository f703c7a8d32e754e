import type { Session } from '@anw/identity';

/** Logins of the staff door, kept where a restart does not lose them; the secret in the cookie is known here by its hash only. */
export abstract class StaffSessions {
  /** Opens a session and puts the login in the log, together. */
  abstract open(session: Session): Promise<void>;
  abstract find(hash: string): Promise<Session | undefined>;
  abstract markSeen(hash: string, at: Date): Promise<void>;
  abstract end(hash: string): Promise<void>;
}
