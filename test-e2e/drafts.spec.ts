import { AuthorizationView, DraftDetail, DraftList, NurseShiftEnded, UndeliveredList, type WriteInput } from '@anw/api-contracts';
import { ask, castOf, createOperatorClient, createStoryContext, eventually, followRoute, type Region, type StaffSession, type StoryContext } from '@anw/region';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deskOf } from './support/assigned-stranger.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const UndeliveredDrafts = z.object({ drafts: z.array(z.looseObject({ id: z.uuid(), practitioner: z.string(), visit: z.uuid(), kind: z.string(), reason: z.string(), acknowledgedBy: z.string().optional() })) });

const report = (text: string): WriteInput => ({ kind: 'nursing-report', input: { text, writtenAt: new Date().toISOString() } });
const pressure = (systolic: number, diastolic: number): WriteInput => ({ kind: 'blood-pressure', input: { systolic, diastolic, measuredAt: new Date().toISOString() } });

describe('what a nurse writes, from draft to record (design D18)', () => {
  let region: Region;
  let page: StaffSession;
  let heard: Awaited<ReturnType<typeof followRoute>>;
  const listening = new AbortController();
  const stories: StoryContext[] = [];

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none' });
    for (const patient of region.file.patients.slice(0, 3)) {
      const story = createStoryContext(region, patient);
      await playPart(story, { to: 'on-route' });
      story.kept<AbortController>('listening').abort();
      stories.push(story);
    }
    page = await stories[0]!.sessionOf('noor');
    heard = await followRoute(page, listening.signal);
  });

  afterAll(async () => {
    listening.abort();
    await region?.stop();
  });

  const visitOf = (index: number): AuthorizationView => stories[index]!.kept<AuthorizationView>('authorization');
  const pathOf = (visit: number, draft: string) => `/api/visits/${visitOf(visit).id}/drafts/${draft}`;
  const save = (visit: number, draft: string, body: WriteInput) => ask(page, { method: 'PUT', path: pathOf(visit, draft), body, answer: DraftDetail });
  const send = (visit: number, draft: string, body: object = {}) => ask(page, { method: 'POST', path: `${pathOf(visit, draft)}/send`, body, answer: DraftDetail });
  const raw = async (method: string, path: string, body: object = {}) => {
    const response = await page.request(method, path, method === 'GET' ? undefined : body);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };

  describe('a draft', () => {
    it('is encrypted in the database, and its key is', async () => {
      const draft = randomUUID();
      await save(0, draft, report('Merkteken van dit rapport.'));
      const [row] = await queryDatabase<{ all: string; content: Buffer }>(region, 'actor', 'SELECT d::text || k::text AS all, content FROM draft d JOIN draft_key k USING (organisation_id, authorization_id) WHERE id = $1', [draft]);
      expect(row!.all).not.toContain('Merkteken');
      expect(row!.content.toString('utf8')).not.toContain('Merkteken');
    });

    it('is the same when it is saved again, and says what it was last saved with', async () => {
      const [draft, body] = [randomUUID(), report('Eerste.')];
      expect(await save(0, draft, body)).toEqual(await save(0, draft, body));
      expect(await save(0, draft, report('Tweede.'))).toMatchObject({ state: 'draft', message: 'Nog niet verzonden.', input: { text: 'Tweede.' } });
      const { drafts } = await ask(page, { method: 'GET', path: `/api/visits/${visitOf(0).id}/drafts`, answer: DraftList });
      expect(drafts.filter(({ id }) => id === draft)).toMatchObject([{ input: { text: 'Tweede.' } }]);
    });

    it('that is saved twice at once is one', async () => {
      const [draft, body] = [randomUUID(), report('Dubbel.')];
      const answers = await Promise.all(Array.from({ length: 8 }, () => raw('PUT', pathOf(0, draft), body)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    });

    it('can be thrown away, and is not there afterwards', async () => {
      const draft = randomUUID();
      await save(0, draft, report('Weg ermee.'));
      expect((await raw('DELETE', pathOf(0, draft))).status).toBe(204);
      expect((await raw('GET', pathOf(0, draft))).status).toBe(404);
      expect((await raw('POST', `${pathOf(0, draft)}/send`)).status).toBe(404);
    });

    it('takes no id that is used at another visit, and no other kind', async () => {
      const draft = randomUUID();
      await save(0, draft, report('Hier.'));
      expect((await raw('PUT', pathOf(1, draft), report('Daar.'))).status).toBe(409);
      expect((await raw('PUT', pathOf(0, draft), pressure(120, 80))).status).toBe(409);
    });

    it.each([
      ['a kind that nobody knows', { kind: 'horoscope', input: {} }],
      ['a text of blanks', report('  ')],
      ['a field that the kind does not have', { kind: 'nursing-report', input: { text: 'a', writtenAt: new Date().toISOString(), patient: 'p2' } }],
    ])('is not saved with %s', async (_what, body) => {
      expect((await raw('PUT', pathOf(0, randomUUID()), body)).status).toBe(400);
    });
  });

  describe('what is sent', () => {
    it('is accepted with who received it, its place in the record and the version; sent again, it stays that one', async () => {
      const draft = randomUUID();
      await save(0, draft, report('Aangekomen.'));
      const answers = await Promise.all([send(0, draft), send(0, draft), send(0, draft)]);
      const accepted = await send(0, draft);
      expect(accepted).toMatchObject({ state: 'accepted', message: expect.stringMatching(/^Ontvangen door .+ om \d\d:\d\d\.$/), received: { resources: [{ reference: expect.stringMatching(/^Observation\//), version: '1' }] } });
      for (const answer of answers) if (answer.state === 'accepted') expect(answer.received).toEqual(accepted.received);
      expect(await raw('PUT', pathOf(0, draft), report('Toch anders.'))).toMatchObject({ status: 409, body: { detail: 'Dit is al verstuurd en kan niet meer worden gewijzigd. Schrijf een aanvulling.' } });
      expect((await raw('DELETE', pathOf(0, draft))).status).toBe(409);
    });

    it('is held back while something in it is unusual and she has not confirmed it', async () => {
      const draft = randomUUID();
      expect((await save(0, draft, pressure(230, 110))).remarks).toMatchObject([{ severity: 'warning', field: 'systolic' }]);
      expect(await raw('POST', `${pathOf(0, draft)}/send`)).toMatchObject({ status: 422, body: { toConfirm: [{ field: 'systolic', rule: 'VS-UNUSUAL' }] } });
      expect(await send(0, draft, { confirmed: true })).toMatchObject({ state: 'accepted', warnings: [{ field: 'systolic' }] });
    });

    it('comes back with the field to correct, and is accepted under the same id once it is corrected', async () => {
      const draft = randomUUID();
      await save(0, draft, pressure(80, 130));
      expect(await send(0, draft)).toMatchObject({ state: 'refused', cause: 'content', issues: [{ rule: 'BP-ORDER' }], reference: expect.any(String) });
      expect(await save(0, draft, pressure(130, 80))).toMatchObject({ state: 'draft', issues: [] });
      expect(await send(0, draft)).toMatchObject({ state: 'accepted' });
    });

    it('goes by itself when the custodian is back, and her page hears of it', async () => {
      const draft = randomUUID();
      await save(0, draft, report('De bronhouder was weg.'));
      await region.service('custodian').kill();
      expect(await send(0, draft)).toMatchObject({ state: 'sending' });
      await region.service('actor').kill();
      await Promise.all([region.service('actor').start(), region.service('custodian').start()]);
      await eventually('her page hears that it arrived', async () => heard.find(({ event }) => event.type === 'draft-changed' && event.draft.id === draft && event.draft.state === 'accepted') ?? arrived(draft));
      const [stored] = await queryDatabase<{ count: string }>(region, 'custodian', "SELECT count(*) AS count FROM fhir_resource WHERE body::text LIKE '%De bronhouder was weg.%'");
      expect(stored).toEqual({ count: '1' });
    });

    /** She reads it when the event came while her page was not listening. */
    const arrived = async (draft: string) => ((await raw('GET', pathOf(0, draft))).body['state'] === 'accepted' ? true : undefined);
  });

  describe('what was not in the record when its authorization ended', () => {
    const operatorPath = () => `/operator/organisations/${castOf(stories[0]!).actor.name}/undelivered-drafts`;
    const operator = () => createOperatorClient(region.file.services.actor.operator);
    const listed = async (draft: string) => (await operator().get(operatorPath(), UndeliveredDrafts)).drafts.find(({ id }) => id === draft);
    const undelivered = async () => valueOf(await readMetrics(`${region.file.services.actor.operator}/metrics`), 'anw_drafts', { state: 'undelivered' });

    it('by revocation, is told to her, without what it said; its key is gone, and nothing can be read any more', async () => {
      const draft = randomUUID();
      await save(1, draft, report('Dit leest niemand meer.'));
      const { id, credential } = visitOf(1);
      await ask(await deskOf(region), { method: 'POST', path: `/api/authorizations/${id}/revoke`, body: {}, answer: AuthorizationView });
      const told = await eventually('she is told', async () => (await ask(page, { method: 'GET', path: '/api/undelivered', answer: UndeliveredList })).undelivered.find((each) => each.id === draft));
      expect(told).toMatchObject({ visit: id, kind: 'nursing-report', initials: expect.stringMatching(/^(\p{Lu}\.)+$/u), message: expect.stringContaining('de autorisatie is ingetrokken') });
      expect(JSON.stringify(told)).not.toContain('niemand');
      expect(await queryDatabase(region, 'actor', 'SELECT 1 FROM draft_key WHERE authorization_id = $1', [credential])).toEqual([]);
      expect(await queryDatabase(region, 'actor', 'SELECT content, reason FROM draft WHERE id = $1', [draft])).toEqual([{ content: null, reason: 'revoked' }]);
      expect((await raw('PUT', pathOf(1, randomUUID()), report('Te laat.'))).status).toBe(404);

      expect((await raw('POST', `/api/undelivered/${draft}/seen`)).status).toBe(204);
      expect((await ask(page, { method: 'GET', path: '/api/undelivered', answer: UndeliveredList })).undelivered.filter((each) => each.id === draft)).toEqual([]);
      expect(await queryDatabase(region, 'actor', 'SELECT initials FROM draft WHERE id = $1', [draft])).toEqual([{ initials: null }]);
    });

    it('is shown to her alone: a colleague cannot see it, nor say that he has', async () => {
      const colleague = await stories[0]!.sessionOf('sem');
      expect((await ask(colleague, { method: 'GET', path: '/api/undelivered', answer: UndeliveredList })).undelivered).toEqual([]);
      const [own] = await queryDatabase<{ id: string }>(region, 'actor', "SELECT id FROM draft WHERE state = 'undelivered' LIMIT 1");
      expect((await colleague.request('POST', `/api/undelivered/${own!.id}/seen`, {})).status).toBe(404);
    });

    it('keeps her from ending her shift unless she leaves it; then the application manager sees who, which visit, what and why', async () => {
      const draft = randomUUID();
      await save(2, draft, report('Niet meer verstuurd.'));
      const held = await raw('POST', '/api/shift/end');
      expect(held).toMatchObject({ status: 409, body: { undelivered: expect.any(Number), detail: expect.stringContaining('nog niet door de bronhouder ontvangen') } });
      const before = (await undelivered()) ?? 0;
      const ended = await ask(page, { method: 'POST', path: '/api/shift/end', body: { leaveUndelivered: true }, answer: NurseShiftEnded });
      expect(ended.undelivered).toBe(held.body['undelivered']);

      expect(await listed(draft)).toMatchObject({ practitioner: castOf(stories[2]!).nurse.employeeNumber, visit: visitOf(2).id, kind: 'nursing-report', reason: 'shift-ended' });
      expect(await undelivered()).toBe(before + ended.undelivered);
      await eventually('it is in the log of the service', async () => ((await region.logs('actor')).split('\n').some((line) => line.includes(draft) && line.includes('"reason":"shift-ended"')) ? true : undefined));
      expect(await region.logs('actor')).not.toContain('Niet meer verstuurd');
    });

    it('is counted until the application manager takes note of it, once', async () => {
      const [{ id } = { id: '' }] = await queryDatabase<{ id: string }>(region, 'actor', "SELECT id FROM draft WHERE state = 'undelivered' AND acknowledged_at IS NULL LIMIT 1");
      const before = await undelivered();
      const acknowledge = (by: string) => fetch(`${region.file.services.actor.operator}${operatorPath()}/${id}/acknowledge`, { method: 'POST', headers: { 'x-operator': by } });
      expect((await acknowledge('b-1')).status).toBe(200);
      expect((await acknowledge('b-2')).status).toBe(200);
      expect(await listed(id)).toMatchObject({ acknowledgedBy: 'b-1' });
      expect(await undelivered()).toBe(before! - 1);
      const rows = await queryDatabase(region, 'actor', "SELECT name, practitioner FROM audit_event WHERE reference = $1 ORDER BY sequence", [id]);
      expect(rows).toMatchObject([{ name: 'draft.undelivered' }, { name: 'draft.acknowledged', practitioner: 'b-1' }]);
    });
  });
});
