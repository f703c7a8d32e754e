import type { Session, StaffUser } from '@anw/identity';
import type { FastifyRequest } from 'fastify';
import { createBearerSession, newSession } from './new-session.js';
import { createSessionSecret, hashSessionSecret } from './session-cookie.js';
import { SessionReader } from './session-reader.js';
import type { StaffSessions } from './staff-sessions.js';

const now = new Date('2026-01-01T03:00:00Z');
const noor = { name: 'Noor' } as StaffUser;
const sem = { name: 'Sem' } as StaffUser;

const launched = createBearerSession(noor, now);
const secret = createSessionSecret();
const sessions: readonly Session[] = [launched.session, newSession(hashSessionSecret(secret), sem, now)];

function read(headers: Readonly<Record<string, string>>, at = now): Promise<Session | undefined> {
  const store = { find: async (hash: string) => sessions.find((session) => session.hash === hash), markSeen: async () => undefined } as unknown as StaffSessions;
  return new SessionReader(store, { url: 'http://localhost:4131' } as never, () => at).sessionOf({ headers } as unknown as FastifyRequest);
}
const nameAt = async (headers: Readonly<Record<string, string>>, at?: Date) => (await read(headers, at))?.user.name;

describe('whose request it is', () => {
  it('is told by the cookie of a browser', async () => expect(await nameAt({ cookie: `anw-session-4131=${secret}` })).toBe('Sem'));
  it('is told by the token of a page in a frame', async () => expect(await nameAt({ authorization: `Bearer ${launched.token}` })).toBe('Noor'));
  it('is told by the token alone where a browser adds a cookie to it', async () => expect(await nameAt({ authorization: `Bearer ${launched.token}`, cookie: `anw-session-4131=${secret}` })).toBe('Noor'));

  it.each([
    ['a token that nobody has', { authorization: 'Bearer anwt.unknown', cookie: `anw-session-4131=${secret}` }],
    ['the secret of a cookie as a token', { authorization: `Bearer ${secret}` }],
    ['a token as a cookie', { cookie: `anw-session-4131=${launched.token}` }],
    ['another scheme', { authorization: `Basic ${launched.token}`, cookie: `anw-session-4131=${secret}` }],
    ['nothing', {}],
  ])('is not told by %s', async (_what, headers) => expect(await read(headers)).toBeUndefined());

  it('is nobody’s any more when the page was left alone for a quarter of an hour', async () => {
    expect(await nameAt({ authorization: `Bearer ${launched.token}` }, new Date(now.getTime() + 15 * 60_000))).toBeUndefined();
  });
});
