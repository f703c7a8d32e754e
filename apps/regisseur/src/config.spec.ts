import { ConfigurationError, describeSettings, readConfig, serviceSettings } from '@anw/platform';
import { readFile } from 'node:fs/promises';
import { allowlistSettings } from './allowlists/allowlist-settings.js';
import { regisseurSettings } from './config.js';

describe('settings of the regisseur alone', () => {
  it('are in the guide for who runs it, with what is presumed (docs/deployment.md)', async () => {
    const [, ownPart] = (await readFile(new URL('../../../docs/deployment.md', import.meta.url), 'utf8')).split('### Regisseur only');
    const own = Object.fromEntries(Object.entries(regisseurSettings).filter(([name]) => !(name in serviceSettings)));
    const listed = [...ownPart!.matchAll(/^\| `([A-Z][A-Z_]+)` \| `([^|]+)` \|/gm)].map(([, variable, presumed]) => [variable, presumed]);
    expect(listed).toEqual(describeSettings(own).map(({ variable, presumed }) => [variable, presumed]));
  });

  it('do not let rows grow stale between two times that they are fetched', () => {
    expect(() => readConfig({ ALLOWLIST_REFRESH_SECONDS: '901', STRICT_MODE: 'off' }, { allowlists: allowlistSettings })).toThrow(ConfigurationError);
  });
});
