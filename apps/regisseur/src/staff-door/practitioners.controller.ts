import { type PractitionerOnDuty as PractitionerView, PractitionersOnDuty } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import type { PractitionerOnDuty, SilentActor } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject } from '@nestjs/common';
import { DutyRosters } from '../duty/duty-rosters.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { doorFailureMessages } from './door-failure-messages.js';
import { toPeriod } from './views.js';

/** Whom the desk can send (design §2 step 2). */
@Controller('api/practitioners')
@RequireRole(TRIAGIST_ROLE)
export class PractitionersController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(DutyRosters) private readonly rosters: DutyRosters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('on-duty')
  @Documented({ summary: 'Practitioners on duty now, by the regisseur’s planning and by what actors say; actors that do not answer stand apart', responses: { 200: { description: 'Whoever stays longest first', schema: PractitionersOnDuty } } })
  async onDuty(@CurrentUser() user: StaffUser): Promise<PractitionersOnDuty> {
    const { practitioners, silent } = await this.rosters.rosterOf(await regisseurOfUser(user, this.regisseurs));
    const now = this.clock();
    return { practitioners: practitioners.map((practitioner) => toView(practitioner, now)), silent: silent.map(toSilent) };
  }
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
