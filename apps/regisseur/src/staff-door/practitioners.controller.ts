import { type PractitionerOnDuty as PractitionerView, PractitionerProposal, PractitionersOnDuty, ProposalInput } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import { loadWords, proposalReason } from '@anw/scheduling';
import type { PractitionerOnDuty, ProposedPractitioner, SilentActor } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Body, Controller, Get, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { DutyRosters } from '../duty/duty-rosters.js';
import { PROPOSAL_SETTINGS, type ProposalSettings } from '../prechecks/proposal-settings.js';
import { Proposals } from '../proposals/proposals.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { doorFailureMessages } from './door-failure-messages.js';
import { toTrafficLight } from './light-view.js';
import { toPeriod } from './views.js';

/** Whom the desk can send (design §2 step 2). */
@Controller('api/practitioners')
@RequireRole(TRIAGIST_ROLE)
export class PractitionersController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(DutyRosters) private readonly rosters: DutyRosters,
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(PROPOSAL_SETTINGS) private readonly settings: ProposalSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('on-duty')
  @Documented({ summary: 'Practitioners on duty now, by the regisseur’s planning and by what actors say; actors that do not answer stand apart', responses: { 200: { description: 'Whoever stays longest first', schema: PractitionersOnDuty } } })
  async onDuty(@CurrentUser() user: StaffUser): Promise<PractitionersOnDuty> {
    const { practitioners, silent } = await this.rosters.rosterOf(await regisseurOfUser(user, this.regisseurs));
    const now = this.clock();
    return { practitioners: practitioners.map((practitioner) => toView(practitioner, now)), silent: silent.map(toSilent) };
  }

  @Post('proposal')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Whom to send to this patient: everybody on duty in the order of choice, with distance or district, present load and traffic light; a custodian that is slow leaves its light amber',
    request: { body: ProposalInput },
    responses: { 200: { description: 'Best first', schema: PractitionerProposal } },
  })
  async propose(@CurrentUser() user: StaffUser, @Body({ schema: ProposalInput }) question: ProposalInput): Promise<PractitionerProposal> {
    const { practitioners, silent, district } = await this.proposals.propose(await regisseurOfUser(user, this.regisseurs), question, triagistOf(user));
    const now = this.clock();
    return {
      practitioners: practitioners.map((proposed) => toProposed(proposed, this.settings, now)),
      silent: silent.map(toSilent),
      ...(district !== undefined && { district }),
      complete: practitioners.every(({ light }) => light?.light !== 'amber'),
    };
  }
}

function toProposed({ practitioner, candidate, light }: ProposedPractitioner, settings: ProposalSettings, now: Date): PractitionerProposal['practitioners'][number] {
  const { load, distanceKilometres, sameDistrict } = candidate;
  return {
    ...toView(practitioner, now),
    load: { ...load, words: loadWords(load) },
    ...(distanceKilometres !== undefined && { distanceKilometres }),
    ...(sameDistrict !== undefined && { sameDistrict }),
    ...(light && { light: toTrafficLight(light, settings) }),
    reason: proposalReason(candidate),
  };
}

function toView({ shift: { id, practitioner, district, period }, actor: { did, name }, source }: PractitionerOnDuty, now: Date): PractitionerView {
  return { shift: id, ...practitioner, actor: { did, name }, ...(district !== undefined && { district }), period: toPeriod(period), source: toSource(source, now) };
}

function toSource(source: PractitionerOnDuty['source'], now: Date): PractitionerView['source'] {
  if (source.kind === 'regisseur') return source;
  return { kind: 'actor', fetchedAt: source.toldAt.toISOString(), ageSeconds: Math.max(0, Math.floor((now.getTime() - source.toldAt.getTime()) / 1000)) };
}

function toSilent({ actor: { did, name }, failure, fetchedAt }: SilentActor): PractitionersOnDuty['silent'][number] {
  return { did, name, problem: doorFailureMessages.actor[failure], ...(fetchedAt && { fetchedAt: fetchedAt.toISOString() }) };
}
