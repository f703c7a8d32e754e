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
  readonly period: ValidityPeriod;
  readonly issuedAt: Date;
  readonly issuedBy: EmployeeIdentifier;
  /** Id of the event that offered it; the receipt answers to it. */
  readonly offer: string;
  readonly receivedAt?: Date;
  readonly openedAt?: Date;
  readonly refusedAt?: Date;
  readonly revokedAt?: Date;
}

export type Receipt = 'received' | 'opened' | 'refused';

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
  markRevoked(id: string, at: Date): Promise<boolean>;
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

export type DeliveryProgress = 'pending' | 'received' | 'opened' | 'refused';

/** How far it came. An actor that cannot accept what it pulled confirms the notification as well: its refusal says more. */
export function deliveryProgress({ receivedAt, openedAt, refusedAt }: Pick<Authorization, 'receivedAt' | 'openedAt' | 'refusedAt'>): DeliveryProgress {
  if (openedAt !== undefined) return 'opened';
  if (refusedAt !== undefined) return 'refused';
  return receivedAt !== undefined ? 'received' : 'pending';
}
