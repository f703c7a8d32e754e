import type { AuditEvent, AuditLog } from '@anw/audit';
import { homeAccessResource, type Urgency } from '@anw/authorization';
import { BACKDATE_SECONDS, createStatusEntries, type GrantedResource, issueAuthorizationCredential, MAX_AUTHORIZATION_SECONDS, type StatusListBase, type StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import { isShiftOver, type Shift, type ShiftStore } from '@anw/scheduling';
import { ANW_PURPOSE_OF_USE, type Clock, type Did, DidUrl, type PatientHandle, type ValidityPeriod } from '@anw/values';
import { type AlarmTimesStore, openBefore } from '../alarm/alarm.js';
import type { CareRequest, CareRequestStore } from '../care-requests/care-request.js';
import type { PartnerStore } from '../partners/partner.js';
import type { Green, Precheck } from '../precheck/precheck.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { Authorization, AuthorizationStore, Follows, Party, PatientCard } from './authorization.js';
import { revokeWithExtensions } from './revoke-authorization.js';

/** What the triagist ordered. The shift names actor, practitioner and period. */
export interface AuthorizationOrder {
  readonly requestId: string;
  readonly careRequest: string;
  readonly custodian: Did;
  readonly handle: PatientHandle;
  readonly patient: PatientCard;
  readonly shift: string;
  readonly visitWindow: ValidityPeriod;
  /** Whether the nurse may see how to get in; the triagist decides it for each visit. */
  readonly homeAccess: boolean;
  /** For the nurse; left out: the description of the care request. */
  readonly note?: string;
  /** Left out: that of the care request. */
  readonly urgency?: Urgency;
}

/** The authorization that the new one comes after: revoked in the same act, or left to end where an extension begins. */
export interface Following {
  readonly authorization: Authorization;
  readonly how: Follows['how'];
  /** In the triagist's words. */
  readonly explanation: string;
  /** Of an extension. */
  readonly period?: ValidityPeriod;
}

/** What commits together when an authorization is issued (design §2 step 3). */
export interface IssueStores {
  readonly careRequests: Pick<CareRequestStore, 'lockCareRequest'>;
  readonly authorizations: AuthorizationStore;
  readonly shifts: Pick<ShiftStore, 'findShift' | 'holdShift'>;
  readonly partners: Pick<PartnerStore, 'findPartner'>;
  readonly alarmTimes: Pick<AlarmTimesStore, 'findAlarmTimes'>;
  readonly statuses: Pick<StatusRegister, 'allocate' | 'revoke'>;
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
export async function issueAuthorization(order: AuthorizationOrder, triagist: Triagist, ports: IssuePorts, following?: Following): Promise<Authorization> {
  const { earlier, shift } = await ports.transaction(async ({ authorizations, shifts }) => ({
    earlier: await authorizations.findByRequest(order.requestId),
    shift: await shifts.findShift(order.shift),
  }));
  if (earlier !== undefined) return sameOrder(earlier, order, following);
  try {
    return await issueOnce({ order, shift, triagist, following }, ports);
  } catch (error) {
    if (error instanceof TriageError) await ports.transaction(({ audit }) => audit.append(refusedRow(order, error, triagist, ports)));
    throw error;
  }
}

interface Asked {
  readonly order: AuthorizationOrder;
  readonly shift: Shift | undefined;
  readonly triagist: Triagist;
  readonly following: Following | undefined;
}

async function issueOnce({ order, shift, triagist, following }: Asked, ports: IssuePorts): Promise<Authorization> {
  if (shift === undefined) throw new TriageError('shift-unknown');
  if (isShiftOver(shift, ports.clock())) throw new TriageError('shift-over');
  const answer = await ports.precheck.askUnlessGreen({ custodian: order.custodian, actor: shift.actor, handle: order.handle });
  if (answer.light === 'red') throw new TriageError(answer.reason);
  if (order.homeAccess && answer.homeAccess === undefined) throw new TriageError('no-home-access');
  const id = ports.uuid();
  return ports.transaction(async (stores) => {
    // The claim is the one statement on which simultaneous clicks wait for each other.
    if (!(await stores.authorizations.claimRequest(order.requestId, id))) return firstOf(order, following, stores.authorizations);
    // It may have been ended while the custodian was asked.
    if (isShiftOver((await stores.shifts.holdShift(shift.id)) ?? shift, ports.clock())) throw new TriageError('shift-over');
    const followed = following && (await take(following, id, stores));
    const authorization = await createAuthorization({ id, order, shift, green: answer, triagist, following: followed }, stores, ports);
    await stores.authorizations.addAuthorization(authorization);
    if (followed?.how === 'reassigned') await revokeWithExtensions(followed.authorization, { practitioner: triagist, reason: 'reassigned', explanation: followed.explanation }, stores, ports);
    await offer(authorization, stores, ports);
    await stores.audit.append(issuedRow(authorization, triagist, ports));
    return authorization;
  });
}

/** What comes after another stands or falls with it: both are in this transaction. @returns the other as it is now that nobody else can follow it */
async function take(following: Following, id: string, { authorizations }: IssueStores): Promise<Following> {
  const old = following.authorization.id;
  if (!(await authorizations.markReplaced(old, id))) throw new TriageError('authorization-followed');
  return { ...following, authorization: (await authorizations.findAuthorization(old)) ?? following.authorization };
}

interface Assignment {
  readonly id: string;
  readonly order: AuthorizationOrder;
  readonly shift: Shift;
  readonly green: Green;
  readonly triagist: Triagist;
  readonly following: Following | undefined;
}

async function createAuthorization({ id, order, shift, green, triagist, following }: Assignment, stores: IssueStores, ports: IssuePorts): Promise<Authorization> {
  const { delegation } = green;
  const issuedAt = ports.clock();
  const period = following?.period ?? authorizationPeriod(shift.period, delegation.maxAuthorizationSeconds, issuedAt);
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
    resources: resourcesFor(order, green, ports),
    period,
    status: createStatusEntries(ports.statusLists, await stores.statuses.allocate(credentialId, period.until)),
  });
  const urgency = order.urgency ?? careRequest.urgency;
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
    note: order.note ?? careRequest.description,
    urgency,
    visitWindow: order.visitWindow,
    homeAccess: order.homeAccess,
    period,
    issuedAt,
    issuedBy: triagist.identifier,
    offer: ports.uuid(),
    ...(following && { follows: { authorization: following.authorization.id, how: following.how } }),
    ...(following?.how === 'extended' ? ofSameVisit(following.authorization) : { openBefore: openBefore({ issuedAt, visitWindow: order.visitWindow, urgency }, await stores.alarmTimes.findAlarmTimes()) }),
  };
}

/** What the desk knows of the visit goes on: an extension makes nothing unopened, and silences no alarm. */
function ofSameVisit({ extendedSince, period, openedAt, reportedAt, openBefore, alarmAt, acknowledged }: Authorization): Partial<Authorization> {
  return {
    extendedSince: extendedSince ?? period.from,
    ...(openedAt && { openedAt }),
    ...(reportedAt && { reportedAt }),
    ...(openBefore && { openBefore }),
    ...(alarmAt && { alarmAt }),
    ...(acknowledged && { acknowledged }),
  };
}

/** The home access by its own path, and only when the triagist handed it along (design §4: resources narrow). */
function resourcesFor({ homeAccess }: AuthorizationOrder, green: Green, { resources }: IssuePorts): readonly GrantedResource[] {
  return homeAccess && green.homeAccess !== undefined ? [...resources, homeAccessResource(green.homeAccess)] : resources;
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

async function firstOf(order: AuthorizationOrder, following: Following | undefined, authorizations: AuthorizationStore): Promise<Authorization> {
  const first = await authorizations.findByRequest(order.requestId);
  if (first === undefined) throw new Error('a claimed request has no authorization');
  return sameOrder(first, order, following);
}

/** @throws TriageError `request-id-reused` when the first order was another one */
function sameOrder(first: Authorization, order: AuthorizationOrder, following: Following | undefined): Authorization {
  const same =
    first.careRequest === order.careRequest &&
    first.custodian.did === order.custodian &&
    first.handle === order.handle &&
    first.shift === order.shift &&
    first.homeAccess === order.homeAccess &&
    first.follows?.authorization === following?.authorization.id &&
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
