import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { ServiceName } from '../sample/organisations.js';
import { usersOfService } from '../sample/users.js';
import { renderErrorPage, renderLoginPage } from './login-page.js';
import type { LoginServerOptions } from './login-server.js';

/** What a log-in here is worth: a password and no more (eIDAS levels of assurance). */
export const regionAcr = 'http://eidas.europa.eu/LoA/low';

const longestForm = 4_096;

/** Shows the log-in page, and takes its form: the only question this login server asks. */
export async function handleInteraction(provider: Provider, options: LoginServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { uid, params } = await provider.interactionDetails(request, response);
    const users = usersOfService(options.users, String(params['client_id']) as ServiceName);
    const show = (failed: boolean, username?: string): void =>
      sendPage(response, failed ? 401 : 200, renderLoginPage({ action: `/inloggen/${uid}`, users, failed, ...(username !== undefined && { username }) }));
    if (request.method !== 'POST') return show(false);
    const form = await readForm(request);
    const username = form.get('username')?.trim().toLowerCase() ?? '';
    const user = users.find((candidate) => candidate.username === username);
    if (user === undefined || !samePassword(form.get('password') ?? '', options.passwords[user.username])) return show(true, username);
    await provider.interactionFinished(request, response, { login: { accountId: user.username, acr: regionAcr, amr: ['pwd'] } }, { mergeWithLastSubmission: false });
  } catch {
    // The cookie of this interaction is absent, of another interaction, or too old.
    sendPage(response, 400, renderErrorPage('Deze aanmelding is verlopen.'));
  }
}

function samePassword(given: string, expected: string | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return expected !== undefined && timingSafeEqual(digest(given), digest(expected));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) throw new Error('form is too long');
  }
  return new URLSearchParams(text);
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}
