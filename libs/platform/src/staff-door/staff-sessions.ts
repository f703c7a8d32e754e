import type { Session, StaffUser } from '@anw/identity';
import type { OrganisationId } from '@anw/values';

/** Someone was turned away at the staff door; the log keeps that as surely as a login. */
export interface StaffRefusal {
  readonly organisationId: OrganisationId;
  readonly event: 'user.login-refused' | 'request.refused';
  /** Machine-readable. */
  readonly reason: string;
  readonly at: Date;
  /** The request's own reference. */
  readonly reference: string;
  /** As far as known. */
  readonly user?: Pick<StaffUser, 'identifier' | 'name' | 'roleName'>;
  /** Method and pattern of the route that was asked for. */
  readonly query?: string;
}

/** Logins of the staff door, kept where a restart does not lose them; the secret in the cookie is known here by its hash only. */
export abstract class StaffSessions {
  /** Opens a session and puts the login in the log, together; `query` says how, when it was no ordinary login. */
  abstract open(session: Session, query?: string): Promise<void>;
  abstract find(hash: string): Promise<Session | undefined>;
  abstract markSeen(hash: string, at: Date): Promise<void>;
  abstract end(hash: string): Promise<void>;
  /** Puts a refusal in the log; the answer waits for it (design D17). */
  abstract logRefusal(refusal: StaffRefusal): Promise<void>;
}
