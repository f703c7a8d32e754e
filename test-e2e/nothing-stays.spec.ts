import { type AuthorizationView, DossierView, NurseShiftEnded } from '@anw/api-contracts';
import { ask, castOf, collectionOf, createOperatorClient, createStoryContext, type Region, type StaffSession, syntheticClients } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { MARKER_LENGTH, MARKER_PREFIX, markedDossier } from './support/marked-dossier.js';
import { playPart } from './support/play-part.js';
import { searchMemory } from './support/process-memory.js';
import { queryDatabase } from './support/query-database.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const LoadReport = z.looseObject({ refused: z.array(z.unknown()) });

/** How the report of the story begins. */
const REPORT = 'Mw. zat op de grond naast het bed.';

/** At the memory of the actor, at most, until all that must be found while the dossier is open was found. */
const LOOKS = 10;

let region: Region;
let nurse: StaffSession;
let visit: string;
let shown: readonly string[];
let whileOpen: Found;

interface Found {
  readonly markers: readonly string[];
  readonly report: boolean;
  /** Of memory in which a marker was found, to know what held it. */
  readonly kinds: readonly string[];
  readonly searched: number;
}

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'debug' });
  const client = syntheticClients[0]!;
  const { resources } = markedDossier(client, new Date());
  const operator = createOperatorClient(region.file.services.custodian.operator);
  const report = await operator.post(`/operator/organisations/${client.custodian}/resources`, collectionOf(resources), LoadReport);
  if (report.refused.length > 0) throw new Error(`the marked dossier was refused: ${JSON.stringify(report.refused)}`);
  const context = createStoryContext(region, region.file.patients.find(({ id }) => id === client.id)!);
  await playPart(context, { to: 'opened-at-desk' });
  nurse = await context.sessionOf(castOf(context).nurse.username);
  visit = context.kept<AuthorizationView>('authorization').id;
  shown = markersIn(JSON.stringify(await readDossier()));
  whileOpen = await findWhileOpen();
  await ask(nurse, { method: 'POST', path: '/api/shift/end', body: { leaveUndelivered: true }, answer: NurseShiftEnded });
});
afterAll(() => region?.stop());

const readDossier = () => ask(nurse, { method: 'GET', path: `/api/visits/${visit}/dossier`, answer: DossierView });

/** What was answered may be collected before anybody looks: then it is read, and looked for, once more. */
async function findWhileOpen(): Promise<Found> {
  let found = findInMemory();
  for (let look = 1; look < LOOKS && !(found.report && shown.every((marker) => found.markers.includes(marker))); look += 1) {
    await readDossier();
    const again = findInMemory();
    found = { ...again, markers: [...new Set([...found.markers, ...again.markers])], report: found.report || again.report };
  }
  return found;
}

function findInMemory(): Found {
  const pid = region.service('actor').pid!;
  const { found, searched } = searchMemory(pid, MARKER_PREFIX, MARKER_LENGTH);
  return { markers: markersIn([...found.keys()].join(' ')), kinds: [...new Set(found.values())], report: searchMemory(pid, REPORT, REPORT.length).found.size > 0, searched };
}

function markersIn(text: string): readonly string[] {
  return [...new Set(text.match(new RegExp(`${MARKER_PREFIX}\\d{4}`, 'g')) ?? [])].sort();
}

/** Every row of every table, as text. */
async function readDatabase(): Promise<string> {
  const tables = await queryDatabase<{ name: string }>(region, 'actor', "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'");
  if (tables.length === 0) throw new Error('the actor has no tables');
  const texts = await Promise.all(tables.map(({ name }) => queryDatabase<{ row: string }>(region, 'actor', `select each::text as row from ${name} as each`)));
  return texts.flatMap((rows) => rows.map(({ row }) => row)).join('\n');
}

async function readLogs(): Promise<string> {
  const directory = join(dirname(region.filePath), 'logs');
  const names = (await readdir(directory)).filter((name) => name.startsWith('actor'));
  if (names.length === 0) throw new Error('the actor has no log');
  return (await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))).join('\n');
}

/** All files that the actor has open and that it wrote to its temporary or working directory; its database and log are looked at apart. */
async function readOpenFiles(): Promise<string> {
  const directory = `/proc/${region.service('actor').pid!}/fd`;
  const targets = await Promise.all((await readdir(directory)).map((name) => readlink(join(directory, name)).catch(() => '')));
  const files = [...new Set(targets)].filter((target) => target.startsWith('/') && !target.startsWith('/dev/'));
  if (files.length === 0) throw new Error('the actor has no file open, not even its log');
  return (await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')))).join('\n');
}

/** The directory of the region, but for what its database keeps, in which the custodian's record lies too. */
async function readRegionFiles(): Promise<string> {
  const root = dirname(region.filePath);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !relative(root, join(entry.parentPath, entry.name)).startsWith('postgres'));
  if (files.length === 0) throw new Error('the region has no files');
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}

describe('nothing clinical stays at the actor after the shift (design §2 steps 5 and 7)', () => {
  it('begins with a dossier of which at least fifty marked texts were shown', () => expect(shown.length).toBeGreaterThanOrEqual(50));

  it('finds them in the memory of its process while the dossier is open: the search can fail', () => {
    expect(shown.filter((marker) => !whileOpen.markers.includes(marker))).toEqual([]);
    expect(whileOpen.report).toBe(true);
  });

  it('leaves none in its database', async () => {
    const text = await readDatabase();
    expect(markersIn(text)).toEqual([]);
    expect(text).not.toContain(REPORT);
  });

  it('leaves none in its logs, however much they tell', async () => {
    const text = await readLogs();
    expect(text).toContain('"level":"debug"');
    expect(markersIn(text)).toEqual([]);
    expect(text).not.toContain(REPORT);
  });

  it('leaves none in a file', async () => {
    for (const text of [await readOpenFiles(), await readRegionFiles()]) {
      expect(markersIn(text)).toEqual([]);
      expect(text).not.toContain(REPORT);
    }
  });

  it('leaves none in the memory of its process, and soon', async () => {
    const until = Date.now() + 180_000;
    let found = findInMemory();
    while ((found.markers.length > 0 || found.report) && Date.now() < until) {
      await sleep(1_000);
      found = findInMemory();
    }
    recordFigure('issue 4: 7', 'markers of the dossier in the memory of the actor while it is open', whileOpen.markers.length);
    recordFigure('issue 4: 7', 'markers of the dossier in the memory of the actor after the shift', found.markers.length);
    recordFigure('issue 4: 7', 'memory searched', Math.round(found.searched / 1_048_576), 'MiB');
    expect(found.report).toBe(false);
    expect(found.markers.length === 0 ? [] : [found.kinds, found.markers]).toEqual([]);
  });

  it('leaves no way back to it', async () => expect((await nurse.request('GET', `/api/visits/${visit}/dossier`)).status).toBe(404));
});
