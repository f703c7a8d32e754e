import type { RegionFile } from '@anw/region';
import { join } from 'node:path';
import type { StaffBrowser } from '../support/browser.js';
import { pictureName } from './describe-tour.js';
import type { Shot, TourFacts, TourStop } from './tour-stop.js';

export interface Picture {
  readonly browser: StaffBrowser;
  readonly region: RegionFile;
  readonly facts: TourFacts;
  readonly stop: TourStop;
  readonly shot: Shot;
  readonly directory: string;
}

/** Takes one picture. @returns what axe, the browser or the stop itself has against the page; undefined when nothing */
export async function takePicture({ browser, region, facts, stop, shot, directory }: Picture): Promise<string | undefined> {
  const [screen, colours] = shot;
  const visitor = await browser.visitor({ screen, colours });
  const path = typeof stop.path === 'string' ? stop.path : stop.path(facts);
  try {
    if (stop.username === undefined) await visitor.page.goto(region.services[stop.service].staff + path);
    else await visitor.logIn(region, stop.username, path);
    await visitor.page.getByRole('heading').first().waitFor();
    await stop.prepare?.(visitor.page, facts);
    // Asked through the debugger: the content security policy of the page lets nothing wait inside of it.
    await visitor.page.locator('.anw-loading').first().waitFor({ state: 'detached' });
    // Fonts are there, what was asked for is drawn.
    await visitor.page.evaluate('document.fonts.ready');
    await visitor.page.waitForTimeout(500);
    await visitor.page.screenshot({ path: join(directory, pictureName(stop, shot)), type: 'jpeg', quality: 70 });
    const against = [...(await visitor.violations()), ...visitor.faults()];
    return against.length === 0 ? undefined : against.join('; ');
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0];
  } finally {
    await visitor.close();
  }
}
