import { telephoneLink } from './telephone-link.js';

describe('a telephone number of a source', () => {
  it.each([
    ['0575 99 90 10', 'tel:0575999010'],
    ['+31 (0)575-999010', 'tel:+31575999010'],
    ['javascript:alert(112)', 'tel:112'],
    ['112', 'tel:112'],
    ['onbekend', undefined],
    ['06', undefined],
  ])('%s becomes %s', (text, link) => {
    expect(telephoneLink(text)).toBe(link);
  });
});
