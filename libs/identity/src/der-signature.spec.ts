import fc from 'fast-check';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { toDerSignature } from './der-signature.js';

const data = Buffer.from('what is signed');

describe('a signature r‖s as DER', () => {
  it.each([
    ['prime256v1', 'sha256'],
    ['secp384r1', 'sha384'],
    ['secp521r1', 'sha512'],
  ])('is as true as it was, on %s, whatever bits were turned', (namedCurve, digest) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    fc.assert(
      fc.property(fc.option(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))), (turned) => {
        const signature = sign(digest, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
        if (turned !== null) signature[turned[0] % signature.length]! ^= turned[1];
        const der = toDerSignature(signature);
        expect(verify(digest, data, publicKey, der)).toBe(verify(digest, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature));
        expect(verify(digest, data, publicKey, der)).toBe(turned === null);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['nothing but zeros', new Uint8Array(64), '3006020100020100'],
    ['leading zeros', Uint8Array.from({ length: 64 }, (_, index) => (index % 32 === 31 ? 1 : 0)), '3006020101020101'],
    ['a first bit that is set', Uint8Array.from({ length: 4 }, () => 0x80), '300a02030080800203008080'],
  ])('is in its shortest form with %s', (_, signature, der) => expect(Buffer.from(toDerSignature(signature)).toString('hex')).toBe(der));
});
