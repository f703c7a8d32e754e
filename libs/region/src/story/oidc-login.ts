import { CookieJar } from './cookie-jar.js';
import { type ServerSentEvent, readEvents } from './event-stream.js';

/** Somebody who has logged in at a staff door, as her browser would hold it. */
export interface StaffSession {
  readonly staffUrl: string;
  /** A request as the pages of that door make it; `body` travels as JSON. */
  request(method: string, path: string, body?: object): Promise<Response>;
  /** Server-sent events of `path`, from the moment that the promise resolves until `signal` aborts. */
  events(path: string, signal: AbortSignal): Promise<AsyncIterable<ServerSentEvent>>;
}

export interface LogInOptions {
  /** Base URL of the staff door. */
  readonly staffUrl: string;
  readonly username: string;
  readonly password: string;
  readonly fetch?: typeof globalThis.fetch;
}

const longestDetour = 12;

/** Logs in through the real pages: the door sends us to the login server, its form is filled in, and back (design D19). */
export async function logIn({ staffUrl, username, password, fetch = globalThis.fetch }: LogInOptions): Promise<StaffSession> {
  const jar = new CookieJar();
  const form = await followRedirects(fetch, jar, `${staffUrl}/login`);
  const action = /<form[^>]*\baction="([^"]+)"/.exec(form.body)?.[1];
  if (action === undefined) throw new Error(`there is no log-in form at ${form.url} (status ${form.status})`);
  const end = await followRedirects(fetch, jar, new URL(action, form.url).toString(), new URLSearchParams({ username, password }));
  if (!end.url.startsWith(staffUrl)) throw new Error(`the log-in of ${username} ended at ${new URL(end.url).origin} with status ${end.status}`);
  if (jar.headerFor(staffUrl) === '') throw new Error(`${staffUrl} gave ${username} no session`);
  return sessionAt(staffUrl, jar, fetch);
}

function sessionAt(staffUrl: string, jar: CookieJar, fetch: typeof globalThis.fetch): StaffSession {
  const headers = (): Record<string, string> => ({ cookie: jar.headerFor(staffUrl), origin: new URL(staffUrl).origin, 'sec-fetch-site': 'same-origin' });
  return {
    staffUrl,
    request: async (method, path, body) => {
      const response = await fetch(staffUrl + path, {
        method,
        redirect: 'manual',
        headers: { ...headers(), accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      jar.keep(staffUrl, response);
      return response;
    },
    events: async (path, signal) => {
      const response = await fetch(staffUrl + path, { headers: { ...headers(), accept: 'text/event-stream' }, signal });
      if (!response.ok || response.body === null) throw new Error(`${path} gave no events (status ${response.status})`);
      return readEvents(response.body, signal);
    },
  };
}

interface Arrival {
  readonly url: string;
  readonly status: number;
  readonly body: string;
}

async function followRedirects(fetch: typeof globalThis.fetch, jar: CookieJar, start: string, form?: URLSearchParams): Promise<Arrival> {
  let url = start;
  let body = form;
  for (let step = 0; step < longestDetour; step += 1) {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: jar.headerFor(url), accept: 'text/html', ...(body !== undefined && { origin: new URL(url).origin }) },
      ...(body !== undefined && { body }),
    });
    jar.keep(url, response);
    const location = response.headers.get('location');
    const text = await response.text();
    if (location === null) return { url, status: response.status, body: text };
    url = new URL(location, url).toString();
    body = undefined;
  }
  throw new Error(`the log-in goes round in circles, last at ${url}`);
}
