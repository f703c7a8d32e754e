import { CLOCK, ServiceLogger } from '@anw/platform';
import { actorsToAsk, type DutyRoster, fetchDuty, practitionersOnDuty } from '@anw/triage';
import type { Clock, Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Regisseur } from '../regisseurs/regisseurs.js';
import { ActorDoors } from './actor-doors.js';

/** The desk does not wait longer for an actor; what comes later is shown the next time. */
const PATIENCE_MILLISECONDS = 1_500;

/** Who is on duty, by the regisseur's own planning and by what actors say when they are asked (design §2 step 2). */
@Injectable()
export class DutyRosters {
  /** Questions under way, so that pages that look at the same moment ask once. */
  private readonly asking = new Map<string, Promise<void>>();

  constructor(
    @Inject(ActorDoors) private readonly doors: ActorDoors,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async rosterOf(regisseur: Regisseur): Promise<DutyRoster> {
    const due = await regisseur.transaction(async ({ partners, duties }) => actorsToAsk(await partners.listPartners('actor'), await duties.listDuties(), this.clock()));
    const patience = new AbortController();
    const answers = Promise.all(due.map((actor) => this.askOnce(regisseur, actor)));
    if (due.length > 0) await Promise.race([answers, sleep(PATIENCE_MILLISECONDS, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    const now = this.clock();
    return regisseur.transaction(async ({ shifts, partners, duties }) => {
      const running = await shifts.listShifts({ from: now, until: new Date(now.getTime() + 1) });
      return practitionersOnDuty(running, await partners.listPartners('actor'), await duties.listDuties(), now);
    });
  }

  private askOnce(regisseur: Regisseur, actor: Did): Promise<void> {
    const key = `${regisseur.organisation.id} ${actor}`;
    const underWay = this.asking.get(key);
    if (underWay !== undefined) return underWay;
    const asking = this.ask(regisseur, actor)
      .catch((error: unknown) => this.logger.unexpected(error))
      .finally(() => this.asking.delete(key));
    this.asking.set(key, asking);
    return asking;
  }

  private async ask(regisseur: Regisseur, actor: Did): Promise<void> {
    const answer = await fetchDuty(actor, { door: this.doors.doorFor(regisseur), clock: this.clock });
    await regisseur.transaction(({ duties }) => duties.saveAnswer(answer));
  }
}
