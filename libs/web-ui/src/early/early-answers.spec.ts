import { takeEarly } from './early-answers.js';

const answer = Promise.resolve(new Response('{}'));

describe('answers that were asked for before the pages were there', () => {
  beforeEach(() => Object.assign(globalThis, { window: { anwEarly: new Map([['/api/me', { askedAt: 1_000, answer }]]) } }));
  afterEach(() => Reflect.deleteProperty(globalThis, 'window'));

  it('are taken once', () => {
    expect(takeEarly('/api/me', 2_000)).toBe(answer);
    expect(takeEarly('/api/me', 2_000)).toBeUndefined();
  });

  it('are of their own path', () => expect(takeEarly('/api/route', 2_000)).toBeUndefined());

  it('are left alone when they are ten seconds old, now and later', () => {
    expect(takeEarly('/api/me', 11_000)).toBeUndefined();
    expect(takeEarly('/api/me', 2_000)).toBeUndefined();
  });

  it('need not be there', () => {
    Object.assign(globalThis, { window: {} });
    expect(takeEarly('/api/me', 2_000)).toBeUndefined();
  });
});
