import { ANW_ACCESS_SCOPE, anwDefinition, createPresentation, createSubmission, issueEmployeeCredential, issueOrganizationCredential, parseCredential, type ParsedCredential, type SubmissionPlan } from '@anw/credentials';
import { exampleUser, type TestPartner } from '@anw/testing';
import { Did, DidUrl, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LoadSetup, TokenRequestKind } from './load-messages.js';
import { connectTo } from './partner-connection.js';
import type { SendOne } from './run-load.js';

const HOUR = 3_600_000;

/** A token as the custodian answered it. */
export interface BenchToken {
  readonly accessToken: string;
  readonly patient: PatientId;
  readonly expiresAt: number;
}

export interface TokenRequests {
  readonly requests: Readonly<Record<TokenRequestKind, SendOne>>;
  /** One more token, to be used. */
  readonly obtain: () => Promise<BenchToken>;
}

/** Asks a custodian's token endpoint as an actor that shares no connection, cache or code path with our own client. */
export async function createTokenRequests(actor: TestPartner, trust: string, setup: LoadSetup): Promise<TokenRequests> {
  const plan = await planFor(actor, setup);
  const endpoint = new URL(`${setup.issuer}/token`);
  const partner = connectTo(endpoint, actor, trust);
  const submission = JSON.stringify(plan.submission);
  const credentials = plan.credentials.map(({ raw }) => raw);

  function post(form: URLSearchParams, expected: number): Promise<string> {
    return partner.ask({ method: 'POST', path: endpoint.pathname, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() }, expected);
  }

  async function askGranted(): Promise<string> {
    const assertion = await createPresentation(actor.signer, { audience: setup.issuer, credentials, now: new Date() });
    return post(new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: actor.did, scope: ANW_ACCESS_SCOPE, presentation_submission: submission, assertion }), 200);
  }

  return {
    requests: {
      granted: async () => void (await askGranted()),
      refused: async () => void (await post(new URLSearchParams({ grant_type: 'client_credentials', scope: ANW_ACCESS_SCOPE }), 400)),
    },
    obtain: async () => {
      const { access_token: accessToken, patient, expires_in: seconds } = TokenAnswer.parse(JSON.parse(await askGranted()));
      return { accessToken, patient, expiresAt: Date.now() + seconds * 1_000 };
    },
  };
}

const TokenAnswer = z.looseObject({ access_token: z.string(), patient: PatientId, expires_in: z.number() });

async function planFor(actor: TestPartner, { authorization, custodian }: LoadSetup): Promise<SubmissionPlan<ParsedCredential>> {
  const wallet = [await organizationCredentialOf(actor), await employeeCredentialOf(actor), authorization].map(parseCredential);
  const plan = createSubmission(anwDefinition({ name: ANW_ACCESS_SCOPE }, Did.parse(custodian)), wallet);
  if ('missing' in plan) throw new Error(`no credential for ${plan.missing.join(', ')}`);
  return plan;
}

export function organizationCredentialOf({ signer, did, organisation }: TestPartner): Promise<string> {
  const id = DidUrl.parse(`${did}#${randomUUID()}`);
  return issueOrganizationCredential(signer, { id, organisation: did, name: organisation.displayName, city: organisation.city, period: fromNow(24 * HOUR) });
}

function employeeCredentialOf({ signer, did }: TestPartner): Promise<string> {
  return issueEmployeeCredential(signer, { id: DidUrl.parse(`${did}#${randomUUID()}`), user: exampleUser(new Date()), period: fromNow(HOUR) });
}

function fromNow(milliseconds: number) {
  const from = new Date();
  return { from, until: new Date(from.getTime() + milliseconds) };
}
