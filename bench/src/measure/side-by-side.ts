import type { BenchmarkOptions } from '../benchmark.js';
import type { RequestKind } from '../load/load-messages.js';
import type { Scene } from '../scene.js';
import { profileWhile } from './cpu-profile.js';
import { closedLoop, middleOf, openLoop, type Round, warmUp } from './rounds.js';
import { median } from './statistics.js';
import { measureVerification, unitOf, type VerificationCost } from './verification-cost.js';
import { type Share, whereTimeGoes } from './where-time-goes.js';

const CONCURRENCY = 8;

/** Two kinds of request, measured in turns with raw verifications: whatever else the machine does, it does to all three. */
export interface SideBySide {
  readonly measured: readonly Round[];
  readonly beside: readonly Round[];
  /** Of the first kind, at half of what the closed loop reached; milliseconds, a list for each round. */
  readonly latencies: readonly (readonly number[])[];
  readonly verification: VerificationCost;
  /** Microseconds. */
  readonly unit: number;
  readonly shares: readonly Share[];
}

export async function measureSideBySide(scene: Scene, kinds: { readonly measured: RequestKind; readonly beside: RequestKind }, { rounds, seconds, tell }: BenchmarkOptions): Promise<SideBySide> {
  tell('Warming up');
  await warmUp(scene, kinds.measured);
  const verifications: VerificationCost[] = [await measureVerification()];
  const measured: Round[] = [];
  const beside: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`Round ${round} of ${rounds}: ${kinds.measured}, ${kinds.beside}, raw verification`);
    measured.push(await closedLoop(scene, { request: kinds.measured, seconds, concurrency: CONCURRENCY }));
    beside.push(await closedLoop(scene, { request: kinds.beside, seconds: seconds / 2, concurrency: CONCURRENCY }));
    verifications.push(await measureVerification());
  }
  const perSecond = median(measured.map((round) => round.perSecond));
  tell(`Latency at half of ${Math.round(perSecond)} a second`);
  const latencies: (readonly number[])[] = [];
  for (let round = 1; round <= rounds; round += 1) latencies.push(await openLoop(scene, { request: kinds.measured, seconds, perSecond: perSecond / 2 }));
  tell('Profile of the custodian');
  const profile = await profileWhile(scene.custodian, () => closedLoop(scene, { request: kinds.measured, seconds, concurrency: CONCURRENCY }));
  const verification = middleOf(verifications);
  return { measured, beside, latencies, verification, unit: unitOf(verification), shares: whereTimeGoes(profile) };
}
