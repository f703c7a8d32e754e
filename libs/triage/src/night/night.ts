import type { Urgency } from '@anw/authorization';
import type { Shift } from '@anw/scheduling';
import type { Did, EmployeeIdentifier, ValidityPeriod } from '@anw/values';
import { alarmOf } from '../alarm/alarm.js';
import { type Authorization, authorizationState } from '../assignment/authorization.js';
import type { CareRequest, CareRequestKind } from '../care-requests/care-request.js';

/**
 * `open`: triage is to come; `to-assign`: out-of-hours care, and nobody is on the way; `assigned`: an authorization is in
 * force; `closed`: a recorded end of triage, or the visit is over.
 */
export type CareRequestState = 'open' | 'to-assign' | 'assigned' | 'closed';

export interface NightFacts {
  readonly careRequests: readonly CareRequest[];
  /** Newest first. */
  readonly authorizations: readonly Authorization[];
  readonly shifts: readonly Shift[];
}

export interface NightFilter {
  readonly state?: CareRequestState;
  readonly urgency?: Urgency;
  readonly kind?: CareRequestKind;
  readonly actor?: Did;
  readonly custodian?: Did;
  readonly practitioner?: EmployeeIdentifier;
}

export interface NightCareRequest {
  readonly careRequest: CareRequest;
  readonly state: CareRequestState;
  /** Newest first. */
  readonly authorizations: readonly Authorization[];
}

export interface NightLane {
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string; readonly roleName?: string };
  readonly actor: Did;
  readonly shifts: readonly Shift[];
  /** By the begin of their window. */
  readonly blocks: readonly { readonly authorization: Authorization; readonly kind: CareRequestKind }[];
}

export interface Night {
  readonly counts: { readonly open: number; readonly toAssign: number; readonly assigned: number; readonly closed: number; readonly alarms: number };
  /** Not yet acknowledged first, then who has waited longest. */
  readonly alarms: readonly Authorization[];
  readonly careRequests: readonly NightCareRequest[];
  readonly lanes: readonly NightLane[];
}

/** The night as the desk looks at it: what waits, what rings, who goes where. Filters narrow list and lanes; counts and alarms are of the whole night. */
export function nightOf({ careRequests, authorizations, shifts }: NightFacts, filter: NightFilter, at: Date): Night {
  const all = careRequests.map((careRequest) => describe(careRequest, authorizations, at));
  const alarms = ringing(authorizations, at);
  const shown = all.filter((one) => matches(one, filter));
  return {
    counts: { open: count(all, 'open'), toAssign: count(all, 'to-assign'), assigned: count(all, 'assigned'), closed: count(all, 'closed'), alarms: alarms.length },
    alarms,
    careRequests: shown,
    lanes: lanesOf(shown, shifts, filter),
  };
}

/** A care request without a visit in force waits again, unless somebody was there: opened, or the shift ended by itself. */
export function careRequestState({ triage }: CareRequest, authorizations: readonly Authorization[], at: Date): CareRequestState {
  if (triage === undefined) return 'open';
  if (triage.outcome !== 'out-of-hours-care') return 'closed';
  if (authorizations.some((one) => authorizationState(one, at) === 'valid')) return 'assigned';
  return authorizations.some(({ reportedAt, openedAt, revokedAt }) => reportedAt !== undefined || (openedAt !== undefined && revokedAt === undefined)) ? 'closed' : 'to-assign';
}

function describe(careRequest: CareRequest, authorizations: readonly Authorization[], at: Date): NightCareRequest {
  const own = authorizations.filter((one) => one.careRequest === careRequest.id);
  return { careRequest, state: careRequestState(careRequest, own, at), authorizations: own };
}

function ringing(authorizations: readonly Authorization[], at: Date): readonly Authorization[] {
  const alarms = authorizations.flatMap((authorization) => {
    const alarm = alarmOf(authorization, at);
    return alarm === undefined ? [] : [{ authorization, alarm }];
  });
  return alarms
    .toSorted((a, b) => Number(a.alarm.acknowledged !== undefined) - Number(b.alarm.acknowledged !== undefined) || a.alarm.since.getTime() - b.alarm.since.getTime())
    .map(({ authorization }) => authorization);
}

function count(all: readonly NightCareRequest[], state: CareRequestState): number {
  return all.filter((one) => one.state === state).length;
}

function matches({ careRequest, state, authorizations }: NightCareRequest, filter: NightFilter): boolean {
  const ofVisit = (has: (authorization: Authorization) => boolean) => authorizations.some(has);
  return (
    (filter.state === undefined || filter.state === state) &&
    (filter.kind === undefined || filter.kind === careRequest.kind) &&
    (filter.urgency === undefined || filter.urgency === careRequest.urgency || ofVisit(({ urgency }) => urgency === filter.urgency)) &&
    (filter.actor === undefined || ofVisit(({ actor }) => actor.did === filter.actor)) &&
    (filter.custodian === undefined || ofVisit(({ custodian }) => custodian.did === filter.custodian)) &&
    (filter.practitioner === undefined || ofVisit(({ practitioner }) => practitioner.identifier === filter.practitioner))
  );
}

/** A care request that one practitioner took over from another is in the list of both; the lane of the other is not asked for. */
function lanesOf(careRequests: readonly NightCareRequest[], shifts: readonly Shift[], filter: NightFilter): readonly NightLane[] {
  const lanes = new Map<string, NightLane>();
  const laneOf = (actor: Did, practitioner: NightLane['practitioner']): NightLane => lanes.get(`${actor} ${practitioner.identifier}`) ?? { practitioner, actor, shifts: [], blocks: [] };
  const put = (lane: NightLane) => lanes.set(`${lane.actor} ${lane.practitioner.identifier}`, lane);
  for (const shift of shifts) {
    if (!hasLane(shift.actor, shift.practitioner.identifier, filter)) continue;
    const lane = laneOf(shift.actor, shift.practitioner);
    put({ ...lane, shifts: [...lane.shifts, shift] });
  }
  for (const { careRequest, authorizations } of careRequests) {
    for (const authorization of authorizations) {
      if (!hasLane(authorization.actor.did, authorization.practitioner.identifier, filter)) continue;
      const lane = laneOf(authorization.actor.did, authorization.practitioner);
      put({ ...lane, blocks: [...lane.blocks, { authorization, kind: careRequest.kind }].toSorted((a, b) => a.authorization.visitWindow.from.getTime() - b.authorization.visitWindow.from.getTime()) });
    }
  }
  return [...lanes.values()].toSorted((a, b) => a.practitioner.name.localeCompare(b.practitioner.name, 'nl') || a.practitioner.identifier.localeCompare(b.practitioner.identifier));
}

function hasLane(actor: Did, practitioner: EmployeeIdentifier, filter: NightFilter): boolean {
  return (filter.actor === undefined || filter.actor === actor) && (filter.practitioner === undefined || filter.practitioner === practitioner);
}

/** As long as nobody says otherwise: half a day back and half a day on. */
export function tonight(now: Date): ValidityPeriod {
  const halfDay = 12 * 3600 * 1000;
  return { from: new Date(now.getTime() - halfDay), until: new Date(now.getTime() + halfDay) };
}
