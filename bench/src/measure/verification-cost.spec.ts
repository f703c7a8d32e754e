import { measureVerification, parseOpensslSpeed, unitOf } from './verification-cost.js';

describe('U, the cost of one ES256 verification', () => {
  it('is read from what openssl counts per second', () => {
    expect(parseOpensslSpeed('+F4:3:256:22550.000000:8000.000000\n')).toBe(125);
  });

  it('is not read from anything else', () => {
    expect(parseOpensslSpeed('')).toBeUndefined();
    expect(parseOpensslSpeed('+F4:3:384:22550.000000:8000.000000\n')).toBeUndefined();
    expect(parseOpensslSpeed('+F4:3:256:22550.000000:0.000000\n')).toBeUndefined();
  });

  it('is that of node:crypto where there is no openssl', () => {
    expect(unitOf({ openssl: 90, node: 100 })).toBe(90);
    expect(unitOf({ openssl: undefined, node: 100 })).toBe(100);
  });

  it('is measured on this machine, in microseconds of CPU', async () => {
    const { node } = await measureVerification();
    expect(node).toBeGreaterThan(5);
    expect(node).toBeLessThan(10_000);
  });
});
