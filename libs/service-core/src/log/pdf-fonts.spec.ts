import { type Glyphs, readPdfFonts, splitByFont } from './pdf-fonts.js';

const having = (letters: string): Glyphs => ({ hasGlyphForCodePoint: (codePoint) => letters.includes(String.fromCodePoint(codePoint)) });
const fonts = [having('abcé ?'), having('şaǎ\u0323\u0301')];

describe('the font of a letter', () => {
  it('is the first that has it, and letters of one font stay together', () => {
    expect(splitByFont('aşbc', fonts)).toEqual([{ text: 'a', font: 0 }, { text: 'ş', font: 1 }, { text: 'bc', font: 0 }]);
  });

  it('is the same for an accent written apart as for one that is part of its letter', () => {
    expect(splitByFont('e\u0301', fonts)).toEqual([{ text: 'é', font: 0 }]);
  });

  it('is one font for a letter and the marks that belong to it', () => {
    expect(splitByFont('x\u0323', [having('x'), having('x\u0323')])).toEqual([{ text: 'x\u0323', font: 1 }]);
  });

  it('is there without the accent when no font has the accent', () => expect(splitByFont('bć', fonts)).toEqual([{ text: 'bc', font: 0 }]));

  it.each(['李', '\u0000', '\n', '👩‍⚕️'])('is a question mark for %j, which none has', (letter) => expect(splitByFont(`a${letter}b`, fonts)).toEqual([{ text: 'a?b', font: 0 }]));

  it.each([400, 700] as const)('of weight %i covers the names of Europe and Vietnam', async (weight) => {
    const read = (await readPdfFonts())[weight].map(({ font }) => font);
    const names = 'ŞahinŁukaszĐurićĞŷŵțẞŒħġĲĳñçøåæðþőűěřůąęėįųž ỄẠơưΆώЄЩґ€–’“„…';
    expect(splitByFont(names, read).map(({ text }) => text).join('')).toBe(names);
  });
});
