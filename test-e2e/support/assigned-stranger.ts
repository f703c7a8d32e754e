import { AuthorizationView, type CareRequestView, type FoundPatientView, type PractitionerOnDuty } from '@anw/api-contracts';
import { requestAccessToken } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_AUTHORIZATION_SCOPE } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';
import { ask, castOf, createOperatorClient, createStoryContext, type Region, type StaffSession, type StoryContext } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { operatorOf } from './custodian-operator.js';
import type { PartnerNetwork } from './partner-network.js';
import { playPart } from './play-part.js';
import { employeeOf, organisationOf } from './stranger-credentials.js';
import { type AskedCustodian, custodianNamed } from './strangers.js';
import { withoutDpop } from './without-dpop.js';

const hour = 3_600_000;
const Shift = z.looseObject({ id: z.uuid(), period: z.object({ from: z.string(), until: z.string() }) });

/** An actor from outside whose nurse the region's own desk can send: it shows what a token in somebody's hands is worth from one moment to the next. */
export interface StrangerOnDuty {
  readonly actor: TestPartner;
  readonly custodian: AskedCustodian;
  /** With the actor's client certificate. */
  readonly fetch: OutboundFetch;
  /** At the regisseur. */
  readonly shift: string;
  /** The row at the custodian. */
  readonly row: string;
  /** Sends her nurse to a client, and gets what the actor gets: the credential, and a token for it. */
  assign(): Promise<{ readonly authorization: AuthorizationView; readonly credential: string; readonly token: string }>;
  /** Another token at the custodian for a credential. @throws TokenClientError when it is refused */
  tokenFor(credential: string): Promise<string>;
}

/** Makes the actor a partner of the regisseur, allowed by the custodian, with a nurse on duty. */
export async function putStrangerOnDuty(region: Region, network: PartnerNetwork, patient: number): Promise<StrangerOnDuty> {
  const story = createStoryContext(region, region.file.patients[patient]!);
  const { custodian: { name }, regisseur } = castOf(story);
  const custodian = { ...custodianNamed(region, name), patient: PatientId.parse(story.patient.id) };
  const actor = await network.addPartner('stranger-actor.localhost', 'nachtzorg');
  const operator = createOperatorClient(region.file.services.regisseur.operator);
  const path = `/operator/organisations/${regisseur.name}`;
  await operator.post(`${path}/partners`, { did: actor.did, name: 'Nachtzorg', role: 'actor' }, z.unknown());
  const period = { from: new Date(Date.now() - hour).toISOString(), until: new Date(Date.now() + 8 * hour).toISOString() };
  const { id: shift } = await operator.post(`${path}/shifts`, { actor: actor.did, practitioner: 'e-77', name: 'V. Reemd', roleName: 'Verpleegkundige', period }, Shift);
  const row = await operatorOf(region, name).allow(regisseur.did, actor.did);
  const fetch = network.connect(actor.certificate);
  const practitioner = { shift, identifier: 'e-77', name: 'V. Reemd', roleName: 'Verpleegkundige', actor: { did: actor.did, name: 'Nachtzorg' }, period };
  const tokenFor = async (credential: string): Promise<string> => {
    const credentials = [await organisationOf(actor), await employeeOf(actor), credential];
    const { accessToken } = await requestAccessToken({ fetch: withoutDpop(fetch), signer: actor.signer, clientId: actor.organisation.issuer, clock: () => new Date(), authorizationServer: custodian.issuer, scope: ANW_ACCESS_SCOPE, credentials });
    return accessToken;
  };
  return {
    actor,
    custodian,
    fetch,
    shift,
    row,
    assign: async () => {
      const authorization = await issueFor(story, practitioner);
      const credential = await pull(authorization, regisseur, actor, fetch, region);
      return { authorization, credential, token: await tokenFor(credential) };
    },
    tokenFor,
  };
}

/** The desk of the region's regisseur, with its triagist at work. */
export function deskOf(region: Region): Promise<StaffSession> {
  const story = createStoryContext(region, region.file.patients[0]!);
  return story.sessionOf(castOf(story).triagist.username);
}

async function issueFor(story: StoryContext, practitioner: Pick<PractitionerOnDuty, 'shift'> & { readonly period: { readonly until: string } }): Promise<AuthorizationView> {
  await playPart(story, { to: 'patient-found' });
  const { handle, custodian, name, birthDate } = story.kept<FoundPatientView>('patient');
  const from = new Date();
  const visitWindow = { from: from.toISOString(), until: new Date(from.getTime() + hour).toISOString() };
  const body = { requestId: randomUUID(), careRequest: story.kept<CareRequestView>('care-request').id, custodian: custodian.did, handle, patient: { name, birthDate }, shift: practitioner.shift, visitWindow };
  return ask(await story.sessionOf(castOf(story).triagist.username), { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
}

/** As an actor pulls what it was offered (design §2 step 4). */
async function pull({ id }: AuthorizationView, regisseur: { readonly issuer: string; readonly name: string }, actor: TestPartner, fetch: OutboundFetch, region: Region): Promise<string> {
  const { accessToken } = await requestAccessToken({ fetch: withoutDpop(fetch), signer: actor.signer, clientId: actor.organisation.issuer, clock: () => new Date(), authorizationServer: regisseur.issuer, scope: ANW_AUTHORIZATION_SCOPE, credentials: [await organisationOf(actor)] });
  const response = await fetch(`${region.file.services.regisseur.partner}/anw/${regisseur.name}/authorizations/${id}`, { headers: { authorization: `Bearer ${accessToken}` } });
  return z.looseObject({ credential: z.string() }).parse(await response.json()).credential;
}
