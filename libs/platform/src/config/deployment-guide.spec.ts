import { readFile } from 'node:fs/promises';
import { serviceSettings } from '../service/service-settings.js';
import { describeSettings } from './describe-settings.js';
import { strictMode } from './strict-mode.js';

const guide = new URL('../../../../docs/deployment.md', import.meta.url);

/** Rows such as ``| `STAFF_PORT` | required | … |``; the second cell is `required`, `optional` or the presumed value in code. */
function settingsInGuide(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^\| `([A-Z][A-Z_]+)` \| ([^|]+) \|/gm)].map(([, variable, cell]) => [variable!, cell!.trim()] as const);
}

describe('guide for who runs the services (docs/deployment.md)', () => {
  it('lists every setting that all services share, with what is presumed, and no other', async () => {
    const [shared] = (await readFile(guide, 'utf8')).split('### Custodian only');
    const described = describeSettings({ strictMode: { schema: strictMode }, ...serviceSettings });
    const expected = described.map(({ variable, required, presumed }) => [variable, required ? 'required' : presumed === undefined ? 'optional' : `\`${presumed}\``]);
    expect(settingsInGuide(shared!).toSorted()).toEqual(expected.toSorted());
  });
});
