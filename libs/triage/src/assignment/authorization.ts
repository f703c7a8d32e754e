import type { Urgency } from '@anw/authorization';
import type { Did, DidUrl, EmployeeIdentifier, PatientHandle, ValidityPeriod } from '@anw/values';
import { contains } from '@anw/values';

/** The little of a patient that a nurse needs to find the right door; `birthDate` is `YYYY-MM-DD`. */
export interface PatientCard {
  readonly name: string;
  readonly birthDate: string;
  readonly address?: string;
}

export interface Party {
  readonly did: Did;
  readonly name: string;
}

/** An authorization that this regisseur issued: the grant of one patient to one practitioner for one shift (design §2 step 3). */
export interface Authorization {
  /** uuid; the credential's id is `<regisseur DID>#<id>`. */
  readonly id: string;
  readonly credentialId: DidUrl;
  /** Compact JWT of the `ANWAuthorizationCredential`. */
  readonly credential: string;
  /** uuid made by the page, so that a double click issues once. */
  readonly requestId: string;
  readonly careRequest: string;
  readonly shift: string;
  readonly custodian: Party;
  readonly actor: Party;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string };
  readonly handle: PatientHandle;
  readonly delegation: DidUrl;
  readonly patient: PatientCard;
  readonly note: string;
  readonly urgency: Urgency;
  readonly visitWindow: ValidityPeriod;
  /** Whether it opens how to get into the home. */
  readonly homeAccess: boolean;
  readonly period: ValidityPeriod;
  readonly issuedAt: Date;
  readonly issuedBy: EmployeeIdentifier;
  /** Id of the event that offered it; the receipt answers to it. */
  readonly offer: string;
  readonly receivedAt?: Date;
  /** Of an extension: the visit, whichever authorization it was opened under. */
  readonly openedAt?: Date;
  readonly refusedAt?: Date;
  /** When the custodian stored the first that was written on it; of an extension, as `openedAt`. */
  readonly reportedAt?: Date;
  readonly revokedAt?: Date;
  /** Who at the desk took it back, and why; stays at the desk. */
  readonly revokedBy?: EmployeeIdentifier;
  readonly revokeReason?: string;
  /** Somebody has to have opened it by then, else an alarm rings; of an extension: what it was for the visit. */
  readonly openBefore?: Date;
  /** When the alarm rang. */
  readonly alarmAt?: Date;
  /** Who at the desk has seen the alarm. */
  readonly acknowledged?: { readonly at: Date; readonly by: EmployeeIdentifier };
  /** The authorization that this one came after, and how. */
  readonly follows?: Follows;
  /** The authorization that came after this one. */
  readonly replacedBy?: string;
  /** Of an extension: when the first of the row began. */
  readonly extendedSince?: Date;
}

export interface Follows {
  readonly authorization: string;
  /** To another practitioner, and the old one revoked; or for the same one, from when the old one ends. */
  readonly how: 'reassigned' | 'extended';
}

export interface Revocation {
  readonly at: Date;
  readonly by?: EmployeeIdentifier;
  readonly reason?: string;
}

export type Receipt = 'received' | 'opened' | 'reported' | 'refused';

/** Authorizations that one regisseur issued. */
export interface AuthorizationStore {
  /** First come, first served: false when that request id has been claimed. Waits for a transaction that is claiming it. */
  claimRequest(requestId: string, authorization: string): Promise<boolean>;
  addAuthorization(authorization: Authorization): Promise<void>;
  findAuthorization(id: string): Promise<Authorization | undefined>;
  findByRequest(requestId: string): Promise<Authorization | undefined>;
  /** Newest first. */
  listAuthorizations(limit: number): Promise<readonly Authorization[]>;
  /** Neither revoked nor over. */
  listInForce(at: Date): Promise<readonly Authorization[]>;
  /** The same terms under another signature. */
  replaceCredential(id: string, credential: string): Promise<void>;
  /** Of one shift, neither revoked nor over. */
  listInForceOfShift(shift: string, at: Date): Promise<readonly Authorization[]>;
  /** Answers false when it was revoked before. */
  markRevoked(id: string, revocation: Revocation): Promise<boolean>;
  /** Answers false when another follows it already, or it was revoked: simultaneous ones wait for each other. */
  markReplaced(id: string, by: string): Promise<boolean>;
  /** The first who says so since it rang is the one. */
  markAcknowledged(id: string, by: EmployeeIdentifier, at: Date, rangAt: Date): Promise<void>;
  /** Lets the alarm ring of those that nobody opened in time. @returns how many */
  raiseAlarms(at: Date): Promise<number>;
  /** Everything that was sent for these care requests, newest first. */
  listOfCareRequests(careRequests: readonly string[]): Promise<readonly Authorization[]>;
  /** Whose visit window or validity has a part in the period; newest first, at most `limit`. */
  listInPeriod(period: ValidityPeriod, limit: number): Promise<readonly Authorization[]>;
  /** The first receipt of a kind counts; answers false for a repeat. */
  markReceipt(id: string, receipt: Receipt, at: Date): Promise<boolean>;
  /** Whether one is neither revoked nor over for this care request. */
  hasAuthorizationInForce(careRequest: string, at: Date): Promise<boolean>;
  /** Whether this actor has one, revoked or not, that was not over at that moment. */
  hasAuthorizationSince(actor: Did, at: Date): Promise<boolean>;
}

export type AuthorizationState = 'valid' | 'revoked' | 'ended';

/** The end of the shift ends it by itself; one that begins later is already valid to the desk: it can be revoked. */
export function authorizationState({ period, revokedAt }: Pick<Authorization, 'period' | 'revokedAt'>, at: Date): AuthorizationState {
  if (revokedAt !== undefined) return 'revoked';
  return contains({ from: new Date(0), until: period.until }, at) ? 'valid' : 'ended';
}

export type DeliveryProgress = 'pending' | 'received' | 'opened' | 'reported' | 'refused';

type Receipts = Pick<Authorization, 'receivedAt' | 'openedAt' | 'reportedAt' | 'refusedAt' | 'follows'>;

/** How far it came. An actor that cannot accept what it pulled confirms the notification as well: its refusal says more. */
export function deliveryProgress(authorization: Receipts): DeliveryProgress {
  if (refusalOf(authorization) !== undefined) return 'refused';
  if (authorization.reportedAt !== undefined) return 'reported';
  if (authorization.openedAt !== undefined) return 'opened';
  return authorization.receivedAt !== undefined ? 'received' : 'pending';
}

/**
 * Since when the actor's system has refused it. Who opened it or wrote on it has it after all; not so an extension, whose visit
 * may have been opened under what it extends.
 */
export function refusalOf({ refusedAt, openedAt, reportedAt, follows }: Omit<Receipts, 'receivedAt'>): Date | undefined {
  const had = openedAt ?? reportedAt;
  if (refusedAt === undefined || had === undefined) return refusedAt;
  return follows?.how === 'extended' && had < refusedAt ? refusedAt : undefined;
}

/** The row of extensions that came after it, the next first: they are the same visit. */
export async function extensionsAfter({ replacedBy }: Pick<Authorization, 'replacedBy'>, authorizations: Pick<AuthorizationStore, 'findAuthorization'>): Promise<readonly Authorization[]> {
  const found: Authorization[] = [];
  for (let id = replacedBy; id !== undefined; ) {
    const next = await authorizations.findAuthorization(id);
    if (next?.follows?.how !== 'extended') break;
    found.push(next);
    id = next.replacedBy;
  }
  return found;
}
