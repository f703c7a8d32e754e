import { readRoster } from './read-roster.js';

const file = (bytes: readonly number[]) => ({ name: 'rooster.csv', arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) });

describe('a roster from a file', () => {
  it('is read as UTF-8, without the mark at its begin', async () => {
    expect(await readRoster(file([0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab]))).toEqual({ name: 'rooster.csv', csv: 'Zoë' });
  });
  it('is read as Windows programs write it when it is no UTF-8', async () => {
    expect((await readRoster(file([0x5a, 0x6f, 0xeb]))).csv).toBe('Zoë');
  });
});
