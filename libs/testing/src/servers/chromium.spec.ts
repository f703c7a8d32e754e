import { findChromium } from './chromium.js';

describe('the browser that the pages are tested with', () => {
  it('is the one that CHROMIUM_PATH names, when it answers', () => {
    expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
  });

  it('is else the one on the path', () => {
    expect(findChromium({ PATH: '/nowhere' })).toBeUndefined();
    expect(findChromium({ PATH: `relative:/nowhere:${process.env['PATH']}` })).toMatch(/^\/.*(?:chromium|chrome)/);
  });

  it('is none when the named one is not there: another is not taken in its place', () => {
    expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toBeUndefined();
  });
});
