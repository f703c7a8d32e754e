import type { Region } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { bloodPressuresOf } from './support/fhir-request.js';
import { runLogTool } from './support/log-tool.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

const minutes = 60_000;

/** What is cut off while answers are under way. */
type Victim = 'process' | 'database' | 'connections';
/** Two hundred in all; a process takes the longest to come back. */
const kills: Readonly<Record<Victim, number>> = { process: 12, database: 48, connections: 140 };
const CLIENTS = 4;
/** More kills of the process, at most, until one comes between a row and its answer; about every other one does. */
const MORE_KILLS = 60;
/** Within this many milliseconds of the first requests. */
const LATEST_KILL = 40;

/** An answer of which at least the head arrived: from then on the data counts as disclosed, whether the rest came or not. */
interface Disclosure {
  readonly query: string;
  readonly askedAt: number;
  readonly receivedAt: number;
  resources?: readonly string[];
}

interface Row {
  readonly query: string;
  readonly resources: readonly string[];
  readonly at: Date;
}

describe('log of a custodian whose process or database is killed between write and answer (design D17: no row, no data)', () => {
  let region: Region;
  let network: PartnerNetwork;
  let strangers: Strangers;
  let token: string;
  const disclosures: Disclosure[] = [];
  const ended: string[] = [];
  let lastAnswer = '';

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error', onServiceEnd: ({ message }) => ended.push(message) });
    network = await openPartnerNetwork(region);
    strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
    token = await obtainToken(strangers);
  });
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  it('holds a row for every disclosure that reached somebody, after two hundred kills at random points', async () => {
    const started = performance.now();
    for (const victim of shuffled(victims())) await killWhileSearched(victim);
    let more = 0;
    let { unlogged, lost } = await compareWithLog();
    for (; lost === 0 && more < MORE_KILLS; more += 1) {
      await killWhileSearched('process');
      ({ unlogged, lost } = await compareWithLog());
    }
    for (const [victim, count] of Object.entries(kills)) recordFigure(7, `kills of ${victim}`, victim === 'process' ? count + more : count);
    recordFigure(7, 'time that they took', (performance.now() - started) / 1000, 's');
    recordFigure(7, 'disclosures received', disclosures.length);
    recordFigure(7, 'disclosures without a row', unlogged.length);
    recordFigure(7, 'rows whose answer was lost', lost);
    expect(unlogged).toEqual([]);
    expect(ended).toEqual([]);
    // Kills came where they hurt: rows that were committed while their answer never arrived.
    expect(lost).toBeGreaterThan(0);
  }, 10 * minutes);

  it('has a chain that holds over all of them', async () => {
    const verify = () => runLogTool('verify-log', '--json', '--organisation', 'de-linde', '--database', region.file.database.services.custodian.url);
    let report = await verify();
    for (const deadline = performance.now() + 2 * minutes; !report.output.includes('"unsealedRows":0') && performance.now() < deadline; ) report = await verify();
    expect(report.code).toBe(0);
    expect(JSON.parse(report.output)).toMatchObject({ holds: true, unsealedRows: 0 });
    recordFigure(7, 'chain over all of them', 'holds');
  });

  async function killWhileSearched(victim: Victim): Promise<void> {
    await searchWhile(() => kill(victim));
    await untilServed();
  }

  /** What was disclosed without a row, and how many rows are of an answer that never arrived. */
  async function compareWithLog(): Promise<{ readonly unlogged: readonly Disclosure[]; readonly lost: number }> {
    const rows = await readRows();
    const unlogged = withoutRow(disclosures, rows);
    return { unlogged, lost: rows.length - (disclosures.length - unlogged.length) };
  }

  /** Clients that search all the time until `interrupt` is over; each query is another one, so that a row is known by it. */
  async function searchWhile(interrupt: () => Promise<void>): Promise<void> {
    let interrupted = false;
    let number = randomInt(queries.length);
    const searching = Array.from({ length: CLIENTS }, async () => {
      while (!interrupted) {
        number += 1;
        if ((await search(queries[number % queries.length]!)) === undefined) await sleep(1);
      }
    });
    await sleep(randomInt(LATEST_KILL * 10) / 10);
    await interrupt();
    interrupted = true;
    await Promise.all(searching);
  }

  async function search(parameters: string): Promise<number | undefined> {
    const askedAt = Date.now();
    const { custodian, fetch } = strangers;
    try {
      const response = await fetch(`${custodian.door}/fhir/${custodian.name}/${bloodPressuresOf(custodian.patient)}&${parameters}`, { headers: { authorization: `Bearer ${token}` } });
      if (response.status === 200) await receive(response, { query: parameters, askedAt, receivedAt: Date.now() });
      if (response.status === 401) token = await obtainToken(strangers);
      lastAnswer = `status ${response.status}`;
      return response.status;
    } catch (error) {
      lastAnswer = String(error);
      return undefined;
    }
  }

  async function receive(response: Response, disclosure: Disclosure): Promise<void> {
    disclosures.push(disclosure);
    disclosure.resources = versionsIn((await response.json()) as Readonly<Record<string, unknown>>);
  }

  async function untilServed(): Promise<void> {
    const deadline = performance.now() + 2 * minutes;
    while ((await search(queries[0]!)) !== 200) {
      if (performance.now() > deadline) throw new Error(`the custodian did not come back within two minutes (${lastAnswer}): ${[...ended, await region.logs('custodian')].join('\n').slice(-3000)}`);
      await sleep(5);
    }
  }

  async function kill(victim: Victim): Promise<void> {
    const custodian = region.service('custodian');
    if (victim === 'process') {
      await custodian.kill();
      return custodian.start();
    }
    await withServer(async (server) => {
      const { rows } = await server.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE application_name = 'custodian'`);
      const pids = rows.map(({ pid }) => pid);
      if (victim === 'connections') await server.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
      // A backend that is killed makes PostgreSQL end all of them and recover from its write-ahead log, as after a crash.
      else if (pids.length > 0) process.kill(pids[randomInt(pids.length)]!, 'SIGKILL');
    });
  }

  async function withServer(work: (server: Client) => Promise<void>): Promise<void> {
    const server = new Client({ connectionString: region.file.database.server });
    server.on('error', () => undefined);
    try {
      await server.connect();
      await work(server);
    } catch (error) {
      // It is still recovering from the kill before.
      if (!/recovery mode|starting up|terminat|ECONNRE/.test(String(error))) throw error;
    } finally {
      await server.end().catch(() => undefined);
    }
  }

  async function readRows(): Promise<readonly Row[]> {
    const client = new Client({ connectionString: region.file.database.services.custodian.url });
    await client.connect();
    try {
      await client.query(`SET anw.organisation = '*'`);
      const { rows } = await client.query<Row>(`SELECT query, resources, at FROM audit_event WHERE name = 'fhir.search' AND outcome = 'success' AND actor = $1`, [strangers.actor.did]);
      return rows;
    } finally {
      await client.end();
    }
  }
});

const queries = Array.from({ length: 200 }, (_, index) => (index < 100 ? `_count=${index + 1}` : `_sort=-date&_count=${index - 99}`));

function victims(): readonly Victim[] {
  return (Object.entries(kills) as [Victim, number][]).flatMap(([victim, count]) => Array.from({ length: count }, () => victim));
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(randomInt(left.length), 1)[0]!);
}

/** Each row accounts for one disclosure: same query, same resources in the same versions, begun between question and answer. */
function withoutRow(disclosures: readonly Disclosure[], rows: readonly Row[]): readonly Disclosure[] {
  const free = new Map<string, Row[]>();
  for (const row of rows) free.set(row.query, [...(free.get(row.query) ?? []), row]);
  const byQuery = (query: string) => [...free].filter(([logged]) => logged.endsWith(`&${query}`) || logged.endsWith(`?${query}`)).flatMap(([, found]) => found);
  return disclosures.filter(({ query, resources, askedAt, receivedAt }) => {
    const row = byQuery(query).find(({ at, resources: logged }) => at.getTime() >= askedAt && at.getTime() <= receivedAt && (resources === undefined || logged.join() === resources.join()));
    if (row === undefined) return true;
    free.get(row.query)!.splice(free.get(row.query)!.indexOf(row), 1);
    return false;
  });
}

function versionsIn(body: Readonly<Record<string, unknown>>): readonly string[] {
  const entries = (body['entry'] ?? []) as readonly { readonly resource: { readonly resourceType: string; readonly id: string; readonly meta: { readonly versionId: string } } }[];
  return entries.map(({ resource }) => `${resource.resourceType}/${resource.id}/_history/${resource.meta.versionId}`);
}
