import { readReference } from './read-reference.js';

const reference = '2f6f3a52-6a58-4c3f-8ec4-2f1c6f0a9b10';

describe('a reference as a caller reads it aloud or pastes it', () => {
  it.each([
    ['as printed', reference],
    ['in capitals, with spaces around', `  ${reference.toUpperCase()} `],
    ['in the middle of the sentence on her screen', `Geen toegang. Kenmerk: ${reference}. Bel uw beheerder.`],
    ['without hyphens', reference.replaceAll('-', '')],
    ['in groups of four', reference.replaceAll('-', '').replaceAll(/(.{4})/g, '$1 ')],
    ['over two lines', `2f6f3a52-6a58-4c3f-\n8ec4-2f1c6f0a9b10`],
    ['with the word before it and no hyphens', `kenmerk: ${reference.replaceAll('-', ' ')}`],
  ])('is found %s', (_how, text) => expect(readReference(text)).toBe(reference));

  it.each(['', 'geen idee', '12345', reference.slice(0, -1), `${reference.replaceAll('-', '')}0`])('is not found in %j', (text) => expect(readReference(text)).toBeUndefined());
});
