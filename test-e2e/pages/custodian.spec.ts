import { resourceOf } from '@anw/fhir';
import { eventually, type Region } from '@anw/region';
import { parse } from 'csv-parse/sync';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { applicationManagerOf } from '../support/application-manager.js';
import { startBrowser, type StaffBrowser, type Visitor } from '../support/browser.js';
import { askFhir, bloodPressuresOf } from '../support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from '../support/partner-network.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from '../support/strangers.js';
import { employeeOf } from '../support/stranger-credentials.js';
import { startTemporaryRegion } from '../support/temporary-region.js';
import { obtainToken, requestToken } from '../support/token-request.js';

const hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script> Mw. rustig. [klik](javascript:broken)';

let region: Region;
let browser: StaffBrowser;
let network: PartnerNetwork;
let linde: AskedCustodian;
let strangers: Strangers;
const visitors: Visitor[] = [];

beforeAll(async () => {
  [region, browser] = await Promise.all([startTemporaryRegion({ bus: 'none', logLevel: 'error' }), startBrowser()]);
  network = await openPartnerNetwork(region);
  linde = custodianNamed(region, 'de-linde');
  strangers = await introduceStrangers(network, linde);
});
afterAll(async () => {
  await browser?.close();
  await network?.close();
  await region?.stop();
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.close();
});

async function visit(username: string, path: string, screen: 'desktop' | 'phone' = 'desktop', colours: 'light' | 'dark' = 'light'): Promise<Visitor> {
  const visitor = await browser.visitor({ screen, colours });
  visitors.push(visitor);
  await visitor.logIn(region.file, username, path);
  return visitor;
}

/** Nothing against the page, and nothing went wrong in it. */
async function expectSound(...all: readonly Visitor[]): Promise<void> {
  for (const visitor of all) expect([await visitor.violations(), visitor.faults()]).toEqual([[], []]);
}

async function writeReport(text: string): Promise<void> {
  const token = await obtainToken(strangers);
  const report = resourceOf({ kind: 'nursing-report', input: { text, writtenAt: new Date().toISOString() } }, { id: randomUUID(), patient: linde.patient });
  const answer = await strangers.fetch(`${linde.door}/fhir/${linde.name}/Observation`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }, body: JSON.stringify(report) });
  expect(answer.status).toBe(201);
}

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFile(await file.path());
}

describe('a complaint on the table', () => {
  it('is answered by the reference as the caller read it aloud: what was wrong, who must do what, and what to tell her', async () => {
    const { body } = await requestToken(strangers, { authorization: null });
    const petra = await visit('petra', '/weigering');
    const { page } = petra;
    const typed = page.getByRole('searchbox', { name: 'Referentie' });
    await typed.waitFor();
    await expectSound(petra);
    await typed.fill(`Geen toegang. Kenmerk: ${String(body['reference']).toUpperCase()} `);
    await page.keyboard.press('Enter');
    await page.getByText('Geweigerd bij toets 5').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: /^\d\. / }).count()).toBe(8);
    expect(await page.getByText('Wie moet iets doen').count()).toBeGreaterThan(0);
    const forCaller = (await page.locator('blockquote').textContent())!;
    expect(forCaller).toContain(String(body['reference']));
    expect(forCaller).not.toMatch(/toets|autorisatie|whitelist/);
    await expectSound(petra);
    await page.reload();
    await page.getByText('Geweigerd bij toets 5').waitFor();
  });

  it('of another organisation, or of nobody, gets one and the same answer', async () => {
    const { body } = await requestToken(strangers, { authorization: null });
    const texts: (string | null)[] = [];
    for (const reference of [String(body['reference']), randomUUID()]) {
      const fatima = await visit('fatima', `/weigering/${reference}`);
      const alert = fatima.page.getByText('bij uw organisatie geen beslissing bekend');
      await alert.waitFor();
      texts.push(await alert.textContent());
    }
    expect(new Set(texts).size).toBe(1);
  });
});

describe('the log at the page', () => {
  it('asks why, reads per client as sentences, and is handed over as CSV, PDF and FHIR that a stranger can read', async () => {
    const employee = await employeeOf(strangers.actor, { user: { name: '=HYPERLINK("https://evil.example")' } });
    await askFhir(strangers, await obtainToken(strangers, { employee }), bloodPressuresOf(linde.patient));
    const petra = await visit('petra', '/logboek');
    const { page } = petra;
    await page.getByRole('button', { name: 'Logboek inzien' }).click();
    await page.getByRole('alert').or(page.getByText('Nog niet verzonden')).first().waitFor();
    await expectSound(petra);
    await page.getByRole('combobox', { name: 'Waarom kijkt u?' }).selectOption({ label: 'Klacht of vraag van een cliënt of naaste' });
    await page.getByRole('button', { name: 'Zoek cliënt op naam' }).click();
    const client = region.file.patients.find(({ id }) => id === linde.patient)!;
    await page.getByRole('textbox', { name: /^Naam/ }).fill(client.familyName.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Kiezen/ }).waitFor();
    await expectSound(petra);
    await page.getByRole('button', { name: /^Kiezen/ }).click();
    expect(await page.getByRole('textbox', { name: /^Cliëntnummer/ }).inputValue()).toBe(linde.patient);
    await page.getByRole('button', { name: 'Logboek inzien' }).click();
    await page.getByText(/bekeek .*metingen en rapportages in het dossier/).first().waitFor();
    await expectSound(petra);
    // The address has her number, never her name; reload asks the same.
    expect(new URL(page.url()).searchParams.get('patient')).toBe(linde.patient);
    expect(page.url().toLowerCase()).not.toContain(client.familyName.toLowerCase());
    await page.reload();
    await page.getByText(`Over ${client.name}`).waitFor();

    const rows = parse<Record<string, string>>(await download(page, 'CSV voor een rekenblad'), { columns: true, delimiter: ';', bom: true });
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['Cliënt']))).toEqual(new Set([linde.patient]));
    expect(rows.map((row) => row['Medewerker']).filter((name) => name?.startsWith('='))).toEqual([]);
    expect(rows.some((row) => row['Medewerker'] === `'=HYPERLINK("https://evil.example")`)).toBe(true);

    const pdf = (await download(page, 'PDF om te lezen')).toString('latin1');
    expect([pdf.startsWith('%PDF-1.7'), pdf.trimEnd().endsWith('%%EOF'), pdf.includes('/Marked true'), pdf.includes('/Lang (nl-NL)')]).toEqual([true, true, true, true]);
    expect(JSON.parse((await download(page, 'FHIR voor een ander systeem')).toString('utf8'))).toMatchObject({ resourceType: 'Bundle', type: 'collection' });

    await page.getByRole('button', { name: 'Nalopen' }).click();
    await page.getByText('Het logboek klopt:').waitFor();
    await expectSound(petra);
  });

  it('is for the privacy officer: another is told so, and no question is asked for her', async () => {
    const bram = await visit('bram', '/logboek');
    await bram.page.getByText('Deze pagina is niet voor uw functie').waitFor();
    await expectSound(bram);
  });
});

describe('what came in', () => {
  it('appears by itself as inert text, and what one marks as read is read in the other’s tab', async () => {
    const [daan, colleague] = [await visit('daan', '/binnengekomen'), await visit('daan', '/binnengekomen', 'phone', 'dark')];
    await writeReport(hostile);
    for (const { page } of [daan, colleague]) await page.getByText(hostile).waitFor();
    expect(await daan.page.evaluate(`({ broken: 'broken' in window, images: document.images.length, links: document.querySelectorAll('a[href^="javascript"]').length })`)).toEqual({ broken: false, images: 0, links: 0 });
    await expectSound(daan, colleague);
    await daan.page.getByRole('listitem').filter({ hasText: /^Rapportage.*Mw. rustig/s }).waitFor();
    const reference = daan.page.getByText(/^Observation\//);
    expect(await reference.isVisible()).toBe(false);
    await daan.page.getByText('Technische gegevens').click();
    await reference.waitFor();
    await daan.page.getByRole('button', { name: 'Gelezen', exact: true }).dblclick();
    await colleague.page.getByText('Er is niets meer te lezen').waitFor();
    await colleague.page.getByRole('button', { name: 'Alles', exact: true }).click();
    await colleague.page.getByText('gelezen door Daan Mulder').waitFor();
    await expectSound(daan, colleague);
  });
});

describe('four eyes at two pages', () => {
  it('lets one propose and another approve, never the same', async () => {
    await applicationManagerOf(region, 'custodian', 'de-linde').demand({ fourEyes: true });
    const [bram, iris] = [await visit('bram', '/aanmeldingen'), await visit('iris', '/')];
    const { page } = bram;
    await page.getByRole('textbox', { name: 'Cliëntnummers' }).fill('linde-1002\nniemand-hier');
    await page.getByRole('combobox', { name: 'Regisseur' }).selectOption({ label: 'regie-west' });
    await page.getByRole('button', { name: 'Voorstellen' }).click();
    await page.getByRole('button', { name: /Vul in: waarom/ }).waitFor();
    await expectSound(bram);
    await page.getByRole('textbox', { name: 'Waarom' }).fill('Route uitgebreid');
    await page.getByRole('button', { name: 'Voorstellen' }).click();
    await page.getByText('1 van 2 cliënten voorgesteld').waitFor();
    await page.getByText('niemand-hier').first().waitFor();
    await page.getByText('U stelde dit voor. Een ander moet het goedkeuren.').waitFor();
    expect(await page.getByRole('button', { name: /^Goedkeuren/ }).count()).toBe(0);
    await expectSound(bram);

    await iris.page.goto(`${region.file.services.custodian.staff}/aanmeldingen`);
    await iris.page.getByRole('button', { name: /^Goedkeuren/ }).click();
    await iris.page.getByRole('button', { name: 'Ja, goedkeuren' }).click();
    await iris.page.getByText(/Goedgekeurd door Iris Aydin/).waitFor();
    await iris.page.getByText('“Route uitgebreid”').first().waitFor();
    await expectSound(iris);
  });

  it.each([
    ['/', 'Overzicht'],
    ['/vannacht', 'Wat verandert er vannacht?'],
    ['/whitelist', 'Whitelist'],
    ['/partners', 'Partners'],
    ['/zekerheid', 'Zekerheid over de medewerker'],
  ])('has nothing wrong with %s', async (path, name) => {
    const bram = await visit('bram', path, 'phone', 'dark');
    await bram.page.getByRole('heading', { level: 1, name }).waitFor();
    await bram.page.getByText('Even geduld').waitFor({ state: 'detached' });
    await expectSound(bram);
  });
});

describe('what an application manager types', () => {
  it('stays when a colleague was first, and is kept at the second press, by which she knows what she replaces', async () => {
    const [bram, iris] = [await visit('bram', '/zekerheid'), await visit('iris', '/zekerheid')];
    for (const { page } of [bram, iris]) await page.getByText('Nu geldt: laag').waitFor();
    await iris.page.getByRole('radio', { name: /^Substantieel/ }).check();
    await iris.page.getByRole('button', { name: 'Bewaren' }).dblclick();
    await iris.page.getByText('Nu geldt: substantieel').waitFor();
    await bram.page.getByRole('combobox', { name: /^Voor toegang tot de woning/ }).selectOption('substantial');
    await bram.page.getByRole('button', { name: 'Bewaren' }).click();
    await bram.page.getByText('Een ander heeft dit intussen gewijzigd').waitFor();
    await bram.page.getByText('Nu geldt: substantieel; voor toegang tot de woning hetzelfde').waitFor();
    await expectSound(bram);
    expect([await bram.page.getByRole('radio', { name: /^Laag/ }).isChecked(), await bram.page.getByRole('combobox').inputValue()]).toEqual([true, 'substantial']);
    await bram.page.getByRole('button', { name: 'Bewaren' }).click();
    await bram.page.getByText('Nu geldt: laag; voor toegang tot de woning substantieel').waitFor();
    await expectSound(bram, iris);
  });

  it('survives the back button, a lost session and a restart of the service, and is done once by a double click', async () => {
    await applicationManagerOf(region, 'custodian', 'de-linde').demand({});
    const { page, context } = await visit('bram', '/whitelist');
    const why = page.getByRole('textbox', { name: 'Waarom' });
    await page.getByRole('combobox', { name: 'Regisseur' }).selectOption({ label: 'regie-west' });
    await page.getByRole('combobox', { name: 'Organisatie die mag komen' }).selectOption({ label: 'regie-west' });
    await why.fill('Afspraak voor de kerstdagen');
    await page.getByRole('link', { name: 'Partners' }).click();
    await page.getByRole('heading', { level: 1, name: 'Partners' }).waitFor();
    await page.goBack();
    await why.waitFor();
    expect(await why.inputValue()).toBe('Afspraak voor de kerstdagen');

    await region.service('custodian').restart();
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Toevoegen' }).click();
    await page.getByRole('heading', { name: 'U bent niet meer ingelogd' }).waitFor();
    await context.addCookies(cookies);
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    await why.waitFor();
    expect(await why.inputValue()).toBe('Afspraak voor de kerstdagen');
    await page.getByRole('button', { name: 'Toevoegen' }).dblclick();
    await page.getByText('“Afspraak voor de kerstdagen”').first().waitFor();
    expect(await page.getByText('“Afspraak voor de kerstdagen”').count()).toBe(1);
    await eventually('the form is empty', async () => ((await why.inputValue()) === '' ? true : undefined));

    // Another tab of hers, with the same in mind: told that it is there.
    const tab = await context.newPage();
    await tab.goto(page.url());
    await tab.getByRole('combobox', { name: 'Regisseur' }).selectOption({ label: 'regie-west' });
    await tab.getByRole('combobox', { name: 'Organisatie die mag komen' }).selectOption({ label: 'regie-west' });
    await tab.getByRole('textbox', { name: 'Waarom' }).fill('Nog eens');
    await tab.getByRole('button', { name: 'Toevoegen' }).click();
    await tab.getByText('Hiervoor bestaat in deze periode al een regel').waitFor();
    expect(await tab.getByRole('textbox', { name: 'Waarom' }).inputValue()).toBe('Nog eens');
  });

  it('is not lost at the enrolments either, and enrols each client once', async () => {
    await applicationManagerOf(region, 'custodian', 'de-linde').demand({});
    const { page, context } = await visit('bram', '/aanmeldingen');
    const [clients, why] = [page.getByRole('textbox', { name: 'Cliëntnummers' }), page.getByRole('textbox', { name: 'Waarom' })];
    await page.getByRole('combobox', { name: 'Regisseur' }).selectOption({ label: 'regie-west' });
    await clients.fill('linde-1003\nniemand-hier');
    await why.fill('Nieuw op de route');
    await page.getByRole('link', { name: 'Partners' }).click();
    await page.getByRole('heading', { level: 1, name: 'Partners' }).waitFor();
    await page.goBack();
    await why.waitFor();
    expect([await clients.inputValue(), await why.inputValue()]).toEqual(['linde-1003\nniemand-hier', 'Nieuw op de route']);

    await region.service('custodian').restart();
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
    await page.getByRole('heading', { name: 'U bent niet meer ingelogd' }).waitFor();
    await context.addCookies(cookies);
    await page.evaluate(`dispatchEvent(new Event('focus'))`);
    await page.getByRole('button', { name: 'Aanmelden', exact: true }).dblclick();
    await page.getByText('1 van 2 cliënten aangemeld').waitFor();
    await page.getByText('“Nieuw op de route”').first().waitFor();
    expect(await page.getByText('“Nieuw op de route”').count()).toBe(1);
    // Who was refused is left to do, with the same words, also after a reload.
    await page.reload();
    await why.waitFor();
    expect([await clients.inputValue(), await why.inputValue()]).toEqual(['niemand-hier', 'Nieuw op de route']);
  });
});
