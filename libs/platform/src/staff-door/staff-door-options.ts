import type { OidcSettings } from './oidc-settings.js';

/** What the staff door must know besides its ports. */
export interface StaffDoorOptions {
  readonly oidc: OidcSettings;
  /** As browsers reach it, no trailing slash; `https:` makes the cookies `Secure`. */
  readonly url: string;
  readonly fetch?: typeof fetch;
}

export const STAFF_DOOR_OPTIONS = Symbol('options of the staff door');
