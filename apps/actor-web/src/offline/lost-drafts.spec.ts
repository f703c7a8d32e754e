import { forgetAllLost, forgetLost, lostDrafts, noteLost } from './lost-drafts.js';

const report = { id: 'b7a1c2d3-1111-4111-8111-111111111111', kind: 'nursing-report', savedAt: '2026-01-01T20:00:00Z', form: { text: 'Mevrouw is gevallen.' } };
const measurement = { id: 'c7a1c2d3-1111-4111-8111-111111111111', kind: 'blood-pressure', savedAt: '2026-01-01T20:05:00Z' };

describe('what was on the device alone when its visit ended', () => {
  beforeEach(() => forgetAllLost());

  it('is told by kind and time, never by what it said', () => {
    noteLost([report]);
    expect(lostDrafts()).toEqual([{ id: report.id, kind: 'nursing-report', savedAt: report.savedAt }]);
  });

  it('is told once, whichever tab notices it', () => {
    noteLost([report]);
    noteLost([report, measurement]);
    expect(lostDrafts().map(({ id }) => id)).toEqual([report.id, measurement.id]);
  });

  it('is told until she has seen it', () => {
    noteLost([report, measurement]);
    forgetLost(report.id);
    expect(lostDrafts().map(({ id }) => id)).toEqual([measurement.id]);
  });

  it('is the same list as long as it says the same', () => {
    noteLost([report]);
    expect(lostDrafts()).toBe(lostDrafts());
  });
});
