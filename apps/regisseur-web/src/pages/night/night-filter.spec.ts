import { filterOf, nightPath } from './night-filter.js';

describe('what the night is narrowed to', () => {
  it('is what the address says', () => expect(filterOf(new URLSearchParams('state=open&urgency=urgent&zoek=heuvel'))).toEqual({ state: 'open', urgency: 'urgent' }));
  it('leaves out what the server does not know', () => expect(filterOf(new URLSearchParams('state=gone&kind=planned'))).toEqual({ kind: 'planned' }));
  it('is asked of the server', () => {
    expect(nightPath({})).toBe('/api/night');
    expect(nightPath({ state: 'to-assign', actor: 'did:web:zorg.example:iam:1' })).toBe('/api/night?state=to-assign&actor=did%3Aweb%3Azorg.example%3Aiam%3A1');
  });
});
