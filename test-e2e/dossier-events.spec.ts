import { AuthorizationView, type CareRequestView, DossierEvent, type PractitionersOnDuty, VisitRouteView } from '@anw/api-contracts';
import { ask, castOf, createOperatorClient, createStoryContext, eventually, type Region, type StaffSession, type StoryContext, syntheticClients } from '@anw/region';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type HeldAnswers, holdAnswers } from './support/hold-answers.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { authorizeAtVecht, bringIntoCareAtVecht, idAtVecht } from './support/second-custodian.js';
import { sessionCookieOf } from './support/session-cookie.js';
import { startTemporaryRegion } from './support/temporary-region.js';

/** Requests that the actor has under way at one custodian for one nurse. */
const AT_ONCE = 6;
const LogRows = z.object({ events: z.array(z.unknown()) });

const atLinde = syntheticClients[0]!;

let region: Region;
let context: StoryContext;
let nurse: StaffSession;
/** Visits, by custodian. */
let linde: string;
let vecht: string;
/** What one whole opening told. */
let told: readonly DossierEvent[];
let searchesOfOneOpening: number;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  context = createStoryContext(region, region.file.patients.find(({ id }) => id === atLinde.id)!);
  await bringIntoCareAtVecht(region);
  await playPart(context, { to: 'delivered' });
  nurse = await context.sessionOf(castOf(context).nurse.username);
  linde = context.kept<AuthorizationView>('authorization').id;
  vecht = await authorize();
  const before = await searchesAtVecht();
  told = await openWhole(linde);
  searchesOfOneOpening = (await searchesAtVecht()) - before;
});
afterAll(async () => {
  context?.kept<AbortController>('listening').abort();
  await region?.stop();
});

async function authorize(): Promise<string> {
  const desk = await context.sessionOf(castOf(context).triagist.username);
  const { id } = await authorizeAtVecht(desk, context.kept<CareRequestView>('care-request').id, context.kept<PractitionersOnDuty['practitioners'][number]>('practitioner'));
  await eventually('the second visit is on her route', async () => ((await ask(nurse, { method: 'GET', path: '/api/route', answer: VisitRouteView })).stops.some((stop) => stop.id === id) ? true : undefined));
  return id;
}

interface OpenPage {
  readonly events: readonly DossierEvent[];
  /** Resolves when the stream ends. */
  readonly ended: Promise<void>;
  close(): void;
}

async function openPage(visit: string): Promise<OpenPage> {
  const page = new AbortController();
  const events: DossierEvent[] = [];
  const stream = await nurse.events(`/api/visits/${visit}/dossier/events`, page.signal);
  const read = async (): Promise<void> => {
    for await (const { data } of stream) events.push(DossierEvent.parse(JSON.parse(data)));
  };
  return { events, ended: read(), close: () => page.abort() };
}

async function openWhole(visit: string): Promise<readonly DossierEvent[]> {
  const { events, ended } = await openPage(visit);
  await ended;
  return events;
}

async function searchesAtVecht(): Promise<number> {
  const { events } = await createOperatorClient(region.file.services.custodian.operator).get('/operator/organisations/vecht/audit-events?name=fhir.search&limit=1000', LogRows);
  return events.length;
}

const about = (visit: string, events: readonly DossierEvent[]) => events.filter((event) => 'visit' in event && event.visit === visit);
const groupsOf = (visit: string, events: readonly DossierEvent[]) => events.flatMap((event) => (event.type === 'group' && event.visit === visit ? [event.group] : []));
const namesOf = (visit: string, events: readonly DossierEvent[]) => [...new Set(groupsOf(visit, events).map(({ name }) => name))].sort();
const fetched = (visit: string, events: readonly DossierEvent[]) => events.find((event) => event.type === 'fetched' && event.visit === visit);

describe('the dossiers of one client at two custodians, as they come to the nurse’s page (docs/adr/0014)', () => {
  it('begin with whose they are, the asked one first, and end', () => {
    expect(told[0]).toEqual({
      type: 'opening',
      dossiers: [
        { visit: linde, custodian: expect.objectContaining({ name: 'Thuiszorg De Linde' }), grant: expect.objectContaining({ authority: expect.stringContaining('Thuiszorg De Linde heeft Regie Oost gemachtigd') }) },
        { visit: vecht, custodian: expect.objectContaining({ name: 'Zorggroep Vecht' }), grant: expect.objectContaining({ authority: expect.stringContaining('Zorggroep Vecht heeft Regie Oost gemachtigd') }) },
      ],
    });
    expect(told.at(-1)).toEqual({ type: 'finished' });
  });

  it.each([
    ['the first', () => linde, 'Thuiszorg De Linde'],
    ['the second', () => vecht, 'Zorggroep Vecht'],
  ])('show %s whole: who she is, and each group with its source and when it came', (_which, visit, source) => {
    const patients = told.flatMap((event) => (event.type === 'patient' && event.visit === visit() ? [event.patient] : []));
    expect(patients).toContainEqual(expect.objectContaining({ birthDate: atLinde.birthDate }));
    const groups = groupsOf(visit(), told);
    expect(namesOf(visit(), told).length).toBeGreaterThanOrEqual(20);
    expect(groups.filter((group) => group.source !== source || group.fetchedAt === undefined)).toEqual([]);
    expect(groups.flatMap(({ entries }) => entries).filter((entry) => entry.source !== source)).toEqual([]);
    expect(fetched(visit(), told)).toMatchObject({ complete: true });
  });

  it('never show a BSN', () => expect(JSON.stringify(told)).not.toContain(atLinde.bsn));

  it('stand side by side whichever of the two she opens', async () => {
    const [opening] = await openWhole(vecht);
    expect(opening).toMatchObject({ type: 'opening', dossiers: [{ visit: vecht }, { visit: linde }] });
  });

  it('are not fetched again for a page that has seen the end', async () => {
    const { cookie } = await sessionCookieOf(region.file, castOf(context).nurse.username);
    const before = await searchesAtVecht();
    const response = await fetch(`${nurse.staffUrl}/api/visits/${linde}/dossier/events`, { headers: { cookie, accept: 'text/event-stream', 'last-event-id': 'finished' } });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(await searchesAtVecht()).toBe(before);
  });
});

describe('a custodian that stands still', () => {
  let held: HeldAnswers;
  afterEach(() => held?.release());

  it('keeps nothing of the other from her, and comes when it can', async () => {
    held = await holdAnswers(region, 'vecht');
    const page = await openPage(linde);
    await eventually('the first dossier is whole', async () => fetched(linde, page.events));
    expect(namesOf(linde, page.events)).toEqual(namesOf(linde, told));
    expect(about(vecht, page.events)).toEqual([]);
    await held.release();
    await page.ended;
    expect(fetched(vecht, page.events)).toMatchObject({ complete: true });
  });

  it('in one group for too long loses that group alone, and says so', async () => {
    held = await holdAnswers(region, 'vecht', 'AllergyIntolerance');
    const events = await openWhole(linde);
    const failed = groupsOf(vecht, events).filter(({ state }) => state === 'failed');
    expect(failed).toEqual([expect.objectContaining({ name: 'allergy-intolerance', entries: [], message: 'De bron antwoordt te traag; dit onderdeel ontbreekt.' })]);
    expect(namesOf(vecht, events)).toEqual(namesOf(vecht, told));
    expect(fetched(vecht, events)).toMatchObject({ complete: false });
    expect(fetched(linde, events)).toMatchObject({ complete: true });
  });

  it('is asked nothing more when she closes the page', async () => {
    held = await holdAnswers(region, 'vecht');
    const before = await searchesAtVecht();
    const page = await openPage(linde);
    await eventually('as many answers wait as are asked at once', async () => ((await held.waiting()) === AT_ONCE ? true : undefined));
    page.close();
    await page.ended;
    await sleep(1_000);
    await held.release();
    await sleep(1_000);
    expect((await searchesAtVecht()) - before).toBeLessThanOrEqual(AT_ONCE);
    expect(searchesOfOneOpening).toBeGreaterThan(2 * AT_ONCE);
  });
});

describe('a custodian that refuses', () => {
  it('is told as refused, while the other is whole', async () => {
    await queryDatabase(region, 'custodian', 'update enrolment set valid_until = now() where patient_id = $1', [idAtVecht]);
    const events = await openWhole(linde);
    expect(about(vecht, events)).toContainEqual({ type: 'refused', visit: vecht, refusal: expect.objectContaining({ message: expect.stringContaining('geen toegang') }) });
    expect(fetched(vecht, events)).toBeUndefined();
    expect(JSON.stringify(about(vecht, events))).not.toContain(atLinde.familyName);
    expect(namesOf(linde, events)).toEqual(namesOf(linde, told));
    expect(fetched(linde, events)).toMatchObject({ complete: true });
  });
});
