import { CLOCK, ServiceLogger } from '@anw/platform';
import type { Light, PrecheckAnswer, PrecheckQuestion, Triagist } from '@anw/triage';
import type { Clock, Did, PatientHandle } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Prechecks } from '../prechecks/prechecks.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

/** The desk does not wait longer for a custodian; the light stays amber, and the next question finds the answer. */
const PATIENCE_MILLISECONDS = 2_000;
/** A page that asks again within this time is answered from here. */
const REMEMBERED_MILLISECONDS = 15_000;
const MAX_REMEMBERED = 2_000;

interface Asked {
  readonly answer: Promise<PrecheckAnswer>;
  readonly until: number;
}

export interface LightQuestion {
  readonly custodian: Did;
  readonly handle: PatientHandle;
  readonly actors: readonly Did[];
}

/** The light of every actor for one patient, asked at once: it is the same for all practitioners of an actor. */
@Injectable()
export class ActorLights {
  private readonly asked = new Map<string, Asked>();

  constructor(
    @Inject(Prechecks) private readonly prechecks: Prechecks,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async lightsOf(regisseur: Regisseur, { custodian, handle, actors }: LightQuestion, triagist: Triagist): Promise<ReadonlyMap<Did, Light>> {
    const patience = new AbortController();
    const late = sleep(PATIENCE_MILLISECONDS, undefined, { signal: patience.signal }).then(
      () => amber,
      () => amber,
    );
    const lights = await Promise.all(actors.map(async (actor) => [actor, await Promise.race([this.askOnce(regisseur, { custodian, actor, handle }, triagist), late])] as const));
    patience.abort();
    return new Map(lights);
  }

  private askOnce(regisseur: Regisseur, question: PrecheckQuestion, triagist: Triagist): Promise<Light> {
    const key = [regisseur.organisation.id, question.custodian, question.actor, question.handle].join(' ');
    const now = this.clock().getTime();
    const known = this.asked.get(key);
    if (known !== undefined && now < known.until) return this.orAmber(known.answer);
    const answer = this.prechecks.answer(regisseur, question, triagist);
    this.remember(key, { answer, until: now + REMEMBERED_MILLISECONDS });
    return this.orAmber(answer);
  }

  /** What went wrong on our own side is told in the log, and is no light. */
  private orAmber(answer: Promise<PrecheckAnswer>): Promise<Light> {
    return answer.catch((error: unknown) => (this.logger.unexpected(error), amber));
  }

  private remember(key: string, asked: Asked): void {
    this.asked.delete(key);
    this.asked.set(key, asked);
    for (const oldest of this.asked.keys()) {
      if (this.asked.size <= MAX_REMEMBERED) break;
      this.asked.delete(oldest);
    }
  }
}

const amber: Light = { light: 'amber' };
