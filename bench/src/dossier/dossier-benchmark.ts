import { dossierQueries } from '@anw/fhir';
import { Database } from '@anw/persistence';
import { Did, OrganisationId, PatientId } from '@anw/values';
import { Client } from 'pg';
import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import { profileWhile } from '../measure/cpu-profile.js';
import { closedLoop, middleOf, type Round, warmUp } from '../measure/rounds.js';
import { median, percentile } from '../measure/statistics.js';
import { measureVerification, unitOf, type VerificationCost } from '../measure/verification-cost.js';
import { whereTimeGoes } from '../measure/where-time-goes.js';
import { openScene, type Scene } from '../scene.js';
import { fillRecord } from './fill-record.js';
import { openRequestStages, type Stage, type StageCost, stages } from './request-stages.js';
import { findSlowestSearch, type SlowestSearch } from './slowest-search.js';

const CONCURRENCY = 8;
const NURSES_AT_ONCE = 10;

/** What no search may exceed in the store, a million resources or not. */
const FEW_MILLISECONDS = 5;

/**
 * Reading a dossier at the custodian over kept mTLS connections: one search, and a whole dossier of one nurse and of ten
 * at once, while the record of the organisation grows and hers does not. The control is what needs no token, checks nothing and logs nothing.
 */
export const dossierBenchmark: Benchmark = async (options) => {
  const scene = await openScene({ loads: 1, tell: options.tell });
  const database = new Database({ url: scene.region.file.database.services.custodian.url, applicationName: 'bench', entities: [], migrations: [] });
  try {
    await database.connect();
    return await measure(scene, database, options);
  } finally {
    await database.close();
    await scene.stop();
  }
};

/** What was measured while the record held so many resources. */
interface AtSize {
  readonly resources: number;
  readonly slowest: SlowestSearch;
  readonly searches: readonly Round[];
  readonly controls: readonly Round[];
  readonly alone: readonly Round[];
  readonly together: readonly Round[];
}

async function measure(scene: Scene, database: Database, options: BenchmarkOptions): ReturnType<Benchmark> {
  const verifications: VerificationCost[] = [await measureVerification()];
  const sizes: AtSize[] = [];
  for (const size of options.resources) {
    options.tell(`Filling the record up to ${size} resources`);
    const resources = await fillRecord(database, organisationOf(scene).id, size);
    await analyze(scene);
    options.tell(`Measuring with ${resources} resources`);
    await warmUp(scene, 'search');
    const slowest = await findSlowestSearch(database, organisationOf(scene).id, patientOf(scene));
    sizes.push({ resources, slowest, ...(await measureAt(scene, options)) });
    verifications.push(await measureVerification());
  }
  options.tell('Checks and log apart');
  const costs = await measureStages(scene, database, options);
  options.tell('Profile of the custodian');
  const profile = await profileWhile(scene.custodian, () => closedLoop(scene, { request: 'search', seconds: options.seconds, concurrency: CONCURRENCY }));
  const verification = middleOf(verifications);
  const searches = dossierQueries(PatientId.parse('any')).length;
  return {
    benchmark: 'dossier',
    title: `Reading a dossier of ${searches} searches: token, checks 5 to 8, policy, triple check, log row`,
    verification,
    figures: [...sizes.flatMap((size) => figuresAt(size, unitOf(verification))), ...growthOf(sizes), ...stageFigures(costs, unitOf(verification))],
    shares: whereTimeGoes(profile),
  };
}

/** As the server does by itself a minute later; it is for the owner of the tables. */
async function analyze({ region }: Scene): Promise<void> {
  const client = new Client({ connectionString: region.file.database.services.custodian.ownerUrl });
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE) fhir_resource, fhir_search_token');
  } finally {
    await client.end();
  }
}

async function measureAt(scene: Scene, { rounds, seconds }: BenchmarkOptions): Promise<Omit<AtSize, 'resources' | 'slowest'>> {
  const searches: Round[] = [];
  const controls: Round[] = [];
  const alone: Round[] = [];
  const together: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    searches.push(await closedLoop(scene, { request: 'search', seconds, concurrency: CONCURRENCY }));
    controls.push(await closedLoop(scene, { request: 'capabilities', seconds: seconds / 2, concurrency: CONCURRENCY }));
    alone.push(await closedLoop(scene, { request: 'dossier', seconds, concurrency: 1 }));
    together.push(await closedLoop(scene, { request: 'dossier', seconds, concurrency: NURSES_AT_ONCE }));
  }
  return { searches, controls, alone, together };
}

type StageCosts = Readonly<Record<Stage, readonly StageCost[]>>;

async function measureStages(scene: Scene, database: Database, { rounds, seconds }: BenchmarkOptions): Promise<StageCosts> {
  const record = await openRequestStages({ database, organisation: organisationOf(scene), postgresPid: scene.postgresPid });
  for (const stage of stages) await record.measure(stage, seconds);
  const costs: Record<Stage, StageCost[]> = { whole: [], 'without-log': [], 'search-alone': [] };
  for (let round = 1; round <= rounds; round += 1) for (const stage of stages) costs[stage].push(await record.measure(stage, seconds));
  return costs;
}

/** Each by difference within the same run, in one process without HTTP. */
function stageFigures(costs: StageCosts, unit: number): readonly Figure[] {
  const of = (stage: Stage, what: (cost: StageCost) => number) => median(costs[stage].map(what));
  const cpu = (cost: StageCost) => cost.cpu / unit;
  const postgres = (cost: StageCost) => cost.postgresCpu / unit;
  const apart = (part: string, more: Stage, less?: Stage): readonly Figure[] => [
    { name: `one search without HTTP, ${part}: CPU`, value: of(more, cpu) - (less === undefined ? 0 : of(less, cpu)), unit: 'U' },
    { name: `one search without HTTP, ${part}: PostgreSQL CPU`, value: of(more, postgres) - (less === undefined ? 0 : of(less, postgres)), unit: 'U' },
  ];
  return [
    ...apart('token and checks', 'without-log', 'search-alone'),
    ...apart('policy, store and triple check', 'search-alone'),
    ...apart('log row', 'whole', 'without-log'),
    { name: 'throughput without the log against with it', value: of('without-log', ({ perSecond }) => perSecond) / of('whole', ({ perSecond }) => perSecond), unit: '×', budget: 1 / 0.6 },
  ];
}

function figuresAt({ resources, slowest, searches, controls, alone, together }: AtSize, unit: number): readonly Figure[] {
  const at = `${thousands(resources)} resources`;
  const latency = (rounds: readonly Round[], part: number) => median(rounds.map(({ latencies }) => percentile(latencies, part)));
  return [
    { name: `${at}: searches per second, closed loop`, value: median(searches.map(({ perSecond }) => perSecond)), unit: '/s' },
    { name: `${at}: custodian CPU per search`, value: median(searches.map(({ custodianCpu }) => custodianCpu)) / unit, unit: 'U', budget: 2 },
    { name: `${at}: PostgreSQL CPU per search`, value: median(searches.map(({ postgresCpu }) => postgresCpu)) / unit, unit: 'U', budget: 3 },
    { name: `${at}: slowest of all searches in the store alone (${slowest.name}), one after another`, value: slowest.milliseconds, unit: 'ms', budget: FEW_MILLISECONDS },
    { name: `${at}: control (capabilities): custodian CPU`, value: median(controls.map(({ custodianCpu }) => custodianCpu)) / unit, unit: 'U' },
    { name: `${at}: dossier, one nurse, p50`, value: latency(alone, 0.5), unit: 'ms', budget: 25 },
    { name: `${at}: dossier, one nurse, p99`, value: latency(alone, 0.99), unit: 'ms', budget: 60 },
    { name: `${at}: dossier, ten at once, p99`, value: latency(together, 0.99), unit: 'ms', budget: 250 },
    { name: `${at}: dossiers per second, ten at once`, value: median(together.map(({ perSecond }) => perSecond)), unit: '/s' },
  ];
}

/** What a search costs in the largest record against the smallest (design §10). */
function growthOf(sizes: readonly AtSize[]): readonly Figure[] {
  const cost = ({ searches }: AtSize) => median(searches.map(({ custodianCpu, postgresCpu }) => custodianCpu + postgresCpu));
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  return [{ name: `CPU per search, ${thousands(largest.resources)} against ${thousands(smallest.resources)} resources`, value: cost(largest) / cost(smallest), unit: '×', budget: 1.3 }];
}

function thousands(count: number): string {
  return `${Math.round(count / 1_000)} 000`;
}

/** The organisation whose client the bench's authorizations are about. */
function organisationOf({ region: { file } }: Scene): { readonly id: OrganisationId; readonly did: Did } {
  const did = Did.parse(file.organisations.find(({ name }) => name === file.patients[0]?.custodian)?.did);
  return { id: OrganisationId.parse(did.split(':').at(-1)), did };
}

/** Whom they are about: a client of the sample region with every zib. */
function patientOf({ region: { file } }: Scene): PatientId {
  return PatientId.parse(file.patients[0]?.id);
}
