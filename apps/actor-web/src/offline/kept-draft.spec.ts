import { changedFields, isSameForm, mergeForms } from './kept-draft.js';

describe('two tabs at one entry', () => {
  it('keep what was typed in either of them', () => {
    expect(mergeForms({ known: { text: '', note: '' }, here: { text: 'Gevallen.', note: '' }, there: { text: '', note: 'Hond in huis' } })).toEqual({ text: 'Gevallen.', note: 'Hond in huis' });
  });

  it('show what the other typed in a field that nobody touched here', () => {
    expect(mergeForms({ known: { text: 'Geval' }, here: { text: 'Geval' }, there: { text: 'Gevallen.' } })).toEqual({ text: 'Gevallen.' });
  });

  it('never take a word from under her hands: what she typed here last stands', () => {
    expect(mergeForms({ known: { text: 'Geval' }, here: { text: 'Gevallen bij bed' }, there: { text: 'Gevallen.' } })).toEqual({ text: 'Gevallen bij bed' });
  });

  it('empty a field that was emptied there, and leave one that was emptied here empty', () => {
    expect(mergeForms({ known: { text: 'a', note: 'b' }, here: { text: 'a', note: '' }, there: { text: '', note: 'b' } })).toEqual({ text: '', note: '' });
  });
});

describe('the fields of two forms', () => {
  it('are the same when one leaves out what is empty in the other', () => expect(isSameForm({ text: 'a', note: '' }, { text: 'a' })).toBe(true));
  it('are told apart by name', () => expect(changedFields({ text: 'a', note: 'b' }, { text: 'c', note: 'b' })).toEqual(['text']));
});
