import { overwriteParserMemory } from './overwrite-parser-memory.js';

describe('memory of the parser of answers', () => {
  it('is overwritten by an answer that comes from no network, as often as wanted', async () => {
    await expect(overwriteParserMemory()).resolves.toBeUndefined();
    await expect(overwriteParserMemory()).resolves.toBeUndefined();
  });
});
