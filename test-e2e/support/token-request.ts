import { ANW_ACCESS_SCOPE, createPresentation, type ParsedCredential } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';
import { randomUUID } from 'node:crypto';
import { authorizationOf, employeeOf, organisationOf } from './stranger-credentials.js';
import type { Strangers } from './strangers.js';

/** What may differ from the request that is granted. */
export interface RequestChange {
  /** Over a connection other than the actor's own. */
  readonly fetch?: OutboundFetch;
  /** A compact JWT, or an unsigned object of the actor's own word; `null` leaves it out. */
  readonly employee?: ParsedCredential['raw'] | null;
  readonly authorization?: string | null;
  readonly audience?: string;
  /** Sent instead of a new one. */
  readonly assertion?: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  /** The presentation that was sent. */
  readonly assertion: string;
}

/** The token request of RFC021, put together by hand. */
export async function requestToken(strangers: Strangers, change: RequestChange = {}): Promise<TokenAnswer> {
  const form = await tokenForm(strangers, change);
  const response = await (change.fetch ?? strangers.fetch)(`${strangers.custodian.issuer}/token`, { method: 'POST', body: form });
  return { status: response.status, headers: response.headers, body: (await response.json()) as TokenAnswer['body'], assertion: form.get('assertion')! };
}

/** Its form parameters. */
export async function tokenForm(strangers: Strangers, change: RequestChange = {}): Promise<URLSearchParams> {
  const { custodian, actor } = strangers;
  const employee = change.employee === undefined ? await employeeOf(actor) : change.employee;
  const authorization = change.authorization === undefined ? await authorizationOf(strangers) : change.authorization;
  const presented = Object.entries({ organization: await organisationOf(actor), employee, authorization }).filter((entry): entry is [string, ParsedCredential['raw']] => entry[1] !== null);
  const credentials = presented.map(([, credential]) => credential);
  const submission = {
    id: randomUUID(),
    definition_id: `pd-${ANW_ACCESS_SCOPE}`,
    descriptor_map: presented.map(([id, credential], index) => ({ id, format: typeof credential === 'string' ? 'jwt_vc' : 'ldp_vc', path: `$.verifiableCredential[${index}]` })),
  };
  const assertion = change.assertion ?? (await createPresentation(actor.signer, { audience: change.audience ?? custodian.issuer, credentials, now: new Date() }));
  return new URLSearchParams({ grant_type: 'vp_token-bearer', scope: ANW_ACCESS_SCOPE, presentation_submission: JSON.stringify(submission), assertion });
}

/** The token of a request that is granted. @throws Error when it is not */
export async function obtainToken(strangers: Strangers, change: RequestChange = {}): Promise<string> {
  const { status, body } = await requestToken(strangers, change);
  if (status !== 200 || typeof body['access_token'] !== 'string') throw new Error(`no token: ${JSON.stringify(body)}`);
  return body['access_token'];
}
