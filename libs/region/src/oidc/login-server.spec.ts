import { freePort } from '@anw/testing';
import { generateKeyPair, exportJWK } from 'jose';
import { createServer, type Server, type ServerResponse } from 'node:http';
import * as openid from 'openid-client';
import { sampleUsers } from '../sample/users.js';
import { logIn } from '../story/oidc-login.js';
import { type LoginServer, startLoginServer } from './login-server.js';

/** A staff door as small as it gets: it trusts nothing but what a stranger's OpenID library makes of the login. */
async function startStaffDoor(port: number, issuer: string, secret: string) {
  const config = await openid.discovery(new URL(issuer), 'actor', secret, undefined, { execute: [openid.allowInsecureRequests] });
  const pending = new Map<string, string>();
  let claims: Record<string, unknown> | undefined;
  const login = async (response: ServerResponse): Promise<void> => {
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    pending.set(state, verifier);
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: `http://localhost:${port}/callback`,
      scope: 'openid profile',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    response.writeHead(302, { location: url.toString() }).end();
  };
  const callback = async (url: URL, response: ServerResponse): Promise<void> => {
    const state = url.searchParams.get('state') ?? '';
    const tokens = await openid.authorizationCodeGrant(config, url, { pkceCodeVerifier: pending.get(state) ?? '', expectedState: state });
    claims = tokens.claims();
    response.writeHead(302, { location: '/', 'set-cookie': 'session=s1; HttpOnly; Path=/' }).end();
  };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://localhost:${port}`);
    if (url.pathname === '/login') void login(response);
    else if (url.pathname === '/callback') void callback(url, response).catch((error: Error) => response.writeHead(500).end(error.message));
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ cookie: request.headers.cookie, origin: request.headers.origin }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { claims: () => claims, stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
}

describe('login of the local region (design D19, §7)', () => {
  let login: LoginServer;
  let door: Awaited<ReturnType<typeof startStaffDoor>>;
  let staffUrl: string;
  beforeAll(async () => {
    const staffPort = await freePort();
    staffUrl = `http://localhost:${staffPort}`;
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    login = await startLoginServer({
      port: await freePort(),
      clients: [{ service: 'actor', secret: 'a-client-secret-of-some-length', staffUrl }],
      users: sampleUsers,
      passwords: { noor: 'welk-omhi', tess: 'nooi-thier' },
      signingKey: { ...(await exportJWK(privateKey)), kid: 'k1', alg: 'ES256', use: 'sig' },
      cookieKey: 'some-key',
    });
    door = await startStaffDoor(staffPort, login.issuer, 'a-client-secret-of-some-length');
  });
  afterAll(async () => {
    await door.stop();
    await login.stop();
  });

  it('logs an employee in through its page, and tells the door who she is', async () => {
    const session = await logIn({ staffUrl, username: 'noor', password: 'welk-omhi' });
    expect(door.claims()).toMatchObject({
      sub: 'noor',
      organisation: 'wijkzorg-nacht',
      employee_number: 'e-10442',
      name: 'Noor de Wit',
      role_name: 'Verpleegkundige',
      roles: ['nurse'],
      acr: 'http://eidas.europa.eu/LoA/low',
      auth_time: expect.any(Number),
    });
    const response = await session.request('POST', '/api/anything', {});
    expect(await response.json()).toEqual({ cookie: 'session=s1', origin: staffUrl });
  });

  it('refuses a wrong password on its own page', async () => {
    await expect(logIn({ staffUrl, username: 'noor', password: 'guess' })).rejects.toThrow(/with status 401/);
  });

  it('refuses an employee of an organisation that this service does not host', async () => {
    await expect(logIn({ staffUrl, username: 'tess', password: 'nooi-thier' })).rejects.toThrow(/with status 401/);
  });

  it('says in Dutch that a login is too old or of another browser', async () => {
    const response = await fetch(`${login.issuer}/inloggen/does-not-exist`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Deze aanmelding is verlopen.');
  });

  it('refuses a redirect to another place', async () => {
    const response = await fetch(`${login.issuer}/auth?client_id=actor&response_type=code&scope=openid&redirect_uri=${encodeURIComponent('http://localhost:1/callback')}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});
