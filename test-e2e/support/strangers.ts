import { PartnerAllowlist } from '@anw/api-contracts';
import { createServerNonces, fetchWithToken, type ObtainedToken, requestAccessToken, type RequestWithHeaders } from '@anw/authorization';
import { ANW_REGISSEUR_SCOPE, parseCredential } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';
import type { Region } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { Did, type DidUrl, type PatientHandle, PatientId } from '@anw/values';
import { type CustodianOperator, operatorOf } from './custodian-operator.js';
import type { PartnerNetwork } from './partner-network.js';
import { organisationOf } from './stranger-credentials.js';

/** The custodian organisation of the region that is asked, as strangers know it: by what it publishes. */
export interface AskedCustodian {
  readonly name: string;
  readonly did: Did;
  readonly issuer: string;
  readonly door: string;
  readonly operator: CustodianOperator;
  /** A patient in its care. */
  readonly patient: PatientId;
}

/**
 * An actor and a regisseur who have no part in the region but an allowlist row and one enrolled patient at the custodian:
 * everything that a token takes.
 */
export interface Strangers {
  readonly custodian: AskedCustodian;
  readonly actor: TestPartner;
  readonly regisseur: TestPartner;
  /** With the actor's client certificate. */
  readonly fetch: OutboundFetch;
  readonly row: string;
  readonly enrolment: string;
  readonly handle: PatientHandle;
  readonly delegation: DidUrl;
}

export function custodianNamed(region: Region, name: string): AskedCustodian {
  const organisation = region.file.organisations.find((candidate) => candidate.name === name);
  const patient = region.file.patients.find((candidate) => candidate.custodian === name);
  if (organisation === undefined || patient === undefined) throw new Error(`the region has no custodian "${name}" with patients`);
  const { did, issuer } = organisation;
  return { name, did: Did.parse(did), issuer, door: region.file.services.custodian.partner, operator: operatorOf(region, name), patient: PatientId.parse(patient.id) };
}

/** New strangers, known to this custodian and to nobody else. */
export async function introduceStrangers(network: PartnerNetwork, custodian: AskedCustodian): Promise<Strangers> {
  const actor = await network.addPartner('stranger-actor.localhost', 'nachtzorg');
  const regisseur = await network.addPartner('stranger-regisseur.localhost', 'regie-west');
  const row = await custodian.operator.allow(regisseur.did, actor.did);
  const { id: enrolment, handle } = await custodian.operator.enrol(custodian.patient, regisseur.did);
  const delegation = await fetchDelegation(network, custodian, regisseur);
  return { custodian, actor, regisseur, fetch: network.connect(actor.certificate), row, enrolment, handle, delegation };
}

/** A token of the regisseur's own at the custodian (scope `anw-regisseur`), and the key that it is bound to. */
export async function regisseurToken(fetch: OutboundFetch, { issuer }: AskedCustodian, regisseur: TestPartner): Promise<ObtainedToken> {
  const { signer, organisation } = regisseur;
  const credentials = [await organisationOf(regisseur)];
  return requestAccessToken({ fetch, signer, clientId: organisation.issuer, clock: () => new Date(), authorizationServer: issuer, scope: ANW_REGISSEUR_SCOPE, credentials });
}

/** The regisseur's own delegation, fetched as design D11 has it. */
export async function fetchDelegation(network: PartnerNetwork, custodian: AskedCustodian, regisseur: TestPartner): Promise<DidUrl> {
  const fetch = network.connect(regisseur.certificate);
  const token = await regisseurToken(fetch, custodian, regisseur);
  const response = await showing(token, fetch)(`${custodian.door}/anw/${custodian.name}/allowlist`, {});
  return parseCredential(PartnerAllowlist.parse(await response.json()).delegation).id;
}

/** A fetch that shows this token, with a proof of its key where it is bound to one. */
export function showing(token: Pick<ObtainedToken, 'accessToken' | 'proofKey'>, fetch: OutboundFetch): (url: string, request: RequestWithHeaders & { readonly body?: string }) => Promise<Response> {
  return fetchWithToken<RequestWithHeaders & { readonly body?: string }, Response>(fetch, { token, serverNonces: createServerNonces(), clock: () => new Date() });
}
