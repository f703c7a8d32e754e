import { PractitionersOnDuty } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import { whoIsOnDuty } from '@anw/scheduling';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject } from '@nestjs/common';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { toPeriod } from './views.js';

/** Whom the desk can send (design §2 step 2). */
@Controller('api/practitioners')
@RequireRole(TRIAGIST_ROLE)
export class PractitionersController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('on-duty')
  @Documented({ summary: 'Practitioners on duty now', responses: { 200: { description: 'Whoever stays longest first', schema: PractitionersOnDuty } } })
  async onDuty(@CurrentUser() user: StaffUser): Promise<PractitionersOnDuty> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const now = this.clock();
    return regisseur.transaction(async ({ shifts, partners }) => {
      const running = await shifts.listShifts({ from: now, until: new Date(now.getTime() + 1) });
      const names = new Map((await partners.listPartners('actor')).map(({ did, name }) => [did, name]));
      return {
        practitioners: whoIsOnDuty(running, now).map(({ id, practitioner, actor, period }) => ({
          shift: id,
          ...practitioner,
          actor: { did: actor, name: names.get(actor) ?? actor },
          period: toPeriod(period),
        })),
      };
    });
  }
}
