import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceLogger } from '../logging/service-logger.js';
import type { Readiness } from './readiness.js';

/** Something that must be there before the service works: the database, its keys, the bus. */
export interface ConnectStep {
  /** As the log and `/health/ready` call it. */
  readonly name: string;
  /** Names of the steps that come first. */
  readonly needs?: readonly string[];
  /** Whether partners and staff wait for it too; true when left out. */
  readonly gatesDoors?: boolean;
  /** Called again, with growing pauses, until it resolves. */
  connect(): Promise<void>;
  /** Rejects while the dependency does not answer, after it has once been there. */
  probe?(): Promise<void>;
}

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 3_000;
const REMINDER_MILLISECONDS = 30_000;

/** Takes the steps, each as soon as what it needs is there, and keeps `readiness` up to date. Rejects only when `signal` aborts. */
export async function takeConnectSteps(steps: readonly ConnectStep[], readiness: Readiness, logger: ServiceLogger, signal: AbortSignal): Promise<void> {
  for (const step of steps) readiness.expect(step.name, { gatesDoors: step.gatesDoors ?? true, probe: step.probe?.bind(step) });
  const done = new Map<string, Promise<void>>();
  for (const step of inOrder(steps)) {
    const needed = (step.needs ?? []).map((name) => done.get(name));
    done.set(step.name, Promise.all(needed).then(() => retry(step, readiness, logger, signal)));
  }
  await Promise.all(done.values());
}

/** Every step behind the ones it needs. @throws when a step needs one that does not exist, or itself. */
function inOrder(steps: readonly ConnectStep[]): readonly ConnectStep[] {
  const ordered: ConnectStep[] = [];
  while (ordered.length < steps.length) {
    const next = steps.find((step) => !ordered.includes(step) && (step.needs ?? []).every((name) => ordered.some((earlier) => earlier.name === name)));
    if (next === undefined) throw new Error(`connect steps need what is not there: ${steps.filter((step) => !ordered.includes(step)).map(({ name }) => name).join(', ')}`);
    ordered.push(next);
  }
  return ordered;
}

async function retry(step: ConnectStep, readiness: Readiness, logger: ServiceLogger, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MILLISECONDS;
  let remindAt = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      await step.connect();
      readiness.markReady(step.name);
      logger.info(`${step.name} is there`);
      return;
    } catch (error) {
      const reason = reasonOf(error);
      readiness.markWaiting(step.name, reason);
      if (Date.now() >= remindAt) {
        logger.warn(`waiting for ${step.name}: ${reason}`);
        remindAt = Date.now() + REMINDER_MILLISECONDS;
      }
    }
    // Replicas that wait together do not all come back at the same moment.
    await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal });
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
  }
}

/** The message and that of its cause: "database cannot be reached (connect ECONNREFUSED 127.0.0.1:5432)". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? `${error.message} (${error.cause.message})` : error.message;
}
