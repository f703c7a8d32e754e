import { describeSettings, serviceSettings } from '@anw/platform';
import { readGuideSettings, whenAbsent } from '@anw/testing';
import { custodianSettings } from './config.js';

describe('settings of the custodian alone', () => {
  it('are in the guide for who runs it, with what is presumed (docs/deployment.md)', async () => {
    const own = Object.fromEntries(Object.entries(custodianSettings).filter(([name]) => !(name in serviceSettings)));
    expect(await readGuideSettings('### Custodian only')).toEqual(describeSettings(own).map((setting) => [setting.variable, whenAbsent(setting)]));
  });
});
