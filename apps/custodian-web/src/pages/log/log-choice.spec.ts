import { readChoice, toParameters, toQuery } from './log-choice.js';

const choice = { ...readChoice(new URLSearchParams()), purpose: 'complaint' };

describe('what is asked of the log', () => {
  it('is kept in the address and read back the same', () => {
    const asked = { ...choice, patient: 'linde-1001', from: '2026-03-01' };
    expect(readChoice(new URLSearchParams(toParameters(asked)))).toEqual(asked);
  });

  it('leaves out what is empty, and the spaces around what is pasted', () => expect(toParameters({ ...choice, patient: ' linde-1001 ', practitioner: '  ' })).toEqual({ purpose: 'complaint', patient: 'linde-1001' }));

  it('takes both days whole, on the clock of the Netherlands, also where it changes', () => {
    expect(Object.fromEntries(toQuery({ ...choice, from: '2026-03-28', until: '2026-03-29' }))).toEqual({ purpose: 'complaint', from: '2026-03-27T23:00:00.000Z', until: '2026-03-29T22:00:00.000Z' });
  });
});
