import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { createServer, type Server } from 'node:http';
import { RegionError } from '../region-error.js';
import type { ServiceName } from '../sample/organisations.js';
import type { SampleUser } from '../sample/users.js';
import { handleInteraction, regionAcr } from './interaction.js';
import { renderErrorPage, renderLoggedOutPage, renderLogoutPage } from './login-page.js';
import { createMemoryStore } from './memory-store.js';

export interface LoginClient {
  readonly service: ServiceName;
  readonly secret: string;
  /** Staff door, no trailing slash. */
  readonly staffUrl: string;
}

export interface LoginServerOptions {
  readonly port: number;
  readonly clients: readonly LoginClient[];
  readonly users: readonly SampleUser[];
  /** By user name. */
  readonly passwords: Readonly<Record<string, string>>;
  readonly signingKey: Readonly<Record<string, unknown>>;
  readonly cookieKey: string;
}

export interface LoginServer {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** The login of every sample organisation: an OpenID provider on loopback with a page of its own (design D19, §7). */
export async function startLoginServer(options: LoginServerOptions): Promise<LoginServer> {
  const issuer = `http://localhost:${options.port}`;
  const provider = withoutStartupNotices(() => new Provider(issuer, configuration(options)));
  provider.on('server_error', (_context, error) => console.error('login server:', error));
  const handle = provider.callback();
  const server = createServer((request, response) => {
    const interaction = /^\/inloggen\/([\w-]+)$/.exec(new URL(request.url ?? '/', issuer).pathname);
    if (interaction === null) return void handle(request, response);
    void handleInteraction(provider, options, request, response);
  });
  await listen(server, options.port);
  return { issuer, stop: () => close(server) };
}

function configuration(options: LoginServerOptions): Configuration {
  return {
    adapter: createMemoryStore(),
    clients: options.clients.map((client) => ({
      client_id: client.service,
      client_secret: client.secret,
      redirect_uris: [`${client.staffUrl}/callback`],
      post_logout_redirect_uris: [`${client.staffUrl}/`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [options.signingKey as never] },
    cookies: { keys: [options.cookieKey], names: { session: 'regio_sessie', interaction: 'regio_inloggen', resume: 'regio_verder' } },
    pkce: { required: () => true },
    acrValues: [regionAcr],
    // The facts about an employee come with the log-in itself; the services ask for `openid profile`.
    claims: { openid: ['sub', 'organisation', 'employee_number', 'role_name', 'roles', 'acr', 'amr', 'auth_time'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_context, username) => {
      const user = options.users.find((candidate) => candidate.username === username);
      return user && { accountId: username, claims: async () => claimsOf(user) };
    },
    // The organisation has decided for its employees: nobody is asked for consent.
    loadExistingGrant: async (context) => grantAll(context),
    interactions: { url: (_context, interaction) => `/inloggen/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context, form) => void (context.body = renderLogoutPage(form)),
        postLogoutSuccessSource: async (context) => void (context.body = renderLoggedOutPage()),
      },
    },
    renderError: async (context, out) => {
      context.type = 'html';
      context.body = renderErrorPage(out.error_description ?? out.error);
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 43_200, IdToken: 3600, Interaction: 3600, Session: 43_200 },
  };
}

function claimsOf(user: SampleUser): { sub: string; [claim: string]: unknown } {
  return {
    sub: user.username,
    name: user.name,
    organisation: user.organisation,
    employee_number: user.employeeNumber,
    role_name: user.roleName,
    roles: user.roles,
  };
}

async function grantAll(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant = (known && (await provider.Grant.find(known))) || new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** The library prints advice for production (TLS, proxies) while it is made; this server never leaves loopback. */
function withoutStartupNotices<T>(make: () => T): T {
  const { info, warn } = console;
  console.info = console.warn = () => undefined;
  try {
    return make();
  } finally {
    Object.assign(console, { info, warn });
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new RegionError(`The login server cannot listen on port ${port}: ${cause.message}`, { cause })));
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
