import { breakLines } from './pdf-text.js';

/** Each letter is one wide. */
const break10 = (text: string) => breakLines(text, 10, (piece) => piece.length);

describe('lines of a paragraph', () => {
  it('are broken after a space, which stays at the end of its line', () => expect(break10('een twee drie vier')).toEqual(['een twee ', 'drie vier']));

  it('hold a word whose last letter just fits', () => expect(break10('een zeven9 ')).toEqual(['een zeven9 ']));

  it('break a word longer than a line between its letters', () => expect(break10('ja abcdefghijklmnopqrstuvw nee')).toEqual(['ja ', 'abcdefghij', 'klmnopqrst', 'uvw nee']));

  it('never break a letter from its accent', () => expect(breakLines('ae\u0301u', 2, (piece) => piece.length)).toEqual(['a', 'e\u0301', 'u']));

  it('are none for a text without letters', () => expect(break10('')).toEqual([]));
});
