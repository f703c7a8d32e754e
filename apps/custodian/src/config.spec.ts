import { describeSettings, serviceSettings } from '@anw/platform';
import { readFile } from 'node:fs/promises';
import { custodianSettings } from './config.js';

describe('settings of the custodian alone', () => {
  it('are in the guide for who runs it (docs/deployment.md)', async () => {
    const [, ownPart] = (await readFile(new URL('../../../docs/deployment.md', import.meta.url), 'utf8')).split('### Custodian only');
    const own = Object.fromEntries(Object.entries(custodianSettings).filter(([name]) => !(name in serviceSettings)));
    const listed = [...ownPart!.matchAll(/^\| `([A-Z][A-Z_]+)` \| required \|/gm)].map(([, variable]) => variable);
    expect(listed).toEqual(describeSettings(own).map(({ variable }) => variable));
  });
});
