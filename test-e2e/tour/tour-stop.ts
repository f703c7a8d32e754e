import type { ServiceName } from '@anw/region';
import type { Page } from 'playwright-core';
import type { Screen } from '../support/browser.js';

/** What the night that the tour shows left behind. */
export interface TourFacts {
  /** A visit whose report has arrived. */
  readonly visit: string;
  /** One that the nurse has not opened yet. */
  readonly freshVisit: string;
  /** Of a request that the custodian refused. */
  readonly refusal: string | undefined;
}

export type Shot = readonly [screen: Screen, colours: 'light' | 'dark'];

/** A page worth a picture. */
export interface TourStop {
  /** File name of its pictures, without the screen. */
  readonly name: string;
  readonly service: ServiceName;
  /** Who looks; left out: somebody who is not logged in. */
  readonly username?: string;
  readonly path: string | ((facts: TourFacts) => string);
  /** What a reader sees here, one sentence in English. */
  readonly caption: string;
  /** Clicks and keys that bring the page into the state to show; waits until it is there. */
  readonly prepare?: (page: Page, facts: TourFacts) => Promise<void>;
  readonly shots: readonly Shot[];
}

export const phoneAndDesktop: readonly Shot[] = [['phone', 'dark'], ['desktop', 'light']];
export const desktopAndPhone: readonly Shot[] = [['desktop', 'dark'], ['phone', 'light']];
