import { postcodeAreaOf } from './use-proposal.js';

describe('the postcode area in an address', () => {
  it.each([['Lindelaan 14, 7201 ZZ Zutphen', '7201'], ['7201zz', '7201'], ['Dorpsstraat 1024, 7231 zz Warnsveld', '7231'], ['7201', '7201']])('of %s is %s', (address, area) => expect(postcodeAreaOf(address)).toBe(area));
  it.each(['', 'Lindelaan 14, Zutphen', 'Lindelaan 1400', 'Lindelaan 1400 Zutphen', '0201 ZZ'])('of "%s" is not known', (address) => expect(postcodeAreaOf(address)).toBeUndefined());
});
