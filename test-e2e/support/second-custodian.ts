import { AuthorizationView, PatientSearchResult, type PractitionersOnDuty, PrecheckResult } from '@anw/api-contracts';
import { ask, collectionOf, createDossier, createOperatorClient, type Region, type StaffSession, type SyntheticClient, syntheticClients } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { operatorOf } from './custodian-operator.js';

const LoadReport = z.looseObject({ refused: z.array(z.unknown()) });

const atLinde = syntheticClients[0]!;
/** Of the first client of De Linde in the books of the second custodian. */
export const idAtVecht = 'vecht-9001';
const atVecht: SyntheticClient = { ...atLinde, id: idAtVecht, custodian: 'vecht' };

/** Gives the first client of De Linde a record at the second custodian too, and enrols her there. */
export async function bringIntoCareAtVecht(region: Region): Promise<void> {
  const operator = createOperatorClient(region.file.services.custodian.operator);
  const { refused } = await operator.post('/operator/organisations/vecht/resources', collectionOf(createDossier(atVecht, new Date())), LoadReport);
  if (refused.length > 0) throw new Error(`the dossier was refused: ${JSON.stringify(refused)}`);
  await operatorOf(region, 'vecht').enrol(atVecht.id, region.file.organisations.find(({ service }) => service === 'regisseur')!.did);
}

/** As the desk does it for a call that it sent somebody to: the client found there too, pre-check, and an authorization from the same care request. */
export async function authorizeAtVecht(desk: StaffSession, careRequest: string, { actor, shift, period }: PractitionersOnDuty['practitioners'][number]): Promise<AuthorizationView> {
  const { familyName, birthDate } = atLinde;
  const { patients } = await ask(desk, { method: 'POST', path: '/api/patients/search', body: { familyName, birthDate }, answer: PatientSearchResult });
  const found = patients.find(({ custodian }) => custodian.name === 'Zorggroep Vecht');
  if (patients.length !== 2 || found === undefined) throw new Error(`the desk found ${patients.length} records`);
  const precheck = await ask(desk, { method: 'POST', path: '/api/precheck', body: { custodian: found.custodian.did, handle: found.handle, actor: actor.did }, answer: PrecheckResult });
  if (precheck.light === 'red') throw new Error(`the light is red: ${precheck.reason}`);
  const body = { requestId: randomUUID(), careRequest, custodian: found.custodian.did, handle: found.handle, patient: { name: found.name, birthDate }, shift, visitWindow: { from: new Date().toISOString(), until: period.until }, homeAccess: false };
  return ask(desk, { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
}
