import { targetOf } from './use-list-keys.js';

describe('the keys of a list', () => {
  it('press the button with that number', () => expect(targetOf('2', 0, 3)).toEqual({ index: 1, presses: true }));
  it('do nothing for a number that is not there', () => {
    expect(targetOf('4', 0, 3)).toBeUndefined();
    expect(targetOf('0', 0, 3)).toBeUndefined();
  });
  it('move without pressing, and stop at the ends', () => {
    expect(targetOf('ArrowDown', 0, 3)).toEqual({ index: 1, presses: false });
    expect(targetOf('ArrowDown', 2, 3)).toEqual({ index: 2, presses: false });
    expect(targetOf('ArrowUp', 0, 3)).toEqual({ index: 0, presses: false });
    expect(targetOf('End', 0, 3)).toEqual({ index: 2, presses: false });
  });
  it('leave other keys and empty lists alone', () => {
    expect(targetOf('a', 0, 3)).toBeUndefined();
    expect(targetOf('ArrowDown', -1, 0)).toBeUndefined();
  });
});
