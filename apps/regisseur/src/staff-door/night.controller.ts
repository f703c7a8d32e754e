import { NeighbourNights, NightFilter, NightView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, parseRequest, ProblemError, problemDetails, RequireRole } from '@anw/platform';
import { alarmOf, authorizationState, deliveryProgress, type NightLane, tonight } from '@anw/triage';
import type { Did, ValidityPeriod } from '@anw/values';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type NeighbourNight, Nights, type ShownNight } from '../nights/nights.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { toAlarmView } from './alarm-view.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { toAuthorizationView, toCareRequestView, toPeriod } from './views.js';

const LONGEST_MILLISECONDS = 7 * 24 * 3600 * 1000;

/** The overview of the night: what waits, what rings, who goes where. */
@Controller('api/night')
@RequireRole(TRIAGIST_ROLE)
export class NightController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Nights) private readonly nights: Nights,
  ) {}

  @Get()
  @Documented({
    summary: 'The night as list and time line',
    request: { query: NightFilter },
    responses: { 200: { description: 'Counts and alarms of the whole night, list and lanes as filtered', schema: NightView }, 422: { description: 'The period is longer than a week, or ends before it begins', schema: problemDetails } },
  })
  async show(@CurrentUser() user: StaffUser, @Query() query: unknown): Promise<NightView> {
    const { from, until, ...filter } = parseRequest(NightFilter, query);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toView(await this.nights.nightOf(regisseur, filter as Parameters<Nights['nightOf']>[1], periodOf(from, until)));
  }

  @Get('neighbours')
  @Documented({ summary: 'How busy it is at regisseurs that let this one look: no patient, no note; each look is in their log', responses: { 200: { description: 'Side by side', schema: NeighbourNights } } })
  async neighbours(@CurrentUser() user: StaffUser): Promise<NeighbourNights> {
    return { regisseurs: (await this.nights.neighboursOf(await regisseurOfUser(user, this.regisseurs), triagistOf(user))).map(toNeighbour) };
  }
}

function toNeighbour({ regisseur: { organisation }, night: { now, counts, careRequests, lanes } }: NeighbourNight): NeighbourNights['regisseurs'][number] {
  const inForce = careRequests.flatMap(({ authorizations }) => authorizations).filter((authorization) => authorizationState(authorization, now) === 'valid');
  return {
    regisseur: { did: organisation.did, name: organisation.displayName },
    counts: { ...counts },
    visits: inForce.map((authorization) => {
      const alarm = toAlarmView(authorization, now);
      return { id: authorization.id, practitioner: authorization.practitioner.name, actor: authorization.actor, urgency: authorization.urgency, window: toPeriod(authorization.visitWindow), delivery: deliveryProgress(authorization), ...(alarm && { alarm }) };
    }),
    onDuty: lanes.filter(({ shifts }) => shifts.some(({ period, endedAt }) => period.from <= now && now < period.until && endedAt === undefined)).length,
  };
}

function periodOf(from: string | undefined, until: string | undefined): ValidityPeriod | undefined {
  if (from === undefined && until === undefined) return undefined;
  const around = tonight(new Date(from ?? until ?? 0));
  const period = { from: from === undefined ? around.from : new Date(from), until: until === undefined ? around.until : new Date(until) };
  if (period.until <= period.from) throw new ProblemError('not-acceptable', { detail: 'De eindtijd ligt niet na de begintijd.', errors: [{ pointer: '/until', detail: 'Kies een tijd na de begintijd.' }] });
  if (period.until.getTime() - period.from.getTime() > LONGEST_MILLISECONDS) throw new ProblemError('not-acceptable', { detail: 'Kies een periode van hoogstens een week.', errors: [{ pointer: '/until', detail: 'Kies een periode van hoogstens een week.' }] });
  return period;
}

function toView({ period, now, counts, alarms, careRequests, lanes, names }: ShownNight): NightView {
  return {
    period: toPeriod(period),
    now: now.toISOString(),
    counts: { ...counts },
    alarms: alarms.map((authorization) => toAuthorizationView(authorization, now)),
    careRequests: careRequests.map(({ careRequest, state, authorizations }) => ({ careRequest: toCareRequestView(careRequest), state, authorizations: authorizations.map((authorization) => toAuthorizationView(authorization, now)) })),
    lanes: lanes.map((lane) => toLaneView(lane, names, now)),
  };
}

function toLaneView({ practitioner, actor, shifts, blocks }: NightLane, names: ReadonlyMap<Did, string>, now: Date): NightView['lanes'][number] {
  return {
    practitioner,
    actor: { did: actor, name: names.get(actor) ?? actor },
    shifts: shifts.map(({ id, period, endedAt }) => ({ id, period: toPeriod(period), ...(endedAt && { endedAt: endedAt.toISOString() }) })),
    blocks: blocks.map(({ authorization, kind }) => ({
      authorization: authorization.id,
      kind,
      window: toPeriod(authorization.visitWindow),
      patientName: authorization.patient.name,
      urgency: authorization.urgency,
      state: authorizationState(authorization, now),
      delivery: deliveryProgress(authorization),
      alarm: alarmOf(authorization, now) !== undefined,
    })),
  };
}
