import { changeSince, nextLook, SAME_LOOK_MINUTES } from './dossier-look.js';

const now = new Date('2026-01-01T21:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('looks into a dossier', () => {
  it('compare with nothing the first time', () => {
    expect(nextLook(undefined, now)).toEqual({ lookedAt: now });
  });

  it('compare with the last one when she comes back later', () => {
    expect(nextLook({ lookedAt: minutesAgo(240) }, now)).toEqual({ since: minutesAgo(240), lookedAt: now });
  });

  it('go on while she loads the page again, so that what is marked stays marked', () => {
    const look = { since: minutesAgo(240), lookedAt: minutesAgo(SAME_LOOK_MINUTES) };
    expect(nextLook(look, now)).toEqual({ since: minutesAgo(240), lookedAt: now });
  });
});

describe('what changed since a look', () => {
  const since = minutesAgo(60);
  const resource = (meta?: object) => ({ resourceType: 'Observation', id: 'o1', ...(meta && { meta }) });

  it.each([
    ['is new when its first version came after it', { lastUpdated: minutesAgo(30).toISOString(), versionId: '1' }, 'new'],
    ['is new when the source keeps no versions', { lastUpdated: minutesAgo(30).toISOString() }, 'new'],
    ['is changed when a later version came after it', { lastUpdated: minutesAgo(30).toISOString(), versionId: '2' }, 'changed'],
    ['is marked although the clock of the source is some seconds behind', { lastUpdated: minutesAgo(60.5).toISOString(), versionId: '1' }, 'new'],
    ['is nothing when it came before', { lastUpdated: minutesAgo(90).toISOString(), versionId: '1' }, undefined],
    ['is nothing when the source does not say', {}, undefined],
    ['is nothing when the source says it in another form', { lastUpdated: 12, versionId: '2' }, undefined],
  ])('%s', (_, meta, change) => {
    expect(changeSince(resource(meta), since)).toBe(change);
  });

  it('is nothing without an earlier look, and without meta', () => {
    expect(changeSince(resource({ lastUpdated: now.toISOString() }), undefined)).toBeUndefined();
    expect(changeSince(resource(), since)).toBeUndefined();
  });
});
