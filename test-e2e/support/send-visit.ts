import { AuthorizationView, CareRequestView, PatientSearchResult, PractitionersOnDuty, PrecheckResult } from '@anw/api-contracts';
import { ask, eventually, type RegionFile, type StaffSession } from '@anw/region';
import { randomUUID } from 'node:crypto';

export interface VisitToSend {
  /** One of the region's; its custodian keeps the record. */
  readonly patient: RegionFile['patients'][number];
  /** Personnel number of the nurse; she has to be on duty. */
  readonly practitioner: string;
  /** Of several shifts of hers this one. */
  readonly shift?: string | undefined;
  readonly kind?: 'planned' | 'unplanned';
  readonly urgency?: 'routine' | 'soon' | 'urgent';
  readonly description?: string;
  readonly homeAccess?: boolean;
}

/** As the desk does it, from the call to the authorization that is on its way. `click` is called just before the last step. */
export async function sendVisit(desk: StaffSession, { patient, practitioner, shift, kind = 'unplanned', urgency = 'soon', description = 'Is onwel geworden.', homeAccess = false }: VisitToSend, click: () => void = () => undefined): Promise<AuthorizationView> {
  const careRequest = await ask(desk, { method: 'POST', path: '/api/care-requests', body: { id: randomUUID(), kind, reportedBy: 'Dochter', description, urgency }, answer: CareRequestView });
  await ask(desk, { method: 'POST', path: `/api/care-requests/${careRequest.id}/triage`, body: { outcome: 'out-of-hours-care' }, answer: CareRequestView });
  const { familyName, birthDate, handle } = patient;
  const found = await eventually('the client is found', async () => {
    const { patients } = await ask(desk, { method: 'POST', path: '/api/patients/search', body: { familyName, birthDate }, answer: PatientSearchResult });
    return patients.find((candidate) => candidate.handle === handle);
  });
  const { practitioners } = await ask(desk, { method: 'GET', path: '/api/practitioners/on-duty', answer: PractitionersOnDuty });
  const onDuty = practitioners.find((candidate) => candidate.identifier === practitioner && (shift === undefined || candidate.shift === shift));
  if (onDuty === undefined) throw new Error('the nurse is not on duty');
  const precheck = await ask(desk, { method: 'POST', path: '/api/precheck', body: { custodian: found.custodian.did, handle, actor: onDuty.actor.did }, answer: PrecheckResult });
  if (precheck.light === 'red') throw new Error(`the light is red: ${precheck.reason}`);
  const from = new Date();
  const until = new Date(Math.min(from.getTime() + 90 * 60_000, Date.parse(onDuty.period.until)));
  const card = { name: found.name, birthDate, ...(found.address !== undefined && { address: found.address }) };
  const body = { requestId: randomUUID(), careRequest: careRequest.id, custodian: found.custodian.did, handle, patient: card, shift: onDuty.shift, visitWindow: { from: from.toISOString(), until: until.toISOString() }, homeAccess };
  click();
  return ask(desk, { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
}
