import { CLOCK, ServiceLogger } from '@anw/platform';
import { RepeatedTask, tellUnexpected } from '@anw/service-core';
import { isDue } from '@anw/triage';
import type { Clock, Did } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { ALLOWLIST_SETTINGS, type AllowlistSettings } from './allowlist-settings.js';
import { Allowlists } from './allowlists.js';

const INTERVAL_MILLISECONDS = 5_000;
/** So many custodians are asked at once. */
const AT_ONCE = 10;

/** Fetches what custodians allow each regisseur when it is due, so that the desk always knows rows and their age (design D11). */
@Injectable()
export class AllowlistKeeper implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;
  private readonly tell: (error: unknown) => void;

  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
    @Inject(ALLOWLIST_SETTINGS) private readonly settings: AllowlistSettings,
    @Inject(ServiceLogger) logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tell = tellUnexpected(logger);
    this.task = new RepeatedTask({ work: () => this.keep(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: this.tell });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** One turn: every custodian that is due is asked; one that fails keeps nobody waiting. */
  async keep(): Promise<void> {
    for (const regisseur of await this.regisseurs.listAll()) {
      const due = await this.dueCustodians(regisseur);
      for (let start = 0; start < due.length; start += AT_ONCE) {
        await Promise.all(due.slice(start, start + AT_ONCE).map((custodian) => this.allowlists.refresh(regisseur, custodian).catch(this.tell)));
      }
    }
  }

  private async dueCustodians(regisseur: Regisseur): Promise<readonly Did[]> {
    const now = this.clock();
    return regisseur.transaction(async ({ partners, allowlists }) => {
      const known = new Map((await allowlists.listAllowlists()).map((allowlist) => [allowlist.custodian, allowlist]));
      return (await partners.listPartners('custodian')).map(({ did }) => did).filter((did) => isDue(known.get(did), now, this.settings.refreshSeconds));
    });
  }
}
