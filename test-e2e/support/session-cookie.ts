import { logIn, type RegionFile } from '@anw/region';

/** Logs a sample user in and takes the `Cookie` header that her browser sends from then on, with the line that set it. */
export async function sessionCookieOf({ oidc, organisations, services }: RegionFile, username: string): Promise<{ readonly cookie: string; readonly setCookie: string }> {
  const user = oidc.users.find((candidate) => candidate.username === username);
  const service = organisations.find(({ name }) => name === user?.organisation)?.service;
  if (user === undefined || service === undefined) throw new Error(`the region has no user ${username}`);
  const lines: string[] = [];
  await logIn({
    staffUrl: services[service].staff,
    username,
    password: user.password,
    fetch: async (...request) => {
      const response = await fetch(...request);
      lines.push(...response.headers.getSetCookie());
      return response;
    },
  });
  const setCookie = lines.find((line) => line.startsWith('anw-session-'));
  if (setCookie === undefined) throw new Error(`${username} got no session`);
  return { cookie: setCookie.split(';', 1)[0] as string, setCookie };
}
