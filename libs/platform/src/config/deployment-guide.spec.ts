import { readGuideSettings, whenAbsent } from '@anw/testing';
import { serviceSettings } from '../service/service-settings.js';
import { describeSettings } from './describe-settings.js';
import { strictMode } from './strict-mode.js';

describe('guide for who runs the services (docs/deployment.md)', () => {
  it('lists every setting that all services share, with what is presumed, and no other', async () => {
    const described = describeSettings({ strictMode: { schema: strictMode }, ...serviceSettings });
    const expected = described.map((setting) => [setting.variable, whenAbsent(setting)]);
    expect((await readGuideSettings('## Settings')).toSorted()).toEqual(expected.toSorted());
  });
});
