import type { RegionFile, ServiceName } from '@anw/region';
import { ensureChromium } from '@anw/testing';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { noteOnFailure } from './failure-notes.js';

export const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const satisfies Record<string, BrowserContextOptions>;
export type Screen = keyof typeof screens;

export interface VisitorOptions {
  readonly screen?: Screen;
  readonly colours?: 'light' | 'dark';
  /** Lets the test tell which permissions the browser has given, as `notifications`. */
  readonly permissions?: readonly string[];
}

/** A browser of the system, without a window. */
export interface StaffBrowser {
  /** Someone with a browser of her own: no cookies, nothing kept. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  close(): Promise<void>;
}

/** One person at one page. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /**
   * Opens a page of a service and logs in through the region's own login pages when it asks for that.
   * Ends where she wanted to go. Goes on in a session that she opened before in this test file, when there is one that
   * holds; `anew` logs in whatever there is.
   */
  logIn(region: Pick<RegionFile, 'services' | 'oidc' | 'organisations'>, username: string, path?: string, options?: { readonly anew?: boolean }): Promise<void>;
  /** What axe has against the page as it is now, rule and element; empty is good (WCAG 2.2 AA and best practices). */
  violations(): Promise<readonly string[]>;
  /** What went wrong in the browser since she came: script errors, refused by the content security policy. */
  faults(): readonly string[];
  close(): Promise<void>;
}

export const chromiumArguments: readonly string[] = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** @throws Error when there is no Chromium; it never skips */
export async function startBrowser(): Promise<StaffBrowser> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
  return { visitor: (options) => openVisitor(browser, options), close: () => browser.close() };
}

/** Milliseconds: a busy machine makes a page slow, not wrong. */
const PATIENCE = 90_000;

/** Of a page, when a test failed. */
const NOTED_CHARACTERS = 1_500;

async function openVisitor(browser: Browser, { screen = 'desktop', colours = 'light', permissions = [] }: VisitorOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ ...screens[screen], colorScheme: colours, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', permissions: [...permissions], reducedMotion: 'reduce' });
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(`script: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !isAnswerOfService(message.text())) faults.push(`console: ${message.text()}`);
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const forgetNote = noteOnFailure(async () => (await Promise.all(context.pages().map(async (each) => `${new URL(each.url()).pathname} said\n${(await each.locator('body').innerText()).slice(0, NOTED_CHARACTERS)}`))).join('\n'));
  return {
    page,
    context,
    logIn: (region, username, path = '/', { anew = false } = {}) => (anew ? logInAt(page, region, username, path) : goOn(page, region, username, path)),
    violations: () => violationsOf(page),
    faults: () => faults,
    async close() {
      forgetNote();
      // An answer that the test was still changing as the page went has nobody left to fail for.
      await context.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
  };
}

/** The browser itself notes each refusal and each lost connection; pages show them, so they are no fault of the page. */
function isAnswerOfService(text: string): boolean {
  return /^Failed to load resource: (?:the server responded with a status of \d+|net::ERR_)/.test(text);
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Of people who logged in, by origin and name. */
const knownSessions = new Map<string, Cookies>();

async function goOn(page: Page, region: Pick<RegionFile, 'services' | 'oidc' | 'organisations'>, username: string, path: string): Promise<void> {
  const { origin } = new URL(staffUrlOf(region, username));
  const key = `${origin} ${username}`;
  const known = knownSessions.get(key);
  if (known !== undefined) {
    await page.context().addCookies(known);
    await page.goto(origin + path);
    const isIn = page.getByRole('button', { name: 'Uitloggen' });
    await isIn.or(page.getByRole('link', { name: 'Inloggen', exact: true })).first().waitFor();
    if (await isIn.isVisible()) return;
    knownSessions.delete(key);
    await page.context().clearCookies();
  }
  await logInAt(page, region, username, path);
  knownSessions.set(key, await page.context().cookies(origin));
}

function staffUrlOf({ services, oidc, organisations }: Pick<RegionFile, 'services' | 'oidc' | 'organisations'>, username: string): string {
  const user = oidc.users.find((candidate) => candidate.username === username);
  const service = organisations.find(({ name }) => name === user?.organisation)?.service as ServiceName | undefined;
  if (service === undefined) throw new Error(`the region has no user ${username}`);
  return services[service].staff;
}

/** As `Visitor.logIn`, in a page of any browser. */
export async function logInAt(page: Page, region: Pick<RegionFile, 'services' | 'oidc' | 'organisations'>, username: string, path: string): Promise<void> {
  const target = staffUrlOf(region, username) + path;
  const user = region.oidc.users.find((candidate) => candidate.username === username)!;
  await page.goto(target);
  await page.getByRole('link', { name: 'Inloggen', exact: true }).click();
  await fillLoginPage(page, user);
  await page.waitForURL((url) => url.origin === new URL(target).origin && url.pathname === new URL(target).pathname);
  await page.getByRole('button', { name: 'Uitloggen' }).waitFor();
}

/** From the lock screen, in the window that it opens: the provider may still know her, and then asks nothing. */
export async function logInAgain(page: Page, { oidc }: Pick<RegionFile, 'oidc'>, username: string): Promise<void> {
  const user = oidc.users.find((candidate) => candidate.username === username)!;
  const [login] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Opnieuw inloggen' }).click()]);
  const asked = login.getByLabel('Gebruikersnaam').waitFor().then(() => fillLoginPage(login, user));
  await Promise.race([asked.catch(() => undefined), login.waitForEvent('close')]);
}

/** At the login page of the region's provider. */
export async function fillLoginPage(page: Page, { username, password }: { readonly username: string; readonly password: string }): Promise<void> {
  await page.getByLabel('Gebruikersnaam').fill(username);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
}

let axeSource: string | undefined;

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[] }[];
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violationsOf(page: Page): Promise<readonly string[]> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Through the debugger, which the page's content security policy does not hinder.
  await page.evaluate(`if (globalThis.axe === undefined) { ${axeSource} }`);
  const { violations } = await page.evaluate<AxeResult>(`axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(axeTags)} }, resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} at ${target.join(' ')} (${failureSummary.replaceAll('\n', ' ')})`));
}
