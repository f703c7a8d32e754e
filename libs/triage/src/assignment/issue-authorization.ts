import type { AuditEvent, AuditLog } from '@anw/audit';
import { BACKDATE_SECONDS, createStatusEntries, type GrantedResource, issueAuthorizationCredential, MAX_AUTHORIZATION_SECONDS, type StatusListBase, type StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import { isShiftOver, type Shift, type ShiftStore } from '@anw/scheduling';
import { ANW_PURPOSE_OF_USE, type Clock, type Did, DidUrl, type PatientHandle, type ValidityPeriod } from '@anw/values';
import type { ReceivedDelegation } from '../allowlists/received-allowlist.js';
import type { CareRequest, CareRequestStore } from '../care-requests/care-request.js';
import type { PartnerStore } from '../partners/partner.js';
import type { Precheck } from '../precheck/precheck.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { Authorization, AuthorizationStore, Party, PatientCard } from './authorization.js';

/** What the triagist ordered. The shift names actor, practitioner and period. */
export interface AuthorizationOrder {
  readonly requestId: string;
  readonly careRequest: string;
  readonly custodian: Did;
  readonly handle: PatientHandle;
  readonly patient: PatientCard;
  readonly shift: string;
  readonly visitWindow: ValidityPeriod;
}

/** What commits together when an authorization is issued (design §2 step 3). */
export interface IssueStores {
  readonly careRequests: Pick<CareRequestStore, 'lockCareRequest'>;
  readonly authorizations: AuthorizationStore;
  readonly shifts: Pick<ShiftStore, 'findShift' | 'holdShift'>;
  readonly partners: Pick<PartnerStore, 'findPartner'>;
  readonly statuses: Pick<StatusRegister, 'allocate'>;
  readonly outbox: Outbox;
  readonly audit: AuditLog;
}

export interface IssuePorts {
  readonly signer: Signer;
  /** Where this regisseur serves its status lists. */
  readonly statusLists: StatusListBase;
  readonly precheck: Pick<Precheck, 'askUnlessGreen'>;
  /** What the bolt allows at most; a credential can only narrow it (design §4). */
  readonly resources: readonly GrantedResource[];
  /** Where the actor pulls an authorization. */
  readonly hrefOf: (authorization: string) => string;
  readonly transaction: <T>(work: (stores: IssueStores) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly uuid: () => string;
}

/**
 * Issues an authorization: pre-check green, then credential, context, notification and log row in one transaction
 * (design §2 step 3). A repeat of the same request answers with what the first one issued.
 * @throws TriageError; a refused order leaves a log row.
 */
export async function issueAuthorization(order: AuthorizationOrder, triagist: Triagist, ports: IssuePorts): Promise<Authorization> {
  const { earlier, shift } = await ports.transaction(async ({ authorizations, shifts }) => ({
    earlier: await authorizations.findByRequest(order.requestId),
    shift: await shifts.findShift(order.shift),
  }));
  if (earlier !== undefined) return sameOrder(earlier, order);
  try {
    return await issueOnce(order, shift, triagist, ports);
  } catch (error) {
    if (error instanceof TriageError) await ports.transaction(({ audit }) => audit.append(refusedRow(order, error, triagist, ports)));
    throw error;
  }
}

async function issueOnce(order: AuthorizationOrder, shift: Shift | undefined, triagist: Triagist, ports: IssuePorts): Promise<Authorization> {
  if (shift === undefined) throw new TriageError('shift-unknown');
  if (isShiftOver(shift, ports.clock())) throw new TriageError('shift-over');
  const answer = await ports.precheck.askUnlessGreen({ custodian: order.custodian, actor: shift.actor, handle: order.handle });
  if (answer.light === 'red') throw new TriageError(answer.reason);
  const id = ports.uuid();
  return ports.transaction(async (stores) => {
    // The claim is the one statement on which simultaneous clicks wait for each other.
    if (!(await stores.authorizations.claimRequest(order.requestId, id))) return firstOf(order, stores.authorizations);
    // It may have been ended while the custodian was asked.
    if (isShiftOver((await stores.shifts.holdShift(shift.id)) ?? shift, ports.clock())) throw new TriageError('shift-over');
    const authorization = await createAuthorization({ id, order, shift, delegation: answer.delegation, triagist }, stores, ports);
    await stores.authorizations.addAuthorization(authorization);
    await offer(authorization, stores, ports);
    await stores.audit.append(issuedRow(authorization, triagist, ports));
    return authorization;
  });
}

interface Assignment {
  readonly id: string;
  readonly order: AuthorizationOrder;
  readonly shift: Shift;
  readonly delegation: ReceivedDelegation;
  readonly triagist: Triagist;
}

async function createAuthorization({ id, order, shift, delegation, triagist }: Assignment, stores: IssueStores, ports: IssuePorts): Promise<Authorization> {
  const issuedAt = ports.clock();
  const period = authorizationPeriod(shift.period, delegation.maxAuthorizationSeconds, issuedAt);
  if (order.visitWindow.until <= period.from || order.visitWindow.from >= period.until) throw new TriageError('visit-window-outside-shift');
  const careRequest = await careRequestForVisit(order.careRequest, stores);
  const credentialId = DidUrl.parse(`${ports.signer.did}#${id}`);
  const credential = await issueAuthorizationCredential(ports.signer, {
    id: credentialId,
    actor: shift.actor,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    custodian: order.custodian,
    delegation: delegation.id,
    handle: order.handle,
    practitioner: shift.practitioner.identifier,
    resources: ports.resources,
    period,
    status: createStatusEntries(ports.statusLists, await stores.statuses.allocate(credentialId, period.until)),
  });
  return {
    id,
    credentialId,
    credential,
    requestId: order.requestId,
    careRequest: careRequest.id,
    shift: shift.id,
    custodian: await partyOf(order.custodian, 'custodian', stores.partners),
    actor: await partyOf(shift.actor, 'actor', stores.partners),
    practitioner: { identifier: shift.practitioner.identifier, name: shift.practitioner.name },
    handle: order.handle,
    delegation: delegation.id,
    patient: order.patient,
    note: careRequest.description,
    urgency: careRequest.urgency,
    visitWindow: order.visitWindow,
    period,
    issuedAt,
    issuedBy: triagist.identifier,
    offer: ports.uuid(),
  };
}

/**
 * From now, or from the start of a shift that is to come, until its end; never longer than the delegation allows.
 * Whole seconds, as they stand in the credential.
 */
export function authorizationPeriod(shift: ValidityPeriod, delegatedSeconds: number, now: Date): ValidityPeriod {
  if (shift.until <= now) throw new TriageError('shift-over');
  const from = wholeSecond(new Date(Math.max(shift.from.getTime(), now.getTime())));
  // The issuer sets `nbf` back against clocks that run behind, and the custodian counts from `nbf`.
  const longest = Math.min(delegatedSeconds, MAX_AUTHORIZATION_SECONDS) - BACKDATE_SECONDS;
  return { from, until: wholeSecond(new Date(Math.min(shift.until.getTime(), from.getTime() + longest * 1000))) };
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** "Only the last leads on": the outcome of triage is out-of-hours care (design §2 step 1). */
async function careRequestForVisit(id: string, { careRequests }: Pick<IssueStores, 'careRequests'>): Promise<CareRequest> {
  const careRequest = await careRequests.lockCareRequest(id);
  if (careRequest === undefined) throw new TriageError('care-request-unknown');
  if (careRequest.triage?.outcome !== 'out-of-hours-care') throw new TriageError('care-request-needs-no-visit');
  return careRequest;
}

/** A name is for the page; an actor that the operator has not entered as partner goes by its DID. */
async function partyOf(did: Did, role: 'custodian' | 'actor', partners: IssueStores['partners']): Promise<Party> {
  return { did, name: (await partners.findPartner(did, role))?.name ?? did };
}

async function offer(authorization: Authorization, { outbox }: Pick<IssueStores, 'outbox'>, { signer, hrefOf }: IssuePorts): Promise<void> {
  const event = createEvent(
    {
      type: 'nl.anw.authorization.offered.v1',
      source: signer.did,
      recipient: authorization.actor.did,
      subject: authorization.credentialId,
      href: hrefOf(authorization.id),
    },
    { now: authorization.issuedAt, id: authorization.offer },
  );
  await outbox.put(event, await signEvent(event, signer));
}

async function firstOf(order: AuthorizationOrder, authorizations: AuthorizationStore): Promise<Authorization> {
  const first = await authorizations.findByRequest(order.requestId);
  if (first === undefined) throw new Error('a claimed request has no authorization');
  return sameOrder(first, order);
}

/** @throws TriageError `request-id-reused` when the first order was another one */
function sameOrder(first: Authorization, order: AuthorizationOrder): Authorization {
  const same =
    first.careRequest === order.careRequest &&
    first.custodian.did === order.custodian &&
    first.handle === order.handle &&
    first.shift === order.shift &&
    first.visitWindow.from.getTime() === order.visitWindow.from.getTime() &&
    first.visitWindow.until.getTime() === order.visitWindow.until.getTime();
  if (!same) throw new TriageError('request-id-reused');
  return first;
}

function issuedRow(authorization: Authorization, triagist: Triagist, { signer, uuid }: IssuePorts): AuditEvent {
  return {
    id: uuid(),
    name: 'authorization.issued',
    outcome: 'success',
    at: authorization.issuedAt,
    practitioner: triagist,
    regisseur: signer.did,
    actor: authorization.actor.did,
    authorization: authorization.credentialId,
    purposeOfUse: ANW_PURPOSE_OF_USE,
  };
}

function refusedRow(order: AuthorizationOrder, error: TriageError, triagist: Triagist, { signer, clock, uuid }: IssuePorts): AuditEvent {
  return {
    id: uuid(),
    name: 'authorization.issued',
    outcome: 'minor-failure',
    at: clock(),
    practitioner: triagist,
    regisseur: signer.did,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    reason: error.code,
    reference: order.requestId,
  };
}
