import { readPlace, toParameters } from './use-entry-page.js';

describe('which entries are on the page', () => {
  it.each([
    [{ show: 'open' as const }, ''],
    [{ show: 'waiting' as const }, 'toon=wacht'],
    [{ show: 'all' as const, patient: 'linde-1001', after: '6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11' }, 'toon=alles&client=linde-1001&na=6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11'],
  ])('%j stands in the address and is read back the same', (place, address) => {
    expect(new URLSearchParams(toParameters(place)).toString()).toBe(address);
    expect(readPlace(new URLSearchParams(address))).toEqual(place);
  });

  it('is the open ones where the address says something else', () => expect(readPlace(new URLSearchParams('toon=__proto__'))).toEqual({ show: 'open' }));
});
