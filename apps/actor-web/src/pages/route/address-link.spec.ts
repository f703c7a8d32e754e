import { navigationUrl } from './address-link.js';

describe('the way to an address', () => {
  it('is asked with the address alone', () => {
    const { origin, searchParams } = new URL(navigationUrl('Dorpsstraat 1, 7201 AA Zutphen'));
    expect([origin, ...searchParams]).toEqual(['https://www.google.com', ['api', '1'], ['destination', 'Dorpsstraat 1, 7201 AA Zutphen']]);
  });

  it('stays one address, whatever is written in it', () => {
    expect(new URL(navigationUrl('x&destination=elders#"><script>')).searchParams.getAll('destination')).toEqual(['x&destination=elders#"><script>']);
  });
});
