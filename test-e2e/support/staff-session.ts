import type { Region, ServiceName } from '@anw/region';
import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface StaffSessionToOpen {
  readonly service: ServiceName;
  /** Short name. */
  readonly organisation: string;
  readonly roles?: readonly string[];
  /** How long ago she was last seen, in minutes. */
  readonly idleMinutes?: number;
  /** How long ago she logged in, in minutes; she logs in again each twelve hours. */
  readonly ageMinutes?: number;
}

/** What the session cookie is called at a staff door without TLS. */
export function sessionCookieNameAt({ services }: Region['file'], service: ServiceName): string {
  return `anw-session-${new URL(services[service].staff).port}`;
}

const MINUTE = 60_000;
const SHIFT_MINUTES = 12 * 60;

/** A session as the login makes it, of somebody whom no sample user is or at another time. @returns the `Cookie` header of her browser */
export async function openStaffSession({ file }: Pick<Region, 'file'>, { service, organisation, roles = [], idleMinutes = 0, ageMinutes = 0 }: StaffSessionToOpen): Promise<string> {
  const id = file.organisations.find((candidate) => candidate.name === organisation)?.did.split(':').at(-1);
  const secret = randomBytes(32).toString('base64url');
  const openedAt = new Date(Date.now() - ageMinutes * MINUTE);
  const user = { identifier: 'x-1', name: 'X. Proef', roleName: 'Proef', roles, assuranceLevel: 'low', authenticatedAt: openedAt.toISOString(), means: 'employer-oidc', organisation };
  const client = new Client({ connectionString: Object.assign(new URL(file.database.server), { pathname: new URL(file.database.services[service].url).pathname }).toString() });
  await client.connect();
  try {
    await client.query('INSERT INTO staff_session (organisation_id, hash, staff_user, opened_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      createHash('sha256').update(secret).digest('hex'),
      JSON.stringify(user),
      openedAt,
      new Date(Date.now() - idleMinutes * MINUTE),
      new Date(openedAt.getTime() + SHIFT_MINUTES * MINUTE),
    ]);
  } finally {
    await client.end();
  }
  return `${sessionCookieNameAt(file, service)}=${secret}`;
}
