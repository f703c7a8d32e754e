import { createStatusEntries } from '@anw/credentials';
import { eventually, type Region } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { recordFigure } from '@anw/testing/figures';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Breakage, breakages, breakPartner, mendPartner } from './support/broken-partner.js';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { authorizationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { requestToken, type TokenAnswer } from './support/token-request.js';

const minutes = 60_000;
/** Requests that concern the broken partner, at once. */
const CROWD = 50;
/** Rounds of another partner in which nothing is disturbed. */
const UNDISTURBED_ROUNDS = 15;
/** While the crowd waits, another partner may need this many times as long: what waits for the broken one needs thousands of times as long. */
const LARGEST_RATIO = 6;

describe('a partner that is broken takes nobody else down', () => {
  let region: Region;
  let network: PartnerNetwork;
  let custodian: AskedCustodian;
  let healthy: Strangers;
  let undisturbed: number;
  let worstRatio = 0;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none' });
    network = await openPartnerNetwork(region);
    custodian = custodianNamed(region, 'de-linde');
    healthy = await introduceStrangers(network, custodian);
    await roundsUntil(sleep(500));
    undisturbed = median(await repeat(UNDISTURBED_ROUNDS, () => round(healthy)));
  }, 2 * minutes);
  afterAll(async () => {
    recordFigure(8, 'broken partners: another partner’s token and read, beside an undisturbed run', worstRatio, '× at most');
    await network?.close();
    await region?.stop();
  }, minutes);

  describe.each(breakages)('when it %s', (breakage) => {
    it('at the DID document of an actor: another actor gets its tokens and reads, and the record says what was amiss', async () => {
      const broken = await introduceStrangers(network, custodian);
      const identity = `/iam/${broken.actor.organisation.id}`;
      await breakPartner(broken.actor, breakage, [identity]);
      const refused = await whileOthersWork(() => requestToken(broken));
      expect(new Set(refused.map(({ status, body }) => `${status} ${body['error']}`))).toEqual(new Set(['400 invalid_request']));
      const { outcome, detail } = await custodian.operator.decision(referenceOf(refused[0]!));
      expect([outcome, detail]).toEqual(['invalid', expect.stringContaining(`DID document of ${broken.actor.did}: `)]);
      expect(detail).toMatch(reasonOf(breakage));
    }, minutes);

    it('at the status lists of a regisseur: what another regisseur authorized is used on, and the record says what was amiss', async () => {
      const broken = await introduceStrangers(network, custodian);
      const lists = ['/statuslist/', '/bitstring-statuslist/'];
      await breakPartner(broken.regisseur, breakage, lists);
      // Each on a page of its own: as many lists to fetch as there are authorizations.
      let page = 1;
      const refused = await whileOthersWork(async () => requestToken(broken, { authorization: await authorizationOf(broken, { status: createStatusEntries(placeOf(broken.regisseur), { page: (page += 1), index: 417 }) }) }));
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([400]));
      for (const one of [refused[0]!, refused.at(-1)!]) {
        const { verdicts } = await custodian.operator.decision(referenceOf(one));
        expect(verdicts.find(({ verdict }) => verdict === 'denied')).toMatchObject({ check: 6, reason: 'authorization-status-unknown', fact: { source: 'status-list', value: expect.stringContaining(`list at ${broken.regisseur.url}`) }, repair: expect.stringContaining('regisseur') });
      }
    }, minutes);
  });

  it('and is met again soon after it was mended', async () => {
    const broken = await introduceStrangers(network, custodian);
    await breakPartner(broken.regisseur, 'hangs', ['/statuslist/', '/bitstring-statuslist/']);
    await crowd(() => requestToken(broken));
    await crowd(() => requestToken(broken));
    const open = async () => valueOf(await readMetrics(`${region.file.services.custodian.operator}/metrics`), 'anw_partner_circuits', { state: 'open' });
    expect(await open()).toBeGreaterThanOrEqual(1);
    mendPartner(broken.regisseur);
    const mendedAt = performance.now();
    await eventually('a token for the partner that was mended', async () => ((await requestToken(broken)).status === 200 ? true : undefined), 30_000);
    recordFigure(8, 'broken partners: met again after it was mended', (performance.now() - mendedAt) / 1000, 's');
  }, minutes);

  it('and is counted in the metrics, by how requests to it ended and without its name', async () => {
    const metrics = await readMetrics(`${region.file.services.custodian.operator}/metrics`);
    for (const outcome of ['answered', 'timeout', 'tls', 'unreachable', 'response-too-large']) expect([outcome, valueOf(metrics, 'anw_partner_requests_total', { outcome })]).toEqual([outcome, expect.any(Number)]);
    expect(JSON.stringify(metrics)).not.toContain('stranger-');
  });

  it('and leaves no service that failed', async () => {
    expect((await fetch(`${region.file.services.custodian.operator}/health/ready`)).status).toBe(200);
    expect(await region.logs('custodian')).not.toContain('"unexpected error"');
  });

  /** Has the crowd ask while another partner works on; every round of the other succeeds, and in time. */
  async function whileOthersWork(ask: () => Promise<TokenAnswer>): Promise<readonly TokenAnswer[]> {
    const asked = crowd(ask);
    const durations = await roundsUntil(asked);
    const ratio = median(durations) / undisturbed;
    worstRatio = Math.max(worstRatio, ratio);
    expect(ratio).toBeLessThanOrEqual(LARGEST_RATIO);
    return asked;
  }

  /** At least a few, also when what is waited for is over at once. @returns milliseconds */
  async function roundsUntil(end: Promise<unknown>): Promise<readonly number[]> {
    let over = false;
    void end.finally(() => (over = true)).catch(() => undefined);
    const durations: number[] = [];
    // What the crowd's own requests cost to make and to check is not what the broken partner takes from others.
    await sleep(200);
    while (!over || durations.length < 8) durations.push(await round(healthy));
    return durations;
  }
});

function crowd<T>(ask: () => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: CROWD }, ask));
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}

/** A token and a read with it. @returns the milliseconds that they took */
async function round(strangers: Strangers): Promise<number> {
  const startedAt = performance.now();
  const { status, body } = await requestToken(strangers);
  expect([status, body['error']]).toEqual([200, undefined]);
  const answer = await askFhir(strangers, String(body['access_token']), bloodPressuresOf(strangers.custodian.patient));
  expect(answer.status).toBe(200);
  return performance.now() - startedAt;
}

function referenceOf({ body }: TokenAnswer): string {
  return String(body['reference']);
}

function placeOf({ url, organisation }: TestPartner) {
  return { door: url, uuid: organisation.id };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** What the record names as the cause. */
function reasonOf(breakage: Breakage): RegExp {
  switch (breakage) {
    case 'hangs':
    case 'drips a byte now and then':
      return /unreachable \(timeout\)$/;
    case 'sends 10 MiB':
      return /too-large/;
    case 'answers with a page of HTML':
      return /malformed/;
    case 'redirects for ever':
      return /unreachable$/;
    case 'breaks off in the middle':
    case 'refuses connections':
      return /unreachable \(unreachable\)$/;
    case 'shows the certificate of a stranger':
      return /unreachable \(tls\)$/;
  }
}
