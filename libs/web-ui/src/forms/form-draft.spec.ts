import { kept } from '../storage/kept.js';
import { forgetFormDraft, forgetFormDrafts, keepFormDraft, readFormDraft } from './form-draft.js';

describe('what was typed in a form and not sent', () => {
  afterEach(forgetFormDrafts);

  it('is there again under the name of its form, and under no other', () => {
    keepFormDraft('call', { caller: 'Dochter' });
    expect([readFormDraft('call'), readFormDraft('roster')]).toEqual([{ caller: 'Dochter' }, undefined]);
  });

  it('is gone once it was sent', () => {
    keepFormDraft('call', { caller: 'Dochter' });
    forgetFormDraft('call');
    expect(readFormDraft('call')).toBeUndefined();
  });

  it('is gone with all others when she logs out, and nothing else is', () => {
    keepFormDraft('call', {});
    keepFormDraft('roster', {});
    kept('sessionStorage').keep('something-else', '1');
    forgetFormDrafts();
    expect([readFormDraft('call'), readFormDraft('roster'), kept('sessionStorage').read('something-else')]).toEqual([undefined, undefined, '1']);
    kept('sessionStorage').forget('something-else');
  });

  it.each(['{', '"text"', '[1]', 'null', '7'])('is nothing when what was kept is %s', (text) => {
    kept('sessionStorage').keep('anw-form:call', text);
    expect(readFormDraft('call')).toBeUndefined();
  });
});
