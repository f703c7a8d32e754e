import { createHash } from 'node:crypto';
import { alarmOf } from '../alarm/alarm.js';
import { type Authorization, authorizationState, refusalOf } from '../assignment/authorization.js';

/** A system that does its own triage and lets this regisseur send somebody. */
export interface TriageSystem {
  /** Chosen by the operator. */
  readonly id: string;
  readonly name: string;
  /** hex SHA-256 of its secret. */
  readonly secretHash: string;
  readonly createdAt: Date;
}

/** One visit that a triage system asked for, by the key that it gave. */
export interface TriageOrder {
  readonly system: string;
  readonly idempotencyKey: string;
  /** hex SHA-256 of what was asked. */
  readonly fingerprint: string;
  /** Of the care request, and of the visit as the system knows it. */
  readonly id: string;
}

export type VisitState = 'sent' | 'delivered' | 'opened' | 'reported' | 'refused' | 'revoked' | 'ended';

/** How the newest authorization of a visit stands. What was reported on stays so, also when it is over. */
export function visitState(authorization: Authorization, at: Date): VisitState {
  if (authorization.reportedAt !== undefined) return 'reported';
  const state = authorizationState(authorization, at);
  if (state !== 'valid') return state;
  if (refusalOf(authorization) !== undefined) return 'refused';
  if (authorization.openedAt !== undefined) return 'opened';
  return authorization.receivedAt !== undefined ? 'delivered' : 'sent';
}

/** Of everything that was sent for a visit, newest first: what is in force, else what was sent last. */
export function currentOf(authorizations: readonly Authorization[], at: Date): Authorization | undefined {
  return authorizations.find((one) => authorizationState(one, at) === 'valid') ?? authorizations[0];
}

/** What its triage system has to hear; the same as long as nothing changed. */
export interface VisitProgress {
  readonly state: VisitState;
  readonly alarm: boolean;
}

export function visitProgress(authorizations: readonly Authorization[], at: Date): VisitProgress | undefined {
  const current = currentOf(authorizations, at);
  return current && { state: visitState(current, at), alarm: alarmOf(current, at) !== undefined };
}

/** Nothing comes after it. */
export function isLastWord({ state }: VisitProgress): boolean {
  return state === 'ended' || state === 'revoked';
}

/** The same content in whatever order its members stand. */
export function fingerprintOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(sorted(content)), 'utf8').digest('hex');
}

/** A name-based uuid of our own making (RFC 9562 version 8): the same key of the same system is the same visit. */
export function visitIdOf(organisation: string, system: string, idempotencyKey: string, purpose: 'visit' | 'request'): string {
  const hash = createHash('sha256').update(JSON.stringify([purpose, organisation, system, idempotencyKey]), 'utf8').digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
