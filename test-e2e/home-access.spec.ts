import { type AuthorizationView, DossierView, HomeAccessView, VisitRouteView } from '@anw/api-contracts';
import { ask, castOf, createOperatorClient, createStoryContext, type Region, serviceNames, type StaffSession, type StoryContext } from '@anw/region';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { operatorOf } from './support/custodian-operator.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { startTemporaryRegion } from './support/temporary-region.js';

/** What it says; it comes out at one place only. */
const secret = 'Sleutelkast links, code 4711-qz7markerqz7';
const Rows = z.object({ events: z.array(z.looseObject({ name: z.string(), outcome: z.string(), reason: z.string().optional(), authorization: z.string().optional(), resources: z.array(z.string()).optional() })) });

/** How to get into a home (spec anw-fhir-profiles §3.7): its own act, its own scope, a reason, a line in the log, and nowhere else. */
describe('home access', () => {
  let region: Region;
  let story: StoryContext;
  let nurse: StaffSession;
  let visit: string;
  let path: string;

  const operator = () => createOperatorClient(region.file.services.custodian.operator);
  const look = (body: object = { reason: 'no-answer' }, id = visit) => nurse.request('POST', `/api/visits/${id}/home-access`, body);
  const rowsOf = async (service: 'custodian' | 'actor', name: string) => {
    const rows = await queryDatabase<{ name: string; reason: string | null; outcome: string }>(region, service, 'SELECT name, reason, outcome FROM audit_event WHERE name = $1 ORDER BY sequence', [name]);
    return rows;
  };

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'debug' });
    story = createStoryContext(region, region.file.patients[0]!);
    path = `/operator/organisations/${castOf(story).custodian.name}/home-access`;
    await operator().put(`${path}/${story.patient.id}`, { resourceType: 'Location', description: secret }, z.looseObject({ id: z.uuid() }));
    nurse = await story.sessionOf('noor');
    await playPart(story, { to: 'on-route' });
    visit = story.kept<AuthorizationView>('authorization').id;
  });
  afterAll(() => region?.stop());

  it('shows desk and nurse that it was handed along, and neither of them what it says', async () => {
    expect(story.kept<AuthorizationView>('authorization').homeAccess).toBe(true);
    const { stops } = await ask(nurse, { method: 'GET', path: '/api/route', answer: VisitRouteView });
    expect(stops.find(({ id }) => id === visit)?.homeAccess).toBe(true);
  });

  it('is told to the nurse for a reason, for a minute, and never to a cache; both logs hold a line with the reason', async () => {
    const asked = Date.now();
    const response = await look();
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { description, visibleUntil } = HomeAccessView.parse(await response.json());
    expect(description).toBe(secret);
    expect(Date.parse(visibleUntil) - asked).toBeLessThanOrEqual(90_000);
    expect(await rowsOf('custodian', 'home-access.revealed')).toMatchObject([{ reason: 'no-answer', outcome: 'success' }]);
    expect(await rowsOf('actor', 'home-access.revealed')).toMatchObject([{ reason: 'no-answer', outcome: 'success' }]);
  });

  it.each([
    ['without a reason', {}],
    ['for a reason of her own words', { reason: 'ik wil naar binnen' }],
    ['for a reason and more', { reason: 'agreed', note: 'x' }],
  ])('is refused %s', async (_, body) => {
    expect((await look(body)).status).toBe(400);
  });

  it('is nothing on a visit of somebody else, or of nobody', async () => {
    const other = await story.sessionOf('sem');
    expect((await other.request('POST', `/api/visits/${visit}/home-access`, { reason: 'agreed' })).status).toBe(404);
    expect((await look({ reason: 'agreed' }, '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f')).status).toBe(404);
  });

  it('is not in the dossier, not in the log as the custodian exports it, and not in any list', async () => {
    const dossier = await ask(nurse, { method: 'GET', path: `/api/visits/${visit}/dossier`, answer: DossierView });
    const exported = await operator().get(`/operator/organisations/${castOf(story).custodian.name}/audit-events?limit=1000`, z.unknown());
    const list = await operator().get(path, z.unknown());
    const metrics = await (await fetch(`${region.file.services.custodian.operator}/metrics`)).text();
    for (const text of [JSON.stringify(dossier), JSON.stringify(exported), JSON.stringify(list), metrics]) expect(text).not.toContain('qz7marker');
  });

  it('is told by the operator door to nobody, whatever is wrong with the request', async () => {
    const put = (body: object, patient = story.patient.id) => fetch(`${region.file.services.custodian.operator}${path}/${patient}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    for (const [body, patient, status] of [
      [{ resourceType: 'Location', description: secret, address: { text: 'Lindelaan 14' } }, undefined, 400],
      [{ resourceType: 'Location', description: '  ' }, undefined, 400],
      [{ resourceType: 'Patient', description: secret }, undefined, 400],
      [{ resourceType: 'Location', description: secret }, 'nobody', 422],
    ] as const) {
      const response = await put(body, patient);
      expect(response.status).toBe(status);
      expect(await response.text()).not.toContain('qz7marker');
    }
  });

  it('needs the level that the custodian asks for a home, where that is more than for the record', async () => {
    const custodian = operatorOf(region, castOf(story).custodian.name);
    await custodian.demand({ homeAccessAssuranceLevel: 'high' });
    try {
      const response = await look({ reason: 'agreed' });
      expect([response.status, (await response.text()).includes('qz7marker')]).toEqual([403, false]);
      expect((await nurse.request('GET', `/api/visits/${visit}/dossier`)).status).toBe(200);
    } finally {
      await custodian.demand({});
    }
  });

  it('is given a few times an hour, and then the nurse reads in Dutch what to do', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await look({ reason: 'agreed' })).status);
    expect(statuses).toContain(200);
    const last = await look({ reason: 'agreed' });
    expect(last.status).toBe(429);
    expect(await last.json()).toMatchObject({ detail: expect.stringMatching(/^U hebt de toegang tot de woning dit uur al 5 keer ingezien\..*bel dan de regisseur\.$/) as unknown });
    expect((await rowsOf('actor', 'home-access.refused')).map(({ reason }) => reason)).toContain('too-many-looks');
  });

  it('is gone with the authorization', async () => {
    const desk = await story.sessionOf(castOf(story).triagist.username);
    expect((await desk.request('POST', `/api/authorizations/${visit}/revoke`, {})).status).toBe(200);
    const deadline = Date.now() + 60_000;
    let status = 0;
    while (status !== 404 && Date.now() < deadline) ({ status } = await look({ reason: 'agreed' }));
    expect(status).toBe(404);
  });

  it('lies nowhere in clear: not in a database of any of the three, not in their logs', async () => {
    for (const service of serviceNames) {
      const tables = await queryDatabase<{ name: string }>(region, service, `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
      expect(tables.length).toBeGreaterThan(5);
      for (const { name } of tables) {
        const [found] = await queryDatabase<{ count: string }>(region, service, `SELECT count(*) AS count FROM ${name} t WHERE t::text LIKE '%qz7marker%'`);
        expect([service, name, found?.count]).toEqual([service, name, '0']);
      }
    }
    const logs = join(dirname(region.filePath), 'logs');
    for (const file of await readdir(logs)) expect([file, (await readFile(join(logs, file), 'utf8')).includes('qz7marker')]).toEqual([file, false]);
    // The marker does lie there, encrypted: the row exists.
    expect(await operator().get(path, z.object({ homeAccess: z.array(z.looseObject({ patient: z.string() })) }))).toMatchObject({ homeAccess: expect.arrayContaining([expect.objectContaining({ patient: story.patient.id })]) as unknown });
  });

  it('was refused with a line of its own in the custodian’s log each time it was', async () => {
    const { events } = await operator().get(`/operator/organisations/${castOf(story).custodian.name}/audit-events?limit=1000`, Rows);
    expect(events.filter(({ name }) => name === 'home-access.revealed').every(({ resources }) => resources?.[0]?.startsWith('Location/') === true)).toBe(true);
    expect(events.some(({ name }) => name === 'home-access.changed')).toBe(true);
  });
});
