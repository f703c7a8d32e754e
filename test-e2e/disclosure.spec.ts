import { createOperatorClient, type Region } from '@anw/region';
import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { authorizationOf, newId } from './support/stranger-credentials.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken } from './support/token-request.js';

const MINUTE = 60_000;
const ROUNDS = 10;
const READERS = 4;
const Rows = z.object({ events: z.array(z.looseObject({ outcome: z.string(), authorization: z.string().optional() })) });

/** One who reads with a token of an authorization of its own, one request after another. */
interface Reader {
  readonly authorization: string;
  asked: number;
  /** Answers with data that arrived whole. */
  answered: number;
  /** Statuses of the answers without. */
  readonly refusals: number[];
}

describe('a disclosure (design D17: no row, no data)', () => {
  let region: Region;
  let network: PartnerNetwork;
  let strangers: Strangers;
  const ended: string[] = [];

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'warn', onServiceEnd: ({ message }) => ended.push(message) });
    network = await openPartnerNetwork(region);
    strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
  }, 2 * MINUTE);
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  }, MINUTE);

  it(`is in the log whenever its answer arrived, though the custodian is killed ${ROUNDS} times at any moment`, async () => {
    let disclosures = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const readers = await interrupted(() => region.service('custodian').kill());
      await region.service('custodian').start();
      disclosures += await expectLogged(readers);
    }
    expect(disclosures).toBeGreaterThan(0);
  }, 10 * MINUTE);

  it(`is in the log whenever its answer arrived, though the database drops every connection ${ROUNDS} times at any moment`, async () => {
    const refusals = new Set<number>();
    let disclosures = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const readers = await interrupted(dropConnections);
      disclosures += await expectLogged(readers);
      for (const reader of readers) reader.refusals.forEach((status) => refusals.add(status));
    }
    expect(disclosures).toBeGreaterThan(0);
    expect([...refusals].filter((status) => status !== 503)).toEqual([]);
    expect(ended).toEqual([]);
  }, 10 * MINUTE);

  /** Lets readers read, interrupts them at some moment, and gives what each of them got. */
  async function interrupted(interrupt: () => Promise<void>): Promise<readonly Reader[]> {
    let over = false;
    const tokens = await Promise.all(Array.from({ length: READERS }, () => newToken()));
    const reading = tokens.map(({ authorization, token }) => readUntil(() => over, authorization, token));
    await sleep(20 + Math.random() * 400);
    await interrupt();
    await sleep(100);
    over = true;
    return Promise.all(reading);
  }

  async function newToken() {
    const id = newId(strangers.regisseur.did);
    return { authorization: id, token: await obtainToken(strangers, { authorization: await authorizationOf(strangers, { id }) }) };
  }

  async function readUntil(over: () => boolean, authorization: string, token: string): Promise<Reader> {
    const reader: Reader = { authorization, asked: 0, answered: 0, refusals: [] };
    while (!over()) {
      reader.asked += 1;
      const answer = await askFhir(strangers, token, bloodPressuresOf(strangers.custodian.patient)).catch(() => undefined);
      if (answer?.body['resourceType'] === 'Bundle') reader.answered += 1;
      else if (answer !== undefined) reader.refusals.push(answer.status);
      else await sleep(10);
    }
    return reader;
  }

  /** @returns how many answers arrived */
  async function expectLogged(readers: readonly Reader[]): Promise<number> {
    const { events } = await createOperatorClient(region.file.services.custodian.operator).get('/operator/organisations/de-linde/audit-events?name=fhir.search&limit=1000', Rows);
    for (const { authorization, answered, asked } of readers) {
      const rows = events.filter((event) => event.authorization === authorization && event.outcome === 'success').length;
      expect(rows).toBeGreaterThanOrEqual(answered);
      expect(rows).toBeLessThanOrEqual(asked);
    }
    return readers.reduce((sum, { answered }) => sum + answered, 0);
  }

  async function dropConnections(): Promise<void> {
    const { server, services } = region.file.database;
    const client = new Client({ connectionString: server });
    await client.connect();
    try {
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [new URL(services.custodian.url).pathname.slice(1)]);
    } finally {
      await client.end();
    }
  }
});
