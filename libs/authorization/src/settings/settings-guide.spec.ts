import { readFile } from 'node:fs/promises';
import { defaultAccessSettings } from './access-settings.js';

const guide = new URL('../../../../docs/settings.md', import.meta.url);

describe('guide to the settings of a custodian (docs/settings.md)', () => {
  it('names every setting with its default, and no other', async () => {
    const rows = [...(await readFile(guide, 'utf8')).matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, name, presumed]) => [name, presumed]);
    expect(rows).toEqual(Object.entries(defaultAccessSettings).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
  });
});
