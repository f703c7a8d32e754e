import type { Clock } from '@anw/values';

export interface SettingsCacheOptions<Settings> {
  readonly read: (organisation: string) => Promise<Settings>;
  readonly clock: Clock;
}

/** A change made elsewhere holds here within this time. */
const MAX_AGE_MILLISECONDS = 1_000;

/** Settings as they were at most a second ago, so that a hot path does not ask for them at each request. */
export class SettingsCache<Settings> {
  private readonly kept = new Map<string, { readonly settings: Promise<Settings>; readonly until: number }>();

  constructor(private readonly options: SettingsCacheOptions<Settings>) {}

  /** Requests that meet share one look-up; a failure is not kept. */
  settingsOf(organisation: string): Promise<Settings> {
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
