import { orderLongestFirst } from './longest-first.js';

const file = (path: string, project: string) => ({ path, project });

describe('the order of test files', () => {
  it('puts stories before adapters before domain, and the longest stories at the head', () => {
    const files = [
      file('/w/libs/values/src/did.spec.ts', 'domain'),
      file('/w/apps/actor/src/restart.spec.ts', 'adapters'),
      file('/w/test-e2e/doors.spec.ts', 'stories'),
      file('/w/test-e2e/restart.spec.ts', 'stories'),
      file('/w/test-e2e/log-holds.spec.ts', 'stories'),
    ];
    expect(orderLongestFirst(files, (each) => each).map(({ path }) => path)).toEqual(['/w/test-e2e/log-holds.spec.ts', '/w/test-e2e/restart.spec.ts', '/w/test-e2e/doors.spec.ts', '/w/apps/actor/src/restart.spec.ts', '/w/libs/values/src/did.spec.ts']);
  });

  it('keeps the order of what is equal, and loses nothing', () => {
    const files = ['b', 'a', 'c'].map((name) => file(`/w/test-e2e/${name}.spec.ts`, 'stories'));
    expect(orderLongestFirst(files, (each) => each)).toEqual(files);
  });
});
