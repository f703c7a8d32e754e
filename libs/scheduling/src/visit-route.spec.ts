import { visitRoute } from './visit-route.js';

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const stop = (id: string, received: string, from = '18:00', until = '23:00', isUrgent = false) => ({ id, isUrgent, receivedAt: at(received), period: { from: at(from), until: at(until) } });
const ids = (stops: readonly { id: string }[]) => stops.map(({ id }) => id);

describe('visit route of a practitioner (design §2 step 4)', () => {
  it('has the newest visit on top', () => expect(ids(visitRoute([stop('old', '18:05'), stop('new', '19:00')], at('20:00')))).toEqual(['new', 'old']));
  it('has an urgent visit above those that came later', () => expect(ids(visitRoute([stop('new', '19:00'), stop('urgent', '18:05', '18:00', '23:00', true)], at('20:00')))).toEqual(['urgent', 'new']));
  it('has one order for visits that came in together', () => expect(ids(visitRoute([stop('b', '18:05'), stop('a', '18:05')], at('20:00')))).toEqual(['a', 'b']));
  it('no longer has a visit whose authorization is over', () => expect(ids(visitRoute([stop('over', '18:05')], at('23:00')))).toEqual([]));
  it('has a visit whose authorization begins later', () => expect(ids(visitRoute([stop('later', '18:05', '21:00')], at('20:00')))).toEqual(['later']));
  it('leaves the stops it was given in their order', () => {
    const stops = [stop('old', '18:05'), stop('new', '19:00')];
    visitRoute(stops, at('20:00'));
    expect(ids(stops)).toEqual(['old', 'new']);
  });
});
