import { shownFor } from './shown-for.js';

const now = new Date('2026-01-01T03:00:00Z');

describe('how long home access is shown', () => {
  it('is until the moment that the server names', () => expect(shownFor('2026-01-01T03:00:58.500Z', now)).toBe(58_500));
  it.each(['2026-01-01T03:20:00Z', '2026-01-01T02:40:00Z', 'no moment'])('is a minute on a phone whose clock is wrong: %s', (until) => expect(shownFor(until, now)).toBe(60_000));
});
