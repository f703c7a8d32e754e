import { AuthorizationView, type CareRequestView, type FoundPatientView, type PractitionerOnDuty } from '@anw/api-contracts';
import { ask, castOf, type CollectedEvent, createStoryContext, eventually, playStory, type Region, type RegionOptions, type StaffSession, startRegion, type StoryContext, storySteps } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import { median, percentile } from '../measure/statistics.js';
import { measureVerification, type VerificationCost } from '../measure/verification-cost.js';

/** Clicks for each second of a measured stretch: a desk seldom revokes, so that each is measured by itself. */
const CLICKS_PER_SECOND = 4;
const WARM_UP_CLICKS = 5;
const HOUR = 3_600_000;

/** The most that it may take until the next request is refused (issue: within a second; without the bus within a minute). */
const channels = [
  { name: 'over the bus', bus: 'nats', budget: 1_000 },
  { name: 'over HTTPS alone', bus: 'none', budget: 60_000 },
] as const satisfies readonly { readonly name: string; readonly bus: RegionOptions['bus']; readonly budget: number }[];

/**
 * From the click at the desk to what it is for: the custodian refuses the next request, and the visit has left the page
 * of the nurse. The click's own answer is measured beside it, so that what the machine was worth in this run shows.
 */
export const revocationBenchmark: Benchmark = async (options) => {
  const figures: Figure[] = [];
  const verifications: VerificationCost[] = [await measureVerification()];
  for (const { name, bus, budget } of channels) {
    options.tell(`Revocation ${name}`);
    figures.push(...figuresOf(name, budget, await measureIn(bus, options)));
    verifications.push(await measureVerification());
  }
  return { benchmark: 'revocation', title: 'Revocation: from the click at the desk', verification: verifications[Math.floor(verifications.length / 2)]!, figures };
};

/** Milliseconds since the click. */
interface Click {
  readonly answered: number;
  readonly atCustodian: number;
  readonly offTheRoute: number;
}

async function measureIn(bus: RegionOptions['bus'], { seconds, tell }: BenchmarkOptions): Promise<readonly Click[]> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'anw-bench-'));
  try {
    const region = await startRegion({ stateDirectory, ports: 'ephemeral', onProgress: tell, logLevel: 'info', bus });
    try {
      return await measure(region, WARM_UP_CLICKS + seconds * CLICKS_PER_SECOND);
    } finally {
      await region.stop();
    }
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

async function measure(region: Region, count: number): Promise<readonly Click[]> {
  const story = createStoryContext(region, region.file.patients[0]!);
  const { ok, failed } = await playStory({ steps: storySteps.slice(0, 1 + storySteps.findIndex(({ name }) => name === 'nurse-logs-in')), context: story, report: () => undefined });
  if (!ok) throw new Error(`the story stopped at ${failed}`);
  const desk = await story.sessionOf(castOf(story).triagist.username);
  const custodian = await openDatabase(region);
  try {
    const clicks: Click[] = [];
    for (let click = 0; click < count; click += 1) clicks.push(await measureClick(story, desk, custodian));
    return clicks.slice(WARM_UP_CLICKS);
  } finally {
    story.kept<AbortController>('listening').abort();
    await custodian.end();
  }
}

async function measureClick(story: StoryContext, desk: StaffSession, custodian: Client): Promise<Click> {
  const events = story.kept<readonly CollectedEvent[]>('route-events');
  const { id, credential } = await issue(story, desk);
  await eventually('the visit is on the route', async () => events.find(({ event }) => event.type === 'visit-added' && event.stop.id === id));
  const from = performance.now();
  const known = untilKnown(custodian, credential);
  await ask(desk, { method: 'POST', path: `/api/authorizations/${id}/revoke`, body: {}, answer: AuthorizationView });
  const answered = performance.now() - from;
  const atCustodian = (await known) - from;
  const gone = await eventually('the visit has left the route', async () => events.find(({ event }) => event.type === 'visit-withdrawn' && event.id === id), 60_000);
  return { answered, atCustodian, offTheRoute: gone.at - from };
}

function issue(story: StoryContext, desk: StaffSession): Promise<AuthorizationView> {
  const { handle, custodian, name, birthDate } = story.kept<FoundPatientView>('patient');
  const from = new Date();
  const visitWindow = { from: from.toISOString(), until: new Date(from.getTime() + HOUR).toISOString() };
  const body = { requestId: randomUUID(), careRequest: story.kept<CareRequestView>('care-request').id, custodian: custodian.did, handle, patient: { name, birthDate }, shift: story.kept<PractitionerOnDuty>('practitioner').shift, visitWindow };
  return ask(desk, { method: 'POST', path: '/api/authorizations', body, answer: AuthorizationView });
}

/** Each FHIR request reads this row together with its token: from the moment it is there, none is answered. */
async function untilKnown(custodian: Client, credential: string): Promise<number> {
  for (;;) {
    const { rowCount } = await custodian.query('SELECT 1 FROM pushed_revocation WHERE authorization_id = $1', [credential]);
    if (rowCount !== 0) return performance.now();
    await sleep(1);
  }
}

async function openDatabase({ file: { database } }: Region): Promise<Client> {
  const client = new Client({ connectionString: Object.assign(new URL(database.server), { pathname: new URL(database.services.custodian.url).pathname }).toString() });
  await client.connect();
  return client;
}

function figuresOf(channel: string, budget: number, clicks: readonly Click[]): readonly Figure[] {
  const figure = (name: string, values: readonly number[], p: number, most?: number): Figure => ({ name: `${name}, ${channel}, p${p * 100}`, value: percentile(values, p), unit: 'ms', ...(most && { budget: most }) });
  const [answered, atCustodian, offTheRoute] = [clicks.map((click) => click.answered), clicks.map((click) => click.atCustodian), clicks.map((click) => click.offTheRoute)];
  return [
    { name: `the click itself, ${channel}, p50`, value: median(answered), unit: 'ms' },
    figure('click to refusal at the custodian', atCustodian, 0.5),
    figure('click to refusal at the custodian', atCustodian, 0.99, budget),
    figure('click to gone from the nurse’s route', offTheRoute, 0.5),
    figure('click to gone from the nurse’s route', offTheRoute, 0.99, budget),
  ];
}
