import { AuthorizationView, DossierEvent, type DossierGroup } from '@anw/api-contracts';
import { ask, castOf, collectionOf, createDossier, createOperatorClient, createStoryContext, eventually, type Region, type StoryContext, syntheticClients } from '@anw/region';
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { logInAgain, type Screen, type StaffBrowser, startBrowser, type Visitor } from '../support/browser.js';
import { holdAnswers } from '../support/hold-answers.js';
import { keptOnDevice } from '../support/kept-on-device.js';
import { playPart } from '../support/play-part.js';
import { queryDatabase } from '../support/query-database.js';
import { startTemporaryRegion } from '../support/temporary-region.js';

const HOSTILE = 'Gevallen <script>document.title="gekaapt"</script><img src=x onerror="document.title=1"> [klik](javascript:alert(1))';

let region: Region;
let browser: StaffBrowser;
let context: StoryContext;
let visit: string;
const open: Visitor[] = [];

beforeAll(async () => {
  [region, browser] = await Promise.all([startTemporaryRegion({ bus: 'none', logLevel: 'error' }), startBrowser()]);
  context = createStoryContext(region, region.file.patients.find(({ id }) => id === syntheticClients[0]!.id)!);
  await playPart(context, { to: 'delivered' });
  visit = context.kept<AuthorizationView>('authorization').id;
});
afterEach(async () => {
  for (const visitor of open.splice(0)) await visitor.close();
});
afterAll(async () => {
  context?.kept<AbortController>('listening').abort();
  await browser?.close();
  await region?.stop();
});

async function nurseAt(path: string, screen: Screen = 'phone', colours: 'light' | 'dark' = 'dark'): Promise<Visitor> {
  const nurse = await browser.visitor({ screen, colours });
  open.push(nurse);
  await nurse.logIn(region.file, castOf(context).nurse.username, `/bezoek/${visit}${path}`);
  return nurse;
}

const resources = async (type: string): Promise<number> =>
  Number((await queryDatabase<{ count: string }>(region, 'custodian', 'select count(*) from fhir_resource where written_under is not null and type = $1', [type]))[0]!.count);

const nothingWrong = async (nurse: Visitor): Promise<void> => expect([await nurse.violations(), nurse.faults()]).toEqual([[], []]);

describe('the dossier at a front door', () => {
  it('has everything that matters there on top of a telephone, without scrolling', async () => {
    const { page, ...nurse } = await nurseAt('');
    for (const words of ['penicilline', 'niet uitvoeren']) await page.getByText(words).first().waitFor();
    await page.getByRole('link', { name: /\+316/ }).first().waitFor();
    const bar = (await page.getByRole('navigation', { name: 'Bij dit bezoek' }).boundingBox())!;
    const groups = ['alert', 'allergy-intolerance', 'treatment-directive', 'advance-directive', 'contact-person'].map((name) => page.locator(`.door-group--${name}`));
    for (const part of [page.locator('.grant-line'), page.locator('.identity'), ...groups]) {
      const box = (await part.boundingBox())!;
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(bar.y);
    }
    expect(await page.locator('.door-group--contact-person a').first().getAttribute('href')).toMatch(/^tel:\+316\d+$/);
    await nothingWrong({ page, ...nurse });
  });

  it('says who gave the access, by whose leave, how long still, and what is not shown', async () => {
    const nurse = await nurseAt('', 'desktop', 'light');
    await nurse.page.locator('.grant-line summary').click();
    const line = nurse.page.locator('.grant-line');
    await line.getByText(/Thuiszorg De Linde heeft Regie Oost gemachtigd/).waitFor();
    expect(await line.innerText()).toMatch(/nog \d+ (uur|min)[\s\S]*Wat u hier niet ziet[\s\S]*Het BSN wordt niet getoond/);
    expect(await line.getByRole('link', { name: /Bel Regie Oost/ }).getAttribute('href')).toBe('tel:0575999010');
    await nurse.page.locator('.trend-chart canvas').first().waitFor();
    await nothingWrong(nurse);
  });

  it('shows the rest while one group hangs, says so of that group, and fetches it again on request', async () => {
    const held = await holdAnswers(region, context.patient.custodian, 'AllergyIntolerance');
    try {
      const nurse = await nurseAt('');
      const group = nurse.page.locator('.door-group--allergy-intolerance');
      await group.getByText('Wordt opgehaald…').waitFor();
      await nurse.page.getByText('niet uitvoeren').first().waitFor();
      await group.getByText('De bron antwoordt te traag; dit onderdeel ontbreekt.').waitFor();
      await nothingWrong(nurse);
      await held.release();
      await group.getByRole('button', { name: /Opnieuw proberen/ }).click();
      await group.getByText('penicilline').first().waitFor();
    } finally {
      await held.release();
    }
  });
});

/** A narrow telephone, and a screen of 1280 pixels at twice the size. */
const NARROW = [[320, 640], [640, 400]] as const;

/** What a group says of itself instead of, or beside, its lines. */
const faces = {
  problem: { state: 'empty', message: 'Niets vastgelegd.' },
  'allergy-intolerance': { state: 'refused', message: 'De bron geeft dit onderdeel niet.' },
  'treatment-directive': { state: 'failed', message: 'De bron antwoordt niet; dit onderdeel ontbreekt.' },
  'blood-pressure': { state: 'incomplete', message: 'De bron gaf niet alles; wat u ziet is een deel.' },
} as const satisfies Readonly<Record<string, Pick<DossierGroup, 'state' | 'message'>>>;

/** The dossier's own events, with these groups as a custodian gives them on a bad night. */
async function onABadNight({ context: visitor }: Visitor): Promise<void> {
  await visitor.route('**/dossier/events', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/^data: ?(.*)$/gm, (line, data: string) => {
      const event = DossierEvent.parse(JSON.parse(data));
      const face = event.type === 'group' ? faces[event.group.name as keyof typeof faces] : undefined;
      if (event.type !== 'group' || face === undefined) return line;
      const group: DossierGroup = { ...event.group, ...face, ...(face.state !== 'incomplete' && { entries: [], trends: [] }) };
      return `data: ${JSON.stringify({ ...event, group })}`;
    });
    await route.fulfill({ response: answer, body });
  });
}

describe('a dossier on a bad night', () => {
  it('gives each group its honest face, and fits on a narrow telephone and at twice the size', async () => {
    const nurse = await nurseAt('/geschreven');
    await onABadNight(nurse);
    const { page } = nurse;
    const fitsIn = async (width: number, height: number) => {
      await page.setViewportSize({ width, height });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect({ at: page.url(), width, overflow }).toMatchObject({ overflow: 0 });
    };
    const base = `${region.file.services.actor.staff}/bezoek/${visit}`;
    await page.goto(base);
    for (const { message } of [faces['allergy-intolerance'], faces['treatment-directive'], faces['blood-pressure']]) await page.getByText(message).waitFor();
    await page.locator('.trend-chart canvas').first().waitFor();
    await nothingWrong(nurse);
    for (const [width, height] of NARROW) await fitsIn(width, height);
    // A form stands there as soon as the new entry has an address of its own.
    for (const [path, stands] of [
      ['/schrijven', page.getByRole('heading', { level: 1, name: 'Schrijven' })],
      ['/schrijven/blood-pressure', page.getByLabel('Bovendruk')],
      ['/schrijven/medication-administration', page.getByLabel('Middel', { exact: true })],
    ] as const) {
      await page.goto(base + path);
      await stands.waitFor();
      for (const [width, height] of NARROW) await fitsIn(width, height);
    }
    await page.goto(region.file.services.actor.staff);
    await page.getByRole('article').first().waitFor();
    for (const [width, height] of NARROW) await fitsIn(width, height);
    await nothingWrong(nurse);
  });
});

describe('writing in a stairwell', () => {
  it('waits on the telephone without a connection, arrives once when it is back, and is a text whatever stands in it', async () => {
    const before = await resources('Observation');
    const nurse = await nurseAt('/schrijven/nursing-report');
    const { page } = nurse;
    const text = page.getByLabel(/Wat is er gebeurd/);
    await text.waitFor();
    await nurse.context.setOffline(true);
    await text.fill(HOSTILE);
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await page.getByText('Wordt verzonden zodra er verbinding is').first().waitFor();
    await nothingWrong(nurse);
    expect(await resources('Observation')).toBe(before);
    await nurse.context.setOffline(false);
    await page.getByText(/Ontvangen door Thuiszorg De Linde om/).waitFor();
    expect(await resources('Observation')).toBe(before + 1);
    await page.getByRole('link', { name: 'Naar het dossier' }).click();
    await page.getByText(HOSTILE).waitFor();
    expect(await page.title()).toBe('Dossier');
    expect(await page.locator('.entry script, .entry img, .entry a[href^="javascript"]').count()).toBe(0);
    await nothingWrong(nurse);
  });

  it('keeps what was typed over a reload, asks about an unusual value, and shows the custodian’s refusal at its field', async () => {
    const before = await resources('Observation');
    const nurse = await nurseAt('/schrijven/blood-pressure');
    const { page } = nurse;
    await page.getByLabel('Bovendruk').fill('240');
    await page.getByLabel('Onderdruk').fill('85');
    await page.getByLabel('Gemeten op').fill('2026-01-01T03:00');
    await keptOnDevice(page);
    await page.reload();
    await page.getByLabel('Bovendruk').waitFor();
    expect(await page.getByLabel('Bovendruk').inputValue()).toBe('240');
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await page.getByRole('alertdialog').getByText('Bovendruk 240 mmHg is ongewoon: meestal is het 70 tot 220.').waitFor();
    await nothingWrong(nurse);
    await page.getByRole('button', { name: 'Ja, het klopt: verzenden' }).click();
    await page.getByText('Geweigerd door de bronhouder').waitFor();
    const moment = page.getByLabel('Gemeten op');
    expect(await moment.getAttribute('aria-invalid')).toBe('true');
    await page.waitForFunction('document.activeElement.name === "measuredAt"');
    expect(await resources('Observation')).toBe(before);
    await nothingWrong(nurse);
  });
});

describe('an entry that arrives while the page hears nothing', () => {
  it('is seen to have arrived as soon as the page hears again', async () => {
    const nurse = await nurseAt('/schrijven/nursing-report');
    const { page } = nurse;
    await page.getByLabel(/Wat is er gebeurd/).fill('Slaapt rustig.');
    await region.service('custodian').stop();
    try {
      await page.getByRole('button', { name: /^Verzenden naar/ }).click();
      await page.getByText('U kunt verder met iets anders.').waitFor();
      // Its stream ends with the service, and does not come back yet.
      await page.route('**/api/events', (route) => route.abort());
      await region.service('actor').restart();
    } finally {
      await region.service('custodian').start();
    }
    const entry = page.url().split('/').at(-1)!;
    await eventually('the entry has arrived', async () => (await queryDatabase(region, 'actor', "select 1 from draft where id = $1 and state = 'accepted'", [entry]))[0]);
    expect(await page.getByText('U kunt verder met iets anders.').isVisible()).toBe(true);
    await page.unroute('**/api/events');
    await received(page);
    await nothingWrong(nurse);
  });
});

describe('a key in the very moment in which the form comes', () => {
  it('is kept and sent as any other', async () => {
    const before = await resources('Observation');
    const nurse = await nurseAt('/schrijven');
    const { page } = nurse;
    // Types as soon as the field is in the document, before the page could do anything more.
    await page.evaluate(`new MutationObserver((_changes, observer) => {
      const field = document.querySelector('textarea');
      if (field === null) return;
      observer.disconnect();
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, 'Belde zelf aan.');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }).observe(document, { childList: true, subtree: true })`);
    await page.getByRole('link', { name: 'Rapportage', exact: true }).click();
    await keptOnDevice(page);
    expect(await page.getByLabel(/Wat is er gebeurd/).inputValue()).toBe('Belde zelf aan.');
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await received(page);
    expect(await resources('Observation')).toBe(before + 1);
    await nothingWrong(nurse);
  });
});

describe('a device that is full', () => {
  it('tells her at once that it kept nothing, asks before she leaves, and keeps it all by itself when it can again', async () => {
    const nurse = await nurseAt('/schrijven/nursing-report');
    const { page } = nurse;
    const text = page.getByLabel(/Wat is er gebeurd/);
    await text.click();
    await page.evaluate('globalThis.keptPut = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }');
    await text.pressSequentially('Slaapt.');
    await page.getByText('Niet bewaard op dit toestel').waitFor();
    await nothingWrong(nurse);
    const [question] = await Promise.all([page.waitForEvent('dialog'), page.evaluate('void setTimeout(() => location.reload())')]);
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    expect(await text.inputValue()).toBe('Slaapt.');
    await page.evaluate('IDBObjectStore.prototype.put = globalThis.keptPut');
    await keptOnDevice(page);
    await page.reload();
    await text.waitFor();
    expect(await text.inputValue()).toBe('Slaapt.');
    await page.getByRole('button', { name: 'Weggooien' }).click();
    await page.getByRole('button', { name: 'Weggooien' }).last().click();
    await page.getByText('penicilline').first().waitFor();
  });
});

/** What a field says, once it says that. */
const says = (field: Locator, value: string) => eventually(`the field says ${value}`, async () => ((await field.inputValue()) === value ? true : undefined));

const received = (page: Page) => page.getByText(/Ontvangen door Thuiszorg De Linde om/).first().waitFor();

describe('one entry in two tabs', () => {
  it('shows in each what was typed in the other, goes once however often she presses, and the other tab hears that it went', async () => {
    const before = await resources('Observation');
    const nurse = await nurseAt('/schrijven/blood-pressure');
    const { page } = nurse;
    await page.getByLabel('Bovendruk').waitFor();
    const other = await nurse.context.newPage();
    await other.goto(page.url());
    await other.getByLabel('Onderdruk').waitFor();
    // At once, so that neither has heard of the other yet.
    await Promise.all([page.getByLabel('Bovendruk').fill('128'), other.getByLabel('Onderdruk').fill('77')]);
    await Promise.all([says(other.getByLabel('Bovendruk'), '128'), says(page.getByLabel('Onderdruk'), '77')]);
    await page.getByLabel('Opmerking').fill('Liggend gemeten.');
    await says(other.getByLabel('Opmerking'), 'Liggend gemeten.');
    await other.getByRole('button', { name: /^Verzenden naar/ }).dblclick();
    await Promise.all([received(page), received(other)]);
    expect(await resources('Observation')).toBe(before + 1);
    await nothingWrong(nurse);
  });
});

describe('a form that she leaves for a moment', () => {
  it('stands as it was when her session was ended meanwhile and she has logged in again', async () => {
    const nurse = await nurseAt('/schrijven/nursing-report');
    const { page } = nurse;
    const text = page.getByLabel(/Wat is er gebeurd/);
    await text.fill('Zit rechtop, ademt rustig');
    await queryDatabase(region, 'actor', 'delete from staff_session');
    await text.fill('Zit rechtop, ademt rustig, drinkt thee.');
    await page.getByRole('heading', { name: 'U bent niet meer ingelogd' }).waitFor();
    expect(await text.isVisible()).toBe(false);
    await nothingWrong(nurse);
    await logInAgain(page, region.file, castOf(context).nurse.username);
    await text.waitFor();
    expect(await text.inputValue()).toBe('Zit rechtop, ademt rustig, drinkt thee.');
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await received(page);
    await nothingWrong(nurse);
  });

  it('stands as it was after the back button and forward again, and two taps send it once', async () => {
    const before = await resources('Observation');
    const nurse = await nurseAt('/schrijven');
    const { page } = nurse;
    await page.getByRole('link', { name: 'Pols', exact: true }).click();
    await page.getByLabel('Pols', { exact: true }).fill('71');
    await page.goBack();
    await page.getByRole('heading', { name: 'Schrijven', level: 1 }).waitFor();
    await page.goForward();
    await says(page.getByLabel('Pols', { exact: true }), '71');
    const button = page.getByRole('button', { name: /^Verzenden naar/ });
    await button.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await button.boundingBox())!;
    for (const _tap of [1, 2]) await page.touchscreen.tap(x + width / 2, y + height / 2);
    await received(page);
    expect(await resources('Observation')).toBe(before + 1);
    expect(new URL(page.url()).pathname).toContain('/schrijven/');
    await nothingWrong(nurse);
  });
});

describe('what changed since she last looked', () => {
  it('is marked in words, at the line that is new and at no other', async () => {
    const nurse = await nurseAt('/geschreven');
    const { page } = nurse;
    await queryDatabase(region, 'actor', 'delete from dossier_look');
    await page.goto(`${region.file.services.actor.staff}/bezoek/${visit}`);
    await eventually('the actor remembers that she looked', async () => (await queryDatabase(region, 'actor', 'select 1 from dossier_look')).length > 0 || undefined);
    await queryDatabase(region, 'actor', "update dossier_look set looked_at = looked_at - interval '1 hour', since = null");
    await queryDatabase(region, 'custodian', "update fhir_resource set last_updated = last_updated - interval '1 day'");
    const of = (type: string) => createDossier(syntheticClients[0]!, new Date()).filter(({ resourceType }) => resourceType === type);
    const [allergy] = of('AllergyIntolerance');
    const operator = createOperatorClient(region.file.services.custodian.operator);
    await operator.post(`/operator/organisations/${context.patient.custodian}/resources`, collectionOf([...of('Patient'), { ...allergy!, id: `allergy-${randomUUID()}`, code: { text: 'pinda' } }]), z.looseObject({ refused: z.tuple([]) }));
    await page.reload();
    const lines = page.locator('.door-group--allergy-intolerance .door-lines li');
    await lines.filter({ hasText: 'pinda' }).getByText('Nieuw', { exact: true }).waitFor();
    expect(await lines.filter({ hasText: 'penicilline' }).getByText('Nieuw', { exact: true }).count()).toBe(0);
    await page.getByText(/gemarkeerd sinds uw vorige blik/).waitFor();
    await nothingWrong(nurse);
  });
});

describe('medication', () => {
  it('that she gave and that he uses are sent from the dossier’s own list, and stand in the dossier', async () => {
    const before = await Promise.all([resources('MedicationAdministration'), resources('MedicationStatement')]);
    const nurse = await nurseAt('/schrijven/medication-administration');
    const { page } = nurse;
    const furosemide = page.getByLabel('Middel').locator('option', { hasText: 'Furosemide' });
    await furosemide.first().waitFor({ state: 'attached' });
    await page.getByLabel('Middel').selectOption({ label: await furosemide.first().innerText() });
    await page.getByRole('radio', { name: 'Ja' }).check();
    // As it was agreed.
    await says(page.getByLabel('Dosis', { exact: true }), '1');
    await nothingWrong(nurse);
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await received(page);

    await page.getByRole('link', { name: 'Nog iets schrijven' }).click();
    await page.getByRole('link', { name: 'Gebruik van medicatie' }).click();
    await furosemide.first().waitFor({ state: 'attached' });
    await page.getByLabel('Middel').selectOption({ label: await furosemide.first().innerText() });
    await page.getByRole('radio', { name: 'Gebruikt het', exact: true }).check();
    await page.getByRole('radio', { name: 'Van de cliënt' }).check();
    await page.getByLabel('Opmerking').fill('Neemt het om 8 uur met water.');
    await nothingWrong(nurse);
    await page.getByRole('button', { name: /^Verzenden naar/ }).click();
    await received(page);

    expect(await Promise.all([resources('MedicationAdministration'), resources('MedicationStatement')])).toEqual(before.map((count) => count + 1));
    await page.getByRole('link', { name: 'Naar het dossier' }).click();
    await page.getByText('Neemt het om 8 uur met water.').waitFor();
    await page.getByRole('article', { name: 'Toedieningen' }).getByText('Noor de Wit').first().waitFor();
    await nothingWrong(nurse);
  });
});

/** Ends the visit: nothing comes after it. */
describe('access that ends while she reads', () => {
  it('takes everything from the page and the device at once, and says whom to ring', async () => {
    const nurse = await nurseAt('/schrijven/nursing-report');
    const { page } = nurse;
    await page.getByLabel(/Wat is er gebeurd/).fill('Niet af');
    await keptOnDevice(page);
    await page.goto(`${region.file.services.actor.staff}/bezoek/${visit}`);
    await page.getByText('penicilline').first().waitFor();
    const desk = await context.sessionOf(castOf(context).triagist.username);
    await ask(desk, { method: 'POST', path: `/api/authorizations/${visit}/revoke`, body: {}, answer: AuthorizationView });
    await page.getByRole('heading', { name: 'Geen toegang meer' }).waitFor();
    const left = await page.locator('#inhoud').innerText();
    expect(left).toContain('Bel Regie Oost');
    for (const gone of ['penicilline', context.patient.familyName, 'Niet af']) expect(left).not.toContain(gone);
    await eventually('the device keeps nothing of it', async () => (await page.evaluate<number[]>(keptRows)).every((count) => count === 0) || undefined);
    await nothingWrong(nurse);
  });
});

/** How many keys and drafts this device keeps; said as a text because it runs in the page. */
const keptRows = `new Promise((resolve, reject) => {
  const request = indexedDB.open('anw-drafts');
  request.onerror = () => reject(new Error('no database'));
  request.onsuccess = () => {
    const tx = request.result.transaction(['keys', 'drafts']);
    const counts = ['keys', 'drafts'].map((name) => tx.objectStore(name).count());
    tx.oncomplete = () => resolve(counts.map(({ result }) => result));
  };
})`;
