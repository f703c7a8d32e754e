import type { VisitStopView } from '@anw/api-contracts';
import { afterEvent, cardsOf, extendedOn, goneFrom, newOn, recordsBeside } from './route-changes.js';

const stop = (id: string, note = '') => ({ id, note }) as VisitStopView;
const route = (...ids: string[]) => ({ stops: ids.map((id) => stop(id)) });
const ids = ({ stops }: { readonly stops: readonly VisitStopView[] }) => stops.map(({ id }) => id);

describe('the route in the page', () => {
  it('has a visit that comes in on top, at once', () => expect(ids(afterEvent(route('a', 'b'), { type: 'visit-added', stop: stop('c') }))).toEqual(['c', 'a', 'b']));
  it('has a visit once, however often it is told', () => expect(afterEvent(route('a', 'b'), { type: 'visit-added', stop: stop('b', 'nieuw') }).stops).toEqual([stop('b', 'nieuw'), stop('a')]));
  it('loses a visit that is withdrawn', () => expect(ids(afterEvent(route('a', 'b'), { type: 'visit-withdrawn', id: 'a' }))).toEqual(['b']));
  it('stays as it is when a visit goes that was not there', () => expect(ids(afterEvent(route('a'), { type: 'visit-withdrawn', id: 'x' }))).toEqual(['a']));
  it('stays as it is when an entry of hers changes', () => expect(afterEvent(route('a'), { type: 'draft-changed' } as never)).toEqual(route('a')));

  it('tells what came and what went while nobody listened', () => {
    expect(newOn(route('a', 'b'), route('c', 'b')).map(({ id }) => id)).toEqual(['c']);
    expect(goneFrom(route('a', 'b'), route('c', 'b')).map(({ id }) => id)).toEqual(['a']);
  });

  it('has a visit that changed in the place where it was', () => {
    const changed = stop('b', 'langer');
    expect(afterEvent(route('a', 'b', 'c'), { type: 'visit-changed', stop: changed }).stops).toEqual([stop('a'), changed, stop('c')]);
  });

  it('tells to which visits she has access for longer, and not of those that came or end earlier', () => {
    const lasting = (id: string, until: string) => ({ id, period: { until } }) as VisitStopView;
    const [before, after] = [{ stops: [lasting('a', '2026-01-02T06:00:00Z'), lasting('b', '2026-01-02T06:00:00Z')] }, { stops: [lasting('a', '2026-01-02T09:00:00Z'), lasting('b', '2026-01-02T05:00:00Z'), lasting('c', '2026-01-02T09:00:00Z')] }];
    expect(ids({ stops: extendedOn(before, after) })).toEqual(['a']);
  });
});

describe('records of one visit at several custodians', () => {
  const beside = (id: string, besideOf: string) => ({ ...stop(id), besideOf });
  const shared = { stops: [stop('linde'), stop('other'), beside('vecht', 'linde')] };

  it('share a card', () => expect(cardsOf(shared).map(({ stop: { id }, beside: records }) => [id, ...ids({ stops: records })])).toEqual([['linde', 'vecht'], ['other']]));
  it('are found from whichever of them she is at', () => expect([recordsBeside(shared, 'linde'), recordsBeside(shared, 'vecht'), recordsBeside(shared, 'other')].map((stops) => ids({ stops }))).toEqual([['vecht'], ['linde'], []]));
  it('have a card of their own when the one they shared it with has gone', () => expect(cardsOf({ stops: [beside('vecht', 'linde')] })).toHaveLength(1));
  it('are no new visit', () => expect(newOn(route('linde'), shared).map(({ id }) => id)).toEqual(['other']));
});
