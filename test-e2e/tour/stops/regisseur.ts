import type { Page } from 'playwright-core';
import { desktopAndPhone, type Shot, type TourStop } from '../tour-stop.js';

const desktopTwice: readonly Shot[] = [['desktop', 'light'], ['desktop', 'dark']];

/** The desk's pages. */
export const regisseurStops: readonly TourStop[] = [
  { name: 'desk-call', service: 'regisseur', username: 'tess', path: '/melding', caption: 'A call, from the telephone to the visit, by keyboard alone: the region’s questions, answered by number.', prepare: startTriage, shots: [['desktop', 'light'], ['desktop', 'dark'], ['phone', 'light']] },
  { name: 'desk-lights', service: 'regisseur', username: 'tess', path: '/melding', caption: 'Who can be sent: near first, with what she has on her hands, and a light with its reason for this client.', prepare: showLights, shots: [...desktopTwice, ['phone', 'dark']] },
  { name: 'desk-night', service: 'regisseur', username: 'tess', path: '/', caption: 'The night: every visit and how far it came.', shots: [['desktop', 'light'], ...desktopAndPhone] },
  { name: 'desk-timeline', service: 'regisseur', username: 'tess', path: '/?beeld=tijdlijn', caption: 'The same night along the hours: who goes where.', shots: desktopTwice },
  { name: 'desk-visit', service: 'regisseur', username: 'tess', path: ({ visit }) => `/bezoeken/${visit}`, caption: 'One visit: sent, delivered, opened, first report; reassign, extend, revoke.', shots: desktopAndPhone },
  { name: 'desk-extend', service: 'regisseur', username: 'tess', path: ({ freshVisit }) => `/bezoeken/${freshVisit}`, caption: 'More time for the same nurse, as far as the custodian lets it go.', prepare: showExtension, shots: [['desktop', 'dark']] },
  { name: 'desk-handover', service: 'regisseur', username: 'tess', path: '/overdracht', caption: 'Handover to the next triagist.', shots: [...desktopTwice, ['phone', 'light']] },
  { name: 'desk-duty', service: 'regisseur', username: 'tess', path: '/dienst', caption: 'Who is on duty, and rosters from a file.', shots: desktopAndPhone },
  { name: 'desk-decision-tree', service: 'regisseur', username: 'tess', path: '/beslisboom', caption: 'The decision tree of the region, to read and to try.', shots: desktopTwice },
];

/** What a caller says, typed; ends at a question of the tree. */
async function startTriage(page: Page): Promise<void> {
  await page.getByLabel('Wie belt of meldt?').fill('Dochter');
  await page.getByLabel('Wat is er aan de hand?').fill('De katheter is verstopt, veel pijn.');
  await page.keyboard.press('Enter');
  await answer(page, 'Is er nu direct gevaar voor het leven?', 'Nee');
  await answer(page, /al is afgesproken/, /^Nee/);
  await page.getByText('Waar gaat de vraag over?').waitFor();
}

/** On to the nurses, for a client whose organisation does not admit all of them. */
async function showLights(page: Page): Promise<void> {
  await startTriage(page);
  await answer(page, 'Waar gaat de vraag over?', /^Katheter/);
  await answer(page, /katheter, stoma of sonde/, /^Loopt niet af/);
  await page.getByRole('button', { name: 'Verder: cliënt zoeken' }).press('Enter');
  await page.getByLabel('Achternaam').fill('Idrissi');
  await page.getByLabel('Geboortedatum').fill('18-1-1949');
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Adres/).fill('Vechtstraat 101, 7731 ZZ Ommen');
  await page.getByRole('button', { name: /Idrissi/ }).press('Enter');
  await page.getByText('Kan niet').first().waitFor();
}

async function showExtension(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Verlengen/ }).press('Enter');
  await page.getByLabel('Verlengen tot').waitFor();
}

async function answer(page: Page, question: string | RegExp, words: string | RegExp): Promise<void> {
  await page.locator('.question__text').getByText(question).waitFor();
  await page.locator('.choice', { hasText: words instanceof RegExp ? new RegExp(words.source.replace('^', String.raw`^\d?`)) : words }).first().press('Enter');
}
