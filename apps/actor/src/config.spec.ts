import { describeSettings, serviceSettings } from '@anw/platform';
import { readGuideSettings, whenAbsent } from '@anw/testing';
import { actorSettings } from './config.js';

describe('settings of the actor alone', () => {
  it('are in the guide for who runs it, with what is presumed (docs/deployment.md)', async () => {
    const own = Object.fromEntries(Object.entries(actorSettings).filter(([name]) => !(name in serviceSettings)));
    expect(await readGuideSettings('### Actor only')).toEqual(describeSettings(own).map((setting) => [setting.variable, whenAbsent(setting)]));
  });
});
