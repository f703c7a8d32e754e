import { AuthorizationView, PractitionersOnDuty } from '@anw/api-contracts';
import { ask, createOperatorClient, createStoryContext, eventually, type Region, type StaffSession } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FrameLocator, Page } from 'playwright-core';
import { z } from 'zod';
import { startBrowser, type StaffBrowser, type Visitor } from '../support/browser.js';
import { type ForeignSite, startForeignSite } from '../support/foreign-site.js';
import { keptOnDevice } from '../support/kept-on-device.js';
import { queryDatabase } from '../support/query-database.js';
import { authorizeAtVecht, bringIntoCareAtVecht } from '../support/second-custodian.js';
import { sendVisit, type VisitToSend } from '../support/send-visit.js';
import { startTemporaryRegion } from '../support/temporary-region.js';
import { readWalkThrough } from '../support/walk-through.js';

const NOOR = 'e-10442';
const MINUTE = 60_000;

let region: Region;
let browser: StaffBrowser;
let desk: StaffSession;

beforeAll(async () => {
  [region, browser] = await Promise.all([startTemporaryRegion({ bus: 'none', logLevel: 'error' }), startBrowser()]);
  desk = await createStoryContext(region, region.file.patients[0]!).sessionOf('tess');
});
afterAll(() => Promise.all([browser?.close(), region?.stop()]));

const patientsOfLinde = () => region.file.patients.filter(({ custodian }) => custodian === 'de-linde');
const send = (change: Partial<VisitToSend> = {}, click?: () => void) => sendVisit(desk, { patient: patientsOfLinde()[0]!, practitioner: NOOR, ...change }, click);
const revoke = ({ id }: AuthorizationView) => ask(desk, { method: 'POST', path: `/api/authorizations/${id}/revoke`, body: {}, answer: AuthorizationView });
const pageOf = ({ id }: AuthorizationView, path = '') => `${region.file.services.actor.staff}/bezoek/${id}${path}`;
const cardOf = (page: Page | FrameLocator, note: string) => page.getByRole('article').filter({ hasText: note });

async function nurse(path = '/', options: Parameters<StaffBrowser['visitor']>[0] = {}): Promise<Visitor> {
  const visitor = await browser.visitor({ screen: 'phone', colours: 'dark', ...options });
  await visitor.logIn(region.file, 'noor', path);
  await visitor.page.getByText('Verbonden').waitFor();
  return visitor;
}

/** What a finger meets on the link of the next card: in the moment in which it comes, and once it has stood there a while. */
async function tapAsCardComes(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(`void (globalThis.met = new Promise((resolve) => {
    const meet = (link) => {
      link.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = link.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('a')?.tagName ?? null;
    };
    new MutationObserver((_changes, observer) => {
      const link = document.querySelector('.visits a[href^="/bezoek/"]');
      if (link === null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const atOnce = meet(link);
        setTimeout(() => resolve({ atOnce, afterwards: meet(link) }), 1500);
      });
    }).observe(document.body, { childList: true, subtree: true });
  }))`);
  return () => page.evaluate('globalThis.met');
}

describe('the nurse’s route (issue: pages, points 1 and 4)', () => {
  it('shows a visit by itself, with what she needs to go there, and hears it; a revoked one is gone with a word about it', async () => {
    const noor = await nurse();
    const { page } = noor;
    await page.evaluate('globalThis.tones = 0; globalThis.OscillatorNode = class extends OscillatorNode { constructor(...given) { super(...given); globalThis.tones += 1; } }');
    await page.getByRole('button', { name: 'Geluid staat uit' }).click();
    await page.evaluate('globalThis.tones = 0');
    const tap = await tapAsCardComes(page);
    let clicked = 0;
    const appears = cardOf(page, 'Is gevallen').waitFor().then(() => performance.now());
    const visit = await send({ urgency: 'urgent', description: 'Is gevallen, kan niet opstaan.' }, () => (clicked = performance.now()));
    expect(await tap()).toEqual({ atOnce: null, afterwards: 'A' });
    recordFigure('issue 5: 14', 'a new visit by itself on the nurse’s page, from the click at the desk', Math.round((await appears) - clicked), 'ms');
    expect(await page.evaluate('globalThis.tones')).toBe(2);
    const card = cardOf(page, 'Is gevallen');
    for (const text of ['Nieuw', 'Spoed', 'Oproep', 'Thuiszorg De Linde', 'Regie Oost', /\d+ jaar · geboren/, /nog \d+ uur/]) await card.getByText(text).first().waitFor();
    const way = new URL((await card.getByRole('link', { name: /^Navigeer/ }).getAttribute('href'))!);
    expect([...way.searchParams.keys()]).toEqual(['api', 'destination']);
    expect(way.searchParams.get('destination')).toMatch(/\d{4} [A-Z]{2} /);
    expect(await noor.violations()).toEqual([]);

    const planned = await send({ patient: patientsOfLinde()[1]!, kind: 'planned', urgency: 'routine', description: 'Ogen druppelen.' });
    await cardOf(page, 'Ogen druppelen').getByText('Gepland').waitFor();
    // Urgent stays on top of what came later, once the server has ordered it.
    await page.locator('article').first().getByText('Is gevallen').waitFor();

    await revoke(visit);
    await page.getByText('Een bezoek is vervallen').waitFor();
    await cardOf(page, 'Is gevallen').waitFor({ state: 'detached' });
    expect(await noor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Gezien' }).click();
    await revoke(planned);
    expect(noor.faults()).toEqual([]);
    await noor.close();
  });

  it('says that there is no connection, keeps nothing of a client on the device, and catches up by itself', async () => {
    const noor = await nurse();
    const { page, context } = noor;
    const first = await send({ description: 'Voor de storing.' });
    await cardOf(page, 'Voor de storing').waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    await context.setOffline(true);
    await page.getByText('Geen verbinding sinds').waitFor();
    expect(await noor.violations()).toEqual([]);
    const second = await send({ patient: patientsOfLinde()[1]!, description: 'Tijdens de storing.' });
    await context.setOffline(false);
    await cardOf(page, 'Tijdens de storing').waitFor();
    await cardOf(page, 'Tijdens de storing').getByText('Nieuw').waitFor();

    // The worker has the shell of the pages and nothing that the service ever answered.
    await context.setOffline(true);
    await page.goto(`${region.file.services.actor.staff}/meldingen`);
    await page.getByText('Geen verbinding').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('storing');
    expect(await noor.violations()).toEqual([]);
    const kept = await page.evaluate<string[]>('(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat())()');
    expect(kept).toContain('/');
    expect(kept.filter((path) => !/^\/(?:$|assets\/|icons\/|favicon\.svg$|manifest\.webmanifest$)/.test(path))).toEqual([]);
    await context.setOffline(false);
    await Promise.all([revoke(first), revoke(second)]);
    await noor.close();
  });

  it('tells that a visit went, also when the route was read again before the stream told it', async () => {
    const visit = await send({ description: 'Gaat vanzelf weg.' });
    const noor = await browser.visitor({ screen: 'phone' });
    const { page } = noor;
    await page.route('**/api/events', (route) => route.abort());
    await noor.logIn(region.file, 'noor');
    await cardOf(page, 'Gaat vanzelf weg').waitFor();
    await revoke(visit);
    // What she looks at again within a few seconds is not read again.
    await eventually('she is told', async () => {
      await page.getByRole('link', { name: 'Meldingen', exact: true }).click();
      await page.getByRole('link', { name: 'Route', exact: true }).click();
      return (await page.getByText('Een bezoek is vervallen').count()) > 0 || undefined;
    });
    expect(await cardOf(page, 'Gaat vanzelf weg').count()).toBe(0);
    await page.getByText('U heeft geen toegang meer tot dit dossier.').waitFor();
    expect(noor.faults()).toEqual([]);
    await noor.close();
  });

  it('has a heading and nothing wrong while a visit is on its way, and when it does not come', async () => {
    const visit = await send({ description: 'Komt traag.' });
    const noor = await nurse();
    const { page } = noor;
    let fails = (): void => undefined;
    const held = new Promise<void>((resolve) => (fails = resolve));
    await page.route('**/api/route', async (route) => {
      await held;
      await route.abort();
    });
    await page.goto(pageOf(visit));
    await page.getByText('wij halen het bezoek op').waitFor();
    expect([await page.getByRole('heading', { level: 1 }).allInnerTexts(), await noor.violations()]).toEqual([['Bezoek'], []]);
    fails();
    const again = page.getByRole('button', { name: 'Opnieuw proberen' });
    await again.waitFor();
    expect(await noor.violations()).toEqual([]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await again.click();
    await page.getByRole('link', { name: 'Schrijven' }).waitFor();
    await page.goto(pageOf(visit, '/schrijven/horoscoop'));
    await page.getByText('Dit kunt u hier niet schrijven').waitFor();
    expect([await noor.violations(), noor.faults()]).toEqual([[], []]);
    await noor.close();
    await revoke(visit);
  });

  it('shows a notice that was pushed as it is, and nothing of whom it is about', async () => {
    const noor = await nurse('/', { screen: 'desktop', permissions: ['notifications'] });
    const { page, context } = noor;
    await page.evaluate('navigator.serviceWorker.ready');
    const debug = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) => debug.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
    await debug.send('ServiceWorker.enable');
    // A browser without a window shows no notices: what the worker asks it to show is looked at.
    const worker = context.serviceWorkers()[0]!;
    await worker.evaluate('self.shown = []; self.registration.showNotification = async (title, { body, tag }) => void self.shown.push({ title, body, tag })');
    const data = JSON.stringify({ notice: 'visit-added', title: 'Nieuw bezoek', body: 'Er is een nieuw bezoek. Open uw route.' });
    await debug.send('ServiceWorker.deliverPushMessage', { origin: region.file.services.actor.staff, registrationId: await registered, data });
    await eventually('the worker shows it', async () => (await worker.evaluate<number>('self.shown.length')) > 0 || undefined);
    expect(await worker.evaluate('self.shown')).toEqual([{ title: 'Nieuw bezoek', body: 'Er is een nieuw bezoek. Open uw route.', tag: 'visit-added' }]);
    await noor.close();
  });
});

describe('home access (point 4)', () => {
  it('is asked for a reason, shown for its minute and gone from the page; and when she puts her phone away', async () => {
    const visit = await send({ description: 'Deur gaat niet open.', homeAccess: true });
    const noor = await browser.visitor({ screen: 'phone', colours: 'light' });
    const { page } = noor;
    await page.clock.install();
    await noor.logIn(region.file, 'noor');
    await cardOf(page, 'Deur gaat niet open').getByRole('link', { name: /^Sleutel/ }).click();
    await page.getByRole('button', { name: 'Toon één minuut' }).click();
    await page.getByText('Kies eerst een reden.').waitFor();
    expect(await noor.violations()).toEqual([]);
    const look = async () => {
      await page.getByLabel('Er wordt niet opengedaan').check();
      await page.getByRole('button', { name: 'Toon één minuut' }).click();
      await page.getByRole('heading', { name: 'Zo komt u binnen' }).waitFor();
      return page.locator('.home-access-words').innerText();
    };
    const words = await look();
    expect(words.length).toBeGreaterThan(5);
    expect(await noor.violations()).toEqual([]);
    await page.clock.fastForward(61_000);
    await page.getByText('De minuut is voorbij').waitFor();
    expect(await page.content()).not.toContain(words);

    await look();
    await page.evaluate('Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true }); document.dispatchEvent(new Event("visibilitychange"))');
    await page.getByText('U verliet de pagina').waitFor();
    expect(await page.content()).not.toContain(words);
    await page.evaluate('delete document.visibilityState');

    await look();
    await page.getByRole('link', { name: 'Terug naar de route' }).click();
    await page.getByRole('heading', { name: 'Route van vannacht' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Toegang tot de woning' }).waitFor();
    expect(await page.content()).not.toContain(words);
    expect(noor.faults()).toEqual([]);
    await noor.close();
    await revoke(visit);
  });
});

/** A short shift of the nurse beside her long one: what is authorized on it ends with it. */
async function addShift(seconds: number): Promise<string> {
  const { did: actor } = region.file.organisations.find(({ name }) => name === 'wijkzorg-nacht')!;
  const period = { from: new Date(Date.now() - MINUTE), until: new Date(Date.now() + seconds * 1_000) };
  const { id } = await createOperatorClient(region.file.services.regisseur.operator).post('/operator/organisations/regie-oost/shifts', { actor, practitioner: NOOR, name: 'Noor de Wit', roleName: 'Verpleegkundige', period }, z.looseObject({ id: z.uuid() }));
  return id;
}

/** What a page keeps, with the whole of the text that she types. */
async function typeReport(page: Page, words: string): Promise<void> {
  await page.getByRole('link', { name: 'Rapportage', exact: true }).click();
  await page.getByLabel(/Wat is er gebeurd/).fill(words);
  await keptOnDevice(page);
}

describe('access that ends, and access that is extended (points 1 and 3, docs/adr/0024)', () => {
  /** Enough for a busy machine to open two forms; the test waits for their end. */
  const SECONDS = 60;

  it('warns her, tells what was lost; what was extended goes on in the same card, and in the form in which she is', async () => {
    const noor = await nurse('/', { colours: 'light' });
    const { page, context } = noor;
    const shift = await addShift(SECONDS);
    const ends = Date.now() + SECONDS * 1_000;
    const [lasting, ending] = [await send({ shift, description: 'Wordt verlengd.' }), await send({ shift, patient: patientsOfLinde()[1]!, description: 'Loopt af.' })];
    const other = await context.newPage();
    await Promise.all([page.goto(pageOf(lasting, '/schrijven')), other.goto(pageOf(ending, '/schrijven'))]);
    await ask(desk, { method: 'POST', path: `/api/authorizations/${lasting.id}/extend`, body: { requestId: randomUUID(), until: new Date(Date.now() + 90 * MINUTE).toISOString(), reason: 'Er is meer tijd nodig.' }, answer: AuthorizationView });
    await Promise.all([typeReport(page, 'Loopt door.'), typeReport(other, 'Gaat verloren.')]);
    await other.getByText('Eén invoer is nog niet ontvangen').waitFor();
    expect(Date.now()).toBeLessThan(ends);
    expect(await page.getByText('Eén invoer is nog niet ontvangen').count()).toBe(0);

    await other.getByRole('heading', { name: 'Geen toegang meer' }).waitFor();
    expect(await other.locator('body').innerText()).not.toContain('Gaat verloren');
    await eventually('the actor has forgotten what ended', async () => (await queryDatabase(region, 'actor', "select 1 from received_authorization where withdrawal = 'ended' and authorization_id like $1", [`%${lasting.id}`])).length === 1 || undefined);
    expect(await page.getByLabel(/Wat is er gebeurd/).inputValue()).toBe('Loopt door.');
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await page.getByText(/Ontvangen door Thuiszorg De Linde om/).waitFor();
    expect(await noor.violations()).toEqual([]);

    await page.getByRole('link', { name: 'Route', exact: true }).click();
    await page.getByText('Niet aangekomen').or(page.getByText('Niet verzonden')).first().waitFor();
    await page.getByText('De inhoud is gewist').waitFor();
    const card = cardOf(page, 'Wordt verlengd');
    await card.getByText(/^Verlengd om/).waitFor();
    expect([await card.count(), await page.getByText('Een bezoek is vervallen').count()]).toEqual([1, 1]);
    expect(await noor.violations()).toEqual([]);
    expect(noor.faults()).toEqual([]);
    await noor.close();
    await revoke(lasting).catch(() => undefined);
  });
});

describe('a client with a record at two custodians (docs/adr/0014)', () => {
  it('is one card; the dossier shows both, each with its source; she chooses in which she writes', async () => {
    await bringIntoCareAtVecht(region);
    const noor = await nurse('/', { screen: 'desktop', colours: 'light' });
    const { page } = noor;
    const first = await send({ description: 'Twee dossiers.' });
    const { practitioners } = await ask(desk, { method: 'GET', path: '/api/practitioners/on-duty', answer: PractitionersOnDuty });
    await authorizeAtVecht(desk, first.careRequest, practitioners.find(({ identifier }) => identifier === NOOR)!);
    const card = cardOf(page, 'Twee dossiers');
    await card.getByText('Thuiszorg De Linde en Zorggroep Vecht').waitFor();
    expect(await card.count()).toBe(1);
    await card.getByRole('link', { name: 'Dossier openen' }).click();
    for (const custodian of ['Thuiszorg De Linde', 'Zorggroep Vecht']) {
      const record = page.getByRole('region', { name: `Aan de deur: ${custodian}`, exact: true });
      await record.getByText('penicilline').first().waitFor();
    }
    await page.getByRole('article', { name: 'Bloeddruk' }).getByText(/^Zorggroep Vecht, opgehaald/).waitFor();
    expect(await noor.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Schrijven' }).click();
    await page.getByRole('link', { name: 'Liever schrijven bij Zorggroep Vecht' }).click();
    await typeReport(page, 'Voor Vecht.');
    await page.getByRole('button', { name: 'Verzenden naar Zorggroep Vecht' }).click();
    await page.getByText(/Ontvangen door Zorggroep Vecht om/).waitFor();
    expect(await noor.violations()).toEqual([]);
    expect(noor.faults()).toEqual([]);
    await noor.close();
    await revoke(first);
  });
});

describe('a page that the worker does not serve', () => {
  it('asks it to', async () => {
    const noor = await nurse();
    const { page, context } = noor;
    await page.evaluate('navigator.serviceWorker.ready');
    // As by a reload with Shift, which goes round the worker.
    await (await context.newCDPSession(page)).send('Page.reload', { ignoreCache: true });
    await page.getByText('Verbonden').waitFor();
    await eventually('the service worker serves the page', async () => (await page.evaluate<boolean>('navigator.serviceWorker.controller !== null')) || undefined);
    expect(noor.faults()).toEqual([]);
    await noor.close();
  });
});

describe('a newer version of the pages', () => {
  it('is told of, and one tap takes it; what she was typing is there again', async () => {
    const visit = await send({ description: 'Nieuwe versie.' });
    const noor = await nurse();
    const { page } = noor;
    await page.goto(pageOf(visit, '/schrijven'));
    await typeReport(page, 'Midden in een zin');
    await eventually('the service worker serves the page', async () => (await page.evaluate<boolean>('navigator.serviceWorker.controller !== null')) || undefined);
    // To the browser a worker with another address is another version.
    await page.evaluate("navigator.serviceWorker.register('/service-worker.js?newer')");
    await page.getByText('Er is een nieuwe versie van deze pagina’s').waitFor();
    expect(await noor.violations()).toEqual([]);
    await page.getByLabel(/Wat is er gebeurd/).pressSequentially(' was zij gevallen.');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Vernieuwen' }).click()]);
    await page.getByLabel(/Wat is er gebeurd/).waitFor();
    expect(await page.getByLabel(/Wat is er gebeurd/).inputValue()).toBe('Midden in een zin was zij gevallen.');
    expect(noor.faults()).toEqual([]);
    await noor.close();
    await revoke(visit);
  });
});

describe('the end of the shift (point 4)', () => {
  it('tells what is still open, closes it with one button, and leaves nothing to see', async () => {
    await send({ description: 'Laatste bezoek.' });
    const noor = await nurse('/dienst');
    const { page } = noor;
    await page.getByText(/op uw route word(t|en) gesloten/).waitFor();
    expect(await noor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Dienst beëindigen' }).dblclick();
    await page.getByRole('heading', { name: 'Uw dienst is beëindigd' }).waitFor();
    await page.getByText(/(is|zijn) gesloten\.$/).waitFor();
    expect(await noor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Uitloggen' }).last().click();
    await page.getByRole('link', { name: 'Inloggen', exact: true }).waitFor();
    expect(noor.faults()).toEqual([]);
    await noor.close();
  });
});

describe('the pages in the frame of an ECD (point 5, docs/embedding.md)', () => {
  let ehr: ForeignSite;
  let elsewhere: ForeignSite;
  let directory: string;
  beforeAll(async () => {
    [ehr, elsewhere, directory] = await Promise.all([startForeignSite(), startForeignSite(), mkdtemp(join(tmpdir(), 'anw-embedding-'))]);
  });
  afterAll(() => Promise.all([ehr?.close(), elsewhere?.close(), rm(directory, { recursive: true, force: true })]));

  /** As the vendor of an ECD does it, by the commands of the page. */
  async function launch(): Promise<string> {
    const { actor } = region.file.services;
    const environment = { ...process.env, OPERATOR_URL: actor.operator, PARTNER_URL: actor.partner, CA_FILE: region.file.authority.certificate, ORGANISATION: 'wijkzorg-nacht', ECD_ORIGIN: ehr.origin };
    const { stdout } = await promisify(execFile)('bash', ['-euc', await readWalkThrough('embedding.md')], { cwd: directory, env: environment });
    const url = stdout.trim().split('\n').at(-1)!;
    expect(JSON.parse(await readFile(join(directory, 'launch.json'), 'utf8'))).toMatchObject({ url });
    return url;
  }

  it('open for the nurse that it names, without a cookie, live, and for one use of the code', async () => {
    const url = await launch();
    const noor = await browser.visitor();
    await noor.page.goto(ehr.framing(url));
    const frame = noor.page.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Route van vannacht' }).waitFor();
    await frame.getByText('Verbonden').waitFor();
    await frame.getByText('Noor de Wit').waitFor();
    expect(await noor.context.cookies()).toEqual([]);
    expect(noor.page.frames()[1]!.url()).not.toContain('code');
    const again = await browser.visitor();
    await again.page.goto(ehr.framing(url));
    const frameAgain = again.page.frameLocator('iframe');
    await frameAgain.getByText('Open haar opnieuw vanuit uw ECD').waitFor();
    expect(await frameAgain.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Mijn route']);
    expect([...noor.faults(), ...again.faults()]).toEqual([]);
    await Promise.all([noor.close(), again.close()]);
  });

  it('are shown by no other site, and no other page of the service in any frame', async () => {
    const url = await launch();
    const visitor = await browser.visitor();
    for (const address of [elsewhere.framing(url), ehr.framing(region.file.services.actor.staff), ehr.framing(`${region.file.services.actor.staff}/embedded/de-eik/launch`)]) {
      await visitor.page.goto(address);
      await visitor.page.waitForFunction('frames.length === 1');
      expect(await settledUrl(visitor.page)).toBe('chrome-error://chromewebdata/');
    }
    await visitor.close();
  });
});

/** Where the frame ended, once it stays there. */
async function settledUrl(page: Page): Promise<string | undefined> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const url = page.frames()[1]?.url();
    if (url !== undefined && url.startsWith('chrome-error:')) return url;
    await page.waitForTimeout(100);
  }
  return page.frames()[1]?.url();
}
