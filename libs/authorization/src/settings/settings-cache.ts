import type { Clock } from '@anw/values';
import type { AccessSettings } from './access-settings.js';

export interface SettingsCacheOptions {
  readonly read: (organisation: string) => Promise<AccessSettings>;
  readonly clock: Clock;
}

/** A change made elsewhere holds here within this time. */
const MAX_AGE_MILLISECONDS = 1_000;

/** Settings as they were at most a second ago, so that a hot path does not ask for them at each request. */
export class SettingsCache {
  private readonly kept = new Map<string, { readonly settings: Promise<AccessSettings>; readonly until: number }>();

  constructor(private readonly options: SettingsCacheOptions) {}

  /** Requests that meet share one look-up; a failure is not kept. */
  settingsOf(organisation: string): Promise<AccessSettings> {
    const now = this.options.clock().getTime();
    const known = this.kept.get(organisation);
    if (known !== undefined && now < known.until) return known.settings;
    const settings = this.options.read(organisation);
    this.kept.set(organisation, { settings, until: now + MAX_AGE_MILLISECONDS });
    settings.catch(() => this.forget(organisation));
    return settings;
  }

  /** After a change of our own. */
  forget(organisation: string): void {
    this.kept.delete(organisation);
  }
}
