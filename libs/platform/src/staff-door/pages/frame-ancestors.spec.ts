import { framedBy, NoFrameAncestors } from './frame-ancestors.js';

describe('who may show our pages in a frame', () => {
  it('is nobody, unless a service says otherwise', async () => expect(await new NoFrameAncestors().originsFor()).toEqual([]));

  it('stands in the policy in the place of nobody, and changes nothing else of it', () => {
    expect(framedBy("default-src 'self';frame-ancestors 'none';script-src 'self'", ['https://ecd.example', 'https://x.example'])).toBe("default-src 'self';frame-ancestors https://ecd.example https://x.example;script-src 'self'");
  });
});
