import type { Theme } from './pages/themes.js';
import type { OidcSettings } from './oidc-settings.js';

/** What the staff door must know besides its ports. */
export interface StaffDoorOptions {
  readonly oidc: OidcSettings;
  /** What this service is to the people who work with it, in Dutch. */
  readonly title: string;
  /** As browsers reach it, no trailing slash; `https:` makes the cookies `Secure`. */
  readonly url: string;
  /** Colours of the organisations that have their own, by short name. */
  readonly themes?: Readonly<Record<string, Theme>>;
  readonly fetch?: typeof fetch;
}

export const STAFF_DOOR_OPTIONS = Symbol('options of the staff door');
