import { kept } from './kept.js';

const storageOf = (storage: Partial<Storage>) => Object.defineProperty(globalThis, 'window', { value: { localStorage: storage, sessionStorage: storage }, configurable: true });

describe('what a device remembers', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'window'));

  it('lies in the storage of the browser', () => {
    const values = new Map<string, string>();
    storageOf({ getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: (key) => void values.delete(key) });
    kept('localStorage').keep('a', '1');
    expect([values.get('a'), kept('localStorage').read('a')]).toEqual(['1', '1']);
    kept('localStorage').forget('a');
    expect([values.size, kept('localStorage').read('a')]).toEqual([0, undefined]);
  });

  it('lies in memory where the browser keeps nothing for us, until it is forgotten', () => {
    const refuse = () => {
      throw new Error('SecurityError');
    };
    storageOf({ getItem: refuse, setItem: refuse, removeItem: refuse });
    kept('sessionStorage').keep('a', '1');
    expect([kept('sessionStorage').read('a'), kept('localStorage').read('a')]).toEqual(['1', undefined]);
    kept('sessionStorage').forget('a');
    expect(kept('sessionStorage').read('a')).toBeUndefined();
  });
});
