import { eventually, type Region } from '@anw/region';
import { logInAgain, startBrowser, type StaffBrowser, type Visitor } from '../support/browser.js';
import { startTemporaryRegion } from '../support/temporary-region.js';

let region: Region;
let browser: StaffBrowser;

beforeAll(async () => {
  [region, browser] = await Promise.all([startTemporaryRegion({ bus: 'none' }), startBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), region?.stop()]));

const typed = 'De bel doet het niet, kloppen op het raam.';

/** The triagist, half-way a call. */
async function atCall(): Promise<Visitor> {
  const tess = await browser.visitor();
  await tess.page.clock.install();
  await tess.logIn(region.file, 'tess', '/melding');
  await tess.page.getByLabel('Wat is er aan de hand?').fill(typed);
  return tess;
}

/** What she typed is there, and to be seen. */
function typedText(visitor: Visitor): Promise<string> {
  return visitor.page.getByLabel('Wat is er aan de hand?').inputValue();
}

describe('session at the pages (issue: everywhere)', () => {
  it('shows who is not logged in one button, and brings her where she wanted to be', async () => {
    const noor = await browser.visitor({ screen: 'phone', colours: 'dark' });
    await noor.page.goto(region.file.services.actor.staff);
    expect(await noor.violations()).toEqual([]);
    await noor.logIn(region.file, 'noor', '/dienst');
    await noor.page.getByRole('heading', { level: 1, name: 'Dienst beëindigen' }).waitFor();
    expect(await noor.violations()).toEqual([]);
    expect(noor.faults()).toEqual([]);
    await noor.close();
  });

  it.each(['regisseur', 'actor', 'custodian'] as const)('opens at the %s with the very words that stand until it knows who works here', async (name) => {
    const visitor = await browser.visitor({ screen: 'phone' });
    const { page } = visitor;
    await page.route('**/api/me', () => undefined);
    // The first is what the document brought; the next is what the scripts put in its place.
    await page.addInitScript(`globalThis.opened = []; new MutationObserver(() => {
      const main = document.querySelector('#app > main');
      if (main === null || main === globalThis.seen) return;
      globalThis.seen = main;
      globalThis.opened.push(main.outerHTML);
    }).observe(document, { childList: true, subtree: true })`);
    await page.goto(region.file.services[name].staff);
    const opened = await eventually('the scripts have begun', async () => ((words) => (words.length > 1 ? words : undefined))(await page.evaluate<string[]>('globalThis.opened')));
    expect(opened[0]).toContain('Even geduld');
    expect(opened).toEqual([opened[0], opened[0]]);
    await visitor.close();
  });

  it.each([
    ['regisseur', 'tess', '/melding', 'Triagedesk'],
    ['actor', 'noor', '/meldingen', 'Mijn route'],
    ['custodian', 'petra', '/weigering', 'Bronhouder'],
  ])('has a heading and nothing wrong at the %s while the page that she opens is on its way', async (_name, username, path, title) => {
    const visitor = await browser.visitor({ screen: 'phone' });
    const { page } = visitor;
    // A worker that has the pieces already would bring them by itself.
    await page.addInitScript('delete Navigator.prototype.serviceWorker');
    let comes = (): void => undefined;
    const held = new Promise<void>((resolve) => (comes = resolve));
    await visitor.logIn(region.file, username);
    await page.route(/\/assets\/\w+-pages-/, async (route) => {
      await held;
      await route.continue();
    });
    // A piece that is asked for before the document's load event holds that event up.
    await page.goto(new URL(path, page.url()).href, { waitUntil: 'commit' });
    const words = page.getByText('wij halen de pagina op');
    await words.waitFor();
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([title]);
    expect(await visitor.violations()).toEqual([]);
    comes();
    await words.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: title }).waitFor({ state: 'detached' });
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  it.each([['regisseur', 'tess'], ['actor', 'noor'], ['custodian', 'petra']] as const)('says at the %s that there is no such page, and that one failed, each under a heading', async (_name, username) => {
    const visitor = await browser.visitor({ screen: 'phone', colours: 'dark' });
    // Without a worker that has the pieces already.
    await visitor.page.addInitScript('delete Navigator.prototype.serviceWorker');
    await visitor.logIn(region.file, username, '/is-er-niet');
    await visitor.page.getByRole('heading', { level: 1, name: 'Deze pagina bestaat niet' }).waitFor();
    expect([await visitor.violations(), visitor.faults()]).toEqual([[], []]);
    // A piece that does not come, as after a deployment that took it away.
    await visitor.page.route(/\/assets\/\w+-pages-/, (route) => route.fulfill({ status: 404 }));
    await visitor.page.goto(new URL({ tess: '/melding', noor: '/meldingen', petra: '/weigering' }[username], visitor.page.url()).href);
    await visitor.page.getByRole('heading', { level: 1, name: 'Deze pagina werkt niet' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.unrouteAll();
    await visitor.page.getByRole('button', { name: 'Pagina opnieuw laden' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: 'Deze pagina werkt niet' }).waitFor({ state: 'detached' });
    await visitor.close();
  });

  it('asks after fourteen minutes whether she is there, and goes on when she is', async () => {
    const tess = await atCall();
    await tess.page.clock.fastForward('14:10');
    const warning = tess.page.getByRole('alertdialog', { name: 'Bent u er nog?' });
    await warning.waitFor();
    expect(await tess.violations()).toEqual([]);
    await warning.getByRole('button', { name: 'Ik ben er nog' }).press('Enter');
    await warning.waitFor({ state: 'detached' });
    await tess.page.clock.fastForward('13:30');
    expect(await typedText(tess)).toBe(typed);
    await tess.close();
  });

  it('locks after fifteen minutes: nothing shows, the server has ended the session; logged in again in another window, she goes on where she was', async () => {
    const tess = await atCall();
    await tess.page.clock.fastForward('15:05');
    await tess.page.getByRole('heading', { name: 'Vergrendeld' }).waitFor();
    expect(await tess.page.getByLabel('Wat is er aan de hand?').isVisible()).toBe(false);
    expect(await tess.page.locator('main:visible').innerText()).not.toContain(typed);
    expect(await tess.violations()).toEqual([]);
    await eventually('the session is over at the server', async () => ((await tess.context.request.get(`${region.file.services.regisseur.staff}/api/me`)).status() === 401 ? true : undefined));

    await logInAgain(tess.page, region.file, 'tess');
    await tess.page.getByLabel('Wat is er aan de hand?').waitFor();
    expect(await typedText(tess)).toBe(typed);
    expect(tess.faults()).toEqual([]);
    await tess.close();
  });

  it('says that a page is for another role, and shows nothing of it', async () => {
    const daan = await browser.visitor();
    await daan.logIn(region.file, 'daan', '/logboek');
    await daan.page.getByText('Deze pagina is niet voor uw functie').waitFor();
    expect(await daan.violations()).toEqual([]);
    await daan.close();
  });

  it('logs out of every tab at once', async () => {
    const noor = await browser.visitor({ screen: 'phone' });
    await noor.logIn(region.file, 'noor');
    const other = await noor.context.newPage();
    await other.goto(region.file.services.actor.staff);
    await other.getByRole('button', { name: 'Uitloggen' }).waitFor();
    await noor.page.getByRole('button', { name: 'Uitloggen' }).click();
    await Promise.all([noor.page, other].map((page) => page.getByRole('link', { name: 'Inloggen', exact: true }).waitFor()));
    await noor.close();
  });

  it('runs no script that a page was made to hold, and loads nothing from elsewhere', async () => {
    const noor = await browser.visitor();
    const asked: string[] = [];
    noor.page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await noor.logIn(region.file, 'noor');
    await noor.page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="globalThis.ran = true"><a id="trap" href="javascript:globalThis.ran = true">x</a>'); const script = document.createElement('script'); script.textContent = 'globalThis.ran = true'; document.body.append(script); document.getElementById('trap').click(); new Promise((resolve) => setTimeout(resolve, 300))`);
    expect(await noor.page.evaluate('globalThis.ran')).toBeUndefined();
    expect(noor.faults().filter((fault) => fault.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
    const ours = [region.file.services.actor.staff, region.file.oidc.issuer].map((url) => new URL(url).origin);
    expect(asked.filter((origin) => !ours.includes(origin) && origin !== 'null')).toEqual([]);
    await noor.close();
  });

  it('keeps what was typed while the service restarts, and a page that is loaded meanwhile comes', async () => {
    const tess = await browser.visitor();
    await tess.logIn(region.file, 'tess', '/melding');
    await tess.page.getByLabel('Wat is er aan de hand?').fill(typed);
    await region.service('regisseur').restart();
    expect(await typedText(tess)).toBe(typed);
    await tess.page.reload();
    await tess.page.getByLabel('Wat is er aan de hand?').waitFor();
    expect(await typedText(tess)).toBe(typed);
    await tess.close();
  });

  it('tells a login that has expired in a page, with a way back', async () => {
    const noor = await browser.visitor({ screen: 'phone' });
    await noor.page.goto(`${region.file.services.actor.staff}/callback?code=x&state=y`);
    await noor.page.getByText('Deze inlogpoging is verlopen').waitFor();
    expect(await noor.violations()).toEqual([]);
    await noor.page.getByRole('link', { name: 'Naar het begin' }).click();
    await noor.page.getByRole('link', { name: 'Inloggen', exact: true }).waitFor();
    await noor.close();
  });
});
