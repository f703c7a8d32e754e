import { type AuthorizationView, DecisionView } from '@anw/api-contracts';
import { castOf, createOperatorClient, createStoryContext, eventually, followRoute, playStory, type Region, type RegionService, serviceNames, type StoryContext, storySteps } from '@anw/region';
import { Client } from 'pg';
import { z } from 'zod';
import { playPart } from './support/play-part.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const MINUTE = 60_000;

const stopAndStart = (service: RegionService): Promise<void> => service.restart();

async function killAndStart(service: RegionService): Promise<void> {
  await service.kill();
  await service.start();
}

/**
 * The story with a service interrupted between every two of its steps: each in its turn, stopped and killed by turns. The actor
 * is killed right after an authorization is issued, with the offer in its hands.
 */
function playInterrupted(region: Region, context: StoryContext) {
  const steps = storySteps.flatMap((step, index) => {
    const service = serviceNames[(index + 1) % serviceNames.length]!;
    const interrupt = index % 2 === 0 ? stopAndStart : killAndStart;
    return index === 0 ? [step] : [{ name: `${service} is back before ${step.name}`, title: '', run: () => interrupt(region.service(service)) }, step];
  });
  return playStory({ steps, context, report: () => undefined });
}

/** The nurse looks at her page. */
async function onRoute(context: StoryContext): Promise<void> {
  const listening = new AbortController();
  try {
    const events = await followRoute(await context.sessionOf(castOf(context).nurse.username), listening.signal);
    const { id } = context.kept<AuthorizationView>('authorization');
    await eventually('the visit is on the route', async () => events.find(({ event }) => event.type === 'visit-added' && event.stop.id === id), MINUTE);
  } finally {
    listening.abort();
  }
}

describe('restart of a service (design §2: nothing is lost)', () => {
  let region: Region;
  const ended: string[] = [];
  const contextOf = (patient: number): StoryContext => createStoryContext(region, region.file.patients[patient]!);
  beforeAll(async () => {
    region = await startTemporaryRegion({ onServiceEnd: ({ message }) => ended.push(message) });
  });
  afterAll(() => region.stop());
  afterEach(() => expect(ended).toEqual([]));

  it('the story holds with a service stopped or killed, and started, between every two steps; sessions and listening pages survive', async () => {
    const result = await playInterrupted(region, contextOf(0));
    expect(result.steps.filter(({ ok }) => !ok).map(({ step, error }) => `${step}: ${error}`)).toEqual([]);
    expect(result.steps).toHaveLength(2 * storySteps.length - 1);
  }, 10 * MINUTE);

  it('an actor that was down hears on its return what it was offered meanwhile', async () => {
    const context = contextOf(1);
    await playPart(context, { to: 'precheck-green' });
    await region.service('actor').kill();
    await playPart(context, { from: 'authorization-issued', to: 'authorization-issued' });
    await region.service('actor').start();
    await onRoute(context);
  });

  it('a custodian that was down hears on its return what was revoked meanwhile, and refuses an actor that kept its copy', async () => {
    const context = contextOf(2);
    await playPart(context, { to: 'dossier-opened' });
    const copy = await receivedAuthorization(region, context);
    await region.service('custodian').kill();
    await playPart(context, { from: 'revoked', to: 'revoked' });
    await eventually('the actor forgets it', async () => ((await receivedAuthorization(region, context)).withdrawal === 'revoked' ? true : undefined));
    await region.service('custodian').start();
    await playPart(context, { from: 'revocation-at-custodian', to: 'revocation-at-custodian' });

    await putBack(region, context, copy);
    const nurse = await context.sessionOf(castOf(context).nurse.username);
    const response = await nurse.request('GET', `/api/visits/${context.kept<AuthorizationView>('authorization').id}/dossier`);
    expect(response.status).toBe(403);
    const { reference } = z.looseObject({ reference: z.string() }).parse(await response.json());
    const decision = await createOperatorClient(region.file.services.custodian.operator).get(`/operator/decisions/${reference}`, DecisionView);
    expect(decision.verdicts.filter(({ verdict }) => verdict !== 'granted').map(({ check }) => check)).toEqual([6]);
  });
});

describe('restart of a service in a region without a bus', () => {
  let region: Region;
  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none' });
  });
  afterAll(() => region.stop());

  it('an actor that was down hears on its return what it was offered and what was revoked meanwhile', async () => {
    const context = createStoryContext(region, region.file.patients[0]!);
    const other = createStoryContext(region, region.file.patients[1]!);
    await playPart(context, { to: 'on-route' });
    await playPart(other, { to: 'precheck-green' });
    await region.service('actor').stop();
    await playPart(other, { from: 'authorization-issued', to: 'authorization-issued' });
    await playPart(context, { from: 'revoked', to: 'revoked' });
    await region.service('actor').start();
    await onRoute(other);
    await eventually('the actor forgets it', async () => ((await receivedAuthorization(region, context)).withdrawal === 'revoked' ? true : undefined), MINUTE);
    await playPart(context, { from: 'copy-gone', to: 'copy-gone' });
  });
});

type Row = Record<string, unknown>;

/** The actor's row, behind the back of the service. */
async function receivedAuthorization(region: Region, context: StoryContext): Promise<Row> {
  const [row] = await atActor(region, 'SELECT * FROM received_authorization WHERE authorization_id = $1', [context.kept<AuthorizationView>('authorization').credential]);
  return row!;
}

/** As an actor does that does not forget what it must. */
async function putBack(region: Region, context: StoryContext, row: Row): Promise<void> {
  const columns = ['jwt', 'context', 'practitioner', 'offer', 'received_at', 'valid_from', 'valid_until', 'withdrawn_at', 'withdrawal'];
  const assignments = columns.map((column, index) => `${column} = $${index + 2}`).join(', ');
  await atActor(region, `UPDATE received_authorization SET ${assignments} WHERE authorization_id = $1`, [context.kept<AuthorizationView>('authorization').credential, ...columns.map((column) => row[column])]);
}

async function atActor({ file }: Region, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: Object.assign(new URL(file.database.server), { pathname: new URL(file.database.services.actor.url).pathname }).toString() });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
