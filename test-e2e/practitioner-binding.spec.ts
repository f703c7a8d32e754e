import { AuthorizationView } from '@anw/api-contracts';
import { ask, castOf, createOperatorClient, createStoryContext, eventually, followRoute, type Region, type StaffSession, type StoryContext } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { deskOf } from './support/assigned-stranger.js';
import { playPart } from './support/play-part.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const gone = {
  type: 'urn:anw:problem:not-found',
  title: 'Niet gevonden',
  status: 404,
  detail: 'Dit bezoek staat niet (meer) op uw route: de autorisatie is voorbij of ingetrokken.',
  reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
};
const LogRows = z.object({ events: z.array(z.looseObject({ name: z.string(), practitioner: z.looseObject({ identifier: z.string() }).optional(), authorization: z.string().optional() })) });

/** "An authorization that names a practitioner is usable by her alone" (design §4): Noor is named, Sem works beside her for the same actor. */
describe('an authorization that names a practitioner', () => {
  let region: Region;
  let story: StoryContext;
  let noor: StaffSession;
  let sem: StaffSession;
  let authorization: AuthorizationView;
  const listening = new AbortController();
  let heardBySem: Awaited<ReturnType<typeof followRoute>>;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    story = createStoryContext(region, region.file.patients[0]!);
    [noor, sem] = [await story.sessionOf('noor'), await story.sessionOf('sem')];
    heardBySem = await followRoute(sem, listening.signal);
    await playPart(story, { to: 'on-route' });
    authorization = story.kept<AuthorizationView>('authorization');
  });

  afterAll(async () => {
    listening.abort();
    await region?.stop();
  });

  const moment = () => new Date().toISOString();
  const report = () => ({ kind: 'nursing-report', input: { text: 'Verband gewisseld.', writtenAt: moment() } });
  const draft = randomUUID();
  interface Attempt {
    readonly method: string;
    readonly path: string;
    body?(): object;
  }

  const attempts: readonly (readonly [what: string, Attempt])[] = [
    ['the dossier', { method: 'GET', path: 'dossier' }],
    ['what she wrote', { method: 'GET', path: 'drafts' }],
    ['a draft of hers', { method: 'GET', path: `drafts/${draft}` }],
    ['a draft of hers that he would change', { method: 'PUT', path: `drafts/${draft}`, body: report }],
    ['a draft of hers that he would send', { method: 'POST', path: `drafts/${draft}/send`, body: () => ({}) }],
    ['a draft of hers that he would throw away', { method: 'DELETE', path: `drafts/${draft}`, body: () => ({}) }],
    ['a report of his own', { method: 'PUT', path: `drafts/${randomUUID()}`, body: report }],
  ];

  it('opens the dossier to the nurse whom it names', async () => {
    expect((await noor.request('GET', `/api/visits/${authorization.id}/dossier`)).status).toBe(200);
  });

  it('lets the nurse whom it names write', async () => {
    expect((await noor.request('PUT', `/api/visits/${authorization.id}/drafts/${draft}`, report())).status).toBe(200);
  });

  it.each(attempts)('gives a colleague of the same actor nothing of %s, in the words for a visit that is nowhere', async (_what, { method, path, body }) => {
    const answers = await Promise.all([authorization.id, randomUUID()].map((visit) => sem.request(method, `/api/visits/${visit}/${path}`, body?.())));
    for (const answer of answers) expect([answer.status, await answer.json()]).toEqual([404, gone]);
  });

  it('is on the route of the nurse whom it names and on nobody else’s', async () => {
    const stopsOf = async (session: StaffSession) => ((await (await session.request('GET', '/api/route')).json()) as { readonly stops: readonly { readonly id: string }[] }).stops.map(({ id }) => id);
    expect([await stopsOf(noor), await stopsOf(sem)]).toEqual([[authorization.id], []]);
  });

  it('is not asked for at the custodian when somebody else tries: there everything was done by the nurse whom it names', async () => {
    const { custodian, nurse } = castOf(story);
    const { events } = await createOperatorClient(region.file.services.custodian.operator).get(`/operator/organisations/${custodian.name}/audit-events?limit=1000`, LogRows);
    const done = events.filter((event) => event.authorization === authorization.credential);
    expect(done.map(({ name }) => name)).toEqual(expect.arrayContaining(['token.granted', 'fhir.search']));
    expect(done.map(({ name }) => name)).not.toContain('fhir.create');
    expect(new Set(done.map(({ practitioner }) => practitioner?.identifier))).toEqual(new Set([nurse.employeeNumber]));
  });

  it('is told to no colleague, neither when it comes nor when it is taken back', async () => {
    const heard = await followRoute(noor, listening.signal);
    await ask(await deskOf(region), { method: 'POST', path: `/api/authorizations/${authorization.id}/revoke`, body: {}, answer: AuthorizationView });
    await eventually('her page loses the visit', async () => heard.find(({ event }) => event.type === 'visit-withdrawn'));
    // Whoever would have been told would have been by now.
    await sleep(500);
    expect(heardBySem).toEqual([]);
  });
});
