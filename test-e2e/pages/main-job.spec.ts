import { eventually, logIn, type Region, type StaffSession } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import type { Page } from 'playwright-core';
import { startBrowser, type StaffBrowser, type Visitor, type VisitorOptions } from '../support/browser.js';
import { startTemporaryRegion } from '../support/temporary-region.js';
import { answersTo, focusOn, READING_MILLISECONDS, type } from '../support/type-at-desk.js';

const REPORT = 'Mw. zat op de grond naast het bed. Geen letsel, opgestaan met hulp.';

let region: Region;
let browser: StaffBrowser;
let desk: StaffSession;
const people: Visitor[] = [];

beforeAll(async () => {
  [region, browser] = await Promise.all([startTemporaryRegion(), startBrowser()]);
  const tess = region.file.oidc.users.find(({ username }) => username === 'tess')!;
  desk = await logIn({ staffUrl: region.file.services.regisseur.staff, username: tess.username, password: tess.password });
});
afterAll(async () => {
  for (const person of people) await person.close();
  await browser?.close();
  await region?.stop();
});

async function person(username: string, path: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await browser.visitor(options);
  people.push(visitor);
  await visitor.logIn(region.file, username, path);
  return visitor;
}

/** Nobody's page has anything against it, and nothing went wrong in it. */
async function expectAllSound(): Promise<void> {
  for (const visitor of people) expect({ at: visitor.page.url(), violations: await visitor.violations(), faults: visitor.faults() }).toMatchObject({ violations: [], faults: [] });
}

/** In the page itself: the moment, in milliseconds since 1970, at which a text first stood in it. Set up before it can be there. */
async function watchFor(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate(`globalThis.stoodAt = undefined; new MutationObserver((_, observer) => {
    if (!document.body.innerText.includes(${JSON.stringify(text)})) return;
    globalThis.stoodAt = performance.timeOrigin + performance.now();
    observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true, characterData: true })`);
  return async () => {
    await page.getByText(text).first().waitFor();
    return page.evaluate<number>('globalThis.stoodAt');
  };
}

/** The moment of the next key or click in a page, by the page's own clock. */
async function watchHand(page: Page, event: 'keydown' | 'click'): Promise<() => Promise<number>> {
  await page.evaluate(`globalThis.pressedAt = undefined; addEventListener('${event}', () => { globalThis.pressedAt ??= performance.timeOrigin + performance.now(); }, { capture: true })`);
  return () => page.evaluate<number>('globalThis.pressedAt');
}

/** The triagist takes the call and stands before the button that sends; all by keyboard. */
async function takeCall({ page }: Visitor): Promise<void> {
  await page.keyboard.press('Alt+n');
  await focusOn(page, 'Wie belt of meldt?');
  await type(page, 'Dochter', 'Enter', 0);
  await type(page, 'Gevallen, kan niet opstaan.', 'Enter', 0);
  for (const { text, number } of await answersTo(desk, 'out-of-hours-care')) {
    await page.getByText(text, { exact: true }).waitFor();
    await page.keyboard.press(String(number));
  }
  await focusOn(page, 'Verder: cliënt zoeken');
  await page.keyboard.press('Enter');
  await focusOn(page, 'Achternaam');
  await type(page, 'Heuvel', 'Enter', 0);
  await type(page, '12-4-1938', 'Enter', 0);
  await focusOn(page, /Adres/);
  await page.keyboard.press('Enter');
  await focusOn(page, /Johanna van den Heuvel/);
  await page.keyboard.press('Enter');
  await focusOn(page, /Mag/);
  await chooseNurse(page, 'Noor de Wit');
  await focusOn(page, 'Opdracht voor de zorgverlener');
  await page.keyboard.press('Enter');
  await focusOn(page, /^Versturen/);
}

/** Each nurse of the proposal has her number; a number that has just become another's does nothing, and she presses again. */
async function chooseNurse(page: Page, name: string): Promise<void> {
  const order = page.getByLabel('Opdracht voor de zorgverlener');
  const nurse = page.getByRole('button', { name: new RegExp(name) }).first();
  await eventually(`${name} is chosen`, async () => {
    if (await order.isVisible()) return true;
    const words = (await nurse.isVisible()) ? await nurse.innerText({ timeout: READING_MILLISECONDS }).catch(() => '') : '';
    const number = /^\d/.exec(words.trim())?.[0];
    if (number !== undefined) await page.keyboard.press(number);
    return order.waitFor({ timeout: READING_MILLISECONDS }).then(() => true as const, () => undefined);
  });
}

async function write({ page }: Visitor, title: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole('link', { name: 'Schrijven' }).click();
  await page.getByRole('link', { name: title, exact: true }).click();
  await fill();
  await page.getByRole('button', { name: /^Verzenden naar/ }).click();
  await page.getByText(/Ontvangen door Thuiszorg De Linde om/).waitFor();
  await page.getByRole('link', { name: 'Naar het dossier' }).click();
}

const stepDone = ({ page }: Visitor, words: string): Promise<void> => page.locator('.progress__step--done', { hasText: words }).waitFor();

describe('the main job of design §2, by three people at three browsers', () => {
  it('goes from the call to the record of the custodian, and ends with the shift', async () => {
    const tess = await person('tess', '/');
    const noor = await person('noor', '/', { screen: 'phone', colours: 'dark' });
    const daan = await person('daan', '/binnengekomen');
    await noor.page.getByText('Verbonden').waitFor();

    await takeCall(tess);
    const card = await watchFor(noor.page, 'Gevallen, kan niet opstaan.');
    const send = await watchHand(tess.page, 'keydown');
    await tess.page.keyboard.press('Enter');
    const [stood, pressed] = [await card(), await send()];
    recordFigure('issue 5: 14', 'clickToRoute: from the key that sends at the desk until the card stands on the nurse’s telephone', Math.round(stood - pressed), 'ms');
    await stepDone(tess, 'Aangekomen');
    await expectAllSound();

    const dossier = await watchFor(noor.page, 'penicilline');
    const open = await watchHand(noor.page, 'click');
    await noor.page.getByRole('article').filter({ hasText: 'Gevallen' }).getByRole('link', { name: /^Dossier openen/ }).click();
    const [shown, clicked] = [await dossier(), await open()];
    recordFigure('issue 5: 14', 'clickToDossier: from her touch until the allergies stand on her telephone', Math.round(shown - clicked), 'ms');
    await stepDone(tess, 'Geopend');

    await write(noor, 'Rapportage', () => noor.page.getByLabel(/Wat is er gebeurd/).fill(REPORT));
    await write(noor, 'Bloeddruk', async () => {
      await noor.page.getByLabel('Bovendruk').fill('134');
      await noor.page.getByLabel('Onderdruk').fill('82');
    });
    await noor.page.getByText(REPORT).first().waitFor();
    await stepDone(tess, 'Eerste verslag');
    await daan.page.getByText(REPORT).waitFor();
    await expectAllSound();

    const visit = noor.page.url();
    await noor.page.goto(`${region.file.services.actor.staff}/dienst`);
    await noor.page.getByRole('button', { name: 'Dienst beëindigen' }).click();
    await noor.page.getByRole('heading', { name: 'Uw dienst is beëindigd' }).waitFor();
    await noor.page.goto(visit);
    await noor.page.getByRole('heading', { name: 'Geen toegang meer' }).waitFor();
    expect(await noor.page.content()).not.toContain('penicilline');
    await expectAllSound();
  });
});
