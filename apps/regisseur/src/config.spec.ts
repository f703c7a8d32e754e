import { ConfigurationError, describeSettings, readConfig, serviceSettings } from '@anw/platform';
import { readGuideSettings, whenAbsent } from '@anw/testing';
import { allowlistSettings } from './allowlists/allowlist-settings.js';
import { regisseurSettings } from './config.js';

describe('settings of the regisseur alone', () => {
  it('are in the guide for who runs it, with what is presumed (docs/deployment.md)', async () => {
    const own = Object.fromEntries(Object.entries(regisseurSettings).filter(([name]) => !(name in serviceSettings)));
    expect(await readGuideSettings('### Regisseur only')).toEqual(describeSettings(own).map((setting) => [setting.variable, whenAbsent(setting)]));
  });

  it('do not let rows grow stale between two times that they are fetched', () => {
    expect(() => readConfig({ ALLOWLIST_REFRESH_SECONDS: '901', STRICT_MODE: 'off' }, { allowlists: allowlistSettings })).toThrow(ConfigurationError);
  });
});
