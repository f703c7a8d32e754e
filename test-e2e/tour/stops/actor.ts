import type { Page } from 'playwright-core';
import { phoneAndDesktop, type TourStop } from '../tour-stop.js';

/** Every group has come. */
async function isWhole(page: Page): Promise<void> {
  await page.locator('.chapter').first().waitFor();
  await page.locator('.group-face-turning').first().waitFor({ state: 'detached' });
}

/** The nurse's pages, in the order of her night. */
export const actorStops: readonly TourStop[] = [
  { name: 'nurse-login', service: 'actor', path: '/', caption: 'Who is not logged in sees one button.', shots: [['phone', 'dark']] },
  { name: 'nurse-route', service: 'actor', username: 'noor', path: '/', caption: 'The route of tonight: who, where, why, from which record, and how long she may look.', prepare: async (page) => page.getByRole('article').first().waitFor(), shots: [...phoneAndDesktop, ['phone', 'light']] },
  { name: 'nurse-dossier', service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}`, caption: 'What matters at the front door is on top; the steady line says who gave access, on whose authority and until when.', prepare: isWhole, shots: [...phoneAndDesktop, ['phone', 'light']] },
  { name: 'nurse-write', service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}/schrijven`, caption: 'What she can write, by large buttons.', prepare: async (page) => page.getByRole('link', { name: 'Bloeddruk' }).waitFor(), shots: [['phone', 'dark']] },
  { name: 'nurse-entry', service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}/schrijven/blood-pressure`, caption: 'A measurement: kept on the telephone as she types, questioned where it is unusual, seen to arrive.', prepare: async (page) => page.getByLabel('Bovendruk').fill('148'), shots: [['phone', 'light']] },
  { name: 'nurse-home-access', service: 'actor', username: 'noor', path: ({ visit }) => `/bezoek/${visit}/toegang`, caption: 'How to get into a home, behind a reason and for sixty seconds.', shots: [['phone', 'dark']] },
  { name: 'nurse-notices', service: 'actor', username: 'noor', path: '/meldingen', caption: 'What did not arrive, and whether this phone may ring.', shots: [['phone', 'light']] },
  { name: 'nurse-end-of-shift', service: 'actor', username: 'noor', path: '/dienst', caption: 'One button ends the shift, and tells what is still open.', shots: phoneAndDesktop },
];
