import { shortcutOf } from './use-shortcuts.js';

const press = (facts: Partial<Parameters<typeof shortcutOf>[0]>) => shortcutOf({ altKey: false, ctrlKey: false, metaKey: false, code: '', key: '', ...facts });

describe('a shortcut', () => {
  it('is Alt with a letter, whatever the keyboard makes of it', () => expect(press({ altKey: true, code: 'KeyN', key: 'ñ' })).toBe('alt+n'));
  it('is Ctrl with Enter, or ⌘', () => {
    expect(press({ ctrlKey: true, key: 'Enter' })).toBe('ctrl+enter');
    expect(press({ metaKey: true, key: 'Enter' })).toBe('ctrl+enter');
  });
  it('is never a key that is typed', () => {
    expect(press({ code: 'KeyN', key: 'n' })).toBeUndefined();
    expect(press({ key: 'Enter' })).toBeUndefined();
    // AltGr types characters such as €.
    expect(press({ altKey: true, ctrlKey: true, code: 'KeyE', key: '€' })).toBeUndefined();
  });
});
