import { Bsn } from './bsn.js';

describe('BSN', () => {
  it.each(['999990019', '123456782', '111222333'])('accepts %s, which passes the 11-proef', (digits) => {
    expect(Bsn.parse(digits)).toBe(digits);
  });

  it.each(['999990018', '000000000', '12345678', '1234567820', ' 23456782', '12345678a'])('refuses %j', (digits) => {
    expect(Bsn.safeParse(digits).success).toBe(false);
  });
});
