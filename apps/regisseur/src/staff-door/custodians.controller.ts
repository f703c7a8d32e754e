import { CustodianAllowlist, CustodianAllowlists } from '@anw/api-contracts';
import { stateOfPeriod } from '@anw/authorization';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import { ageSeconds, isFresh, type Partner, type ReceivedAllowlist, type ReceivedRow } from '@anw/triage';
import { type Clock, contains, type Did } from '@anw/values';
import { Controller, Get, Inject } from '@nestjs/common';
import { ALLOWLIST_SETTINGS, type AllowlistSettings } from '../allowlists/allowlist-settings.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { doorFailureMessages } from './door-failure-messages.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { toPeriod } from './views.js';

/** What the custodians of the region allow, and how old that knowledge is (design D11). */
@Controller('api/custodians')
@RequireRole(TRIAGIST_ROLE)
export class CustodiansController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(ALLOWLIST_SETTINGS) private readonly settings: AllowlistSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Custodians with the rows they gave this regisseur, and the age of those', responses: { 200: { description: 'By name', schema: CustodianAllowlists } } })
  async list(@CurrentUser() user: StaffUser): Promise<CustodianAllowlists> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return regisseur.transaction(async ({ partners, allowlists }) => {
      const known = new Map((await allowlists.listAllowlists()).map((allowlist) => [allowlist.custodian, allowlist]));
      const names = new Map((await partners.listPartners('actor')).map(({ did, name }) => [did, name]));
      return { custodians: (await partners.listPartners('custodian')).map((custodian) => this.describe(custodian, known.get(custodian.did), names)) };
    });
  }

  private describe({ did, name }: Partner, allowlist: ReceivedAllowlist | undefined, names: ReadonlyMap<Did, string>): CustodianAllowlist {
    const now = this.clock();
    const age = allowlist && ageSeconds(allowlist, now);
    return {
      custodian: { did, name },
      ...(allowlist?.fetchedAt && { fetchedAt: allowlist.fetchedAt.toISOString() }),
      ...(age !== undefined && { ageSeconds: age }),
      stale: allowlist === undefined || !isFresh(allowlist, now, this.settings.maxAgeSeconds),
      ...problemOf(allowlist, now),
      rows: (allowlist?.rows ?? []).map((row) => describeRow(row, names, now)),
    };
  }
}

function problemOf(allowlist: ReceivedAllowlist | undefined, now: Date): Pick<CustodianAllowlist, 'problem'> {
  if (allowlist === undefined) return {};
  if (allowlist.failure !== undefined) return { problem: doorFailureMessages.custodian[allowlist.failure] };
  const { delegation } = allowlist;
  if (allowlist.fetchedAt === undefined || (delegation !== undefined && contains(delegation.period, now))) return {};
  return { problem: 'De bronhouder geeft geen geldige machtiging. De bronhouder moet die herstellen.' };
}

function describeRow({ actor, period }: ReceivedRow, names: ReadonlyMap<Did, string>, now: Date): CustodianAllowlist['rows'][number] {
  return { actor: { did: actor, name: names.get(actor) ?? actor }, period: toPeriod(period), state: stateOfPeriod(period, now) };
}
