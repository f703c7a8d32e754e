import { forgetFormDraft, keepFormDraft } from '@anw/web-ui';
import { findVisitDraft, keepVisitDraft, readVisitDraft } from './visit-draft.js';

const empty = { time: '07:30', reason: '' };

describe('what was typed about a visit and not sent', () => {
  afterEach(() => forgetFormDraft('visit v1 extend'));

  it('opens the same form of the same visit again, as it was left', () => {
    keepVisitDraft('v1', 'extend', { time: '08:00', reason: 'De zorg duurt langer' }, empty);
    expect(findVisitDraft('v1')).toBe('extend');
    expect(readVisitDraft('v1', 'extend', empty)).toEqual({ time: '08:00', reason: 'De zorg duurt langer' });
    expect([findVisitDraft('v2'), readVisitDraft('v1', 'revoke', { reason: '' })]).toEqual([undefined, { reason: '' }]);
  });

  it('is nothing any more when she made the form as it began', () => {
    keepVisitDraft('v1', 'extend', { time: '07:30', reason: 'D' }, empty);
    keepVisitDraft('v1', 'extend', empty, empty);
    expect(findVisitDraft('v1')).toBeUndefined();
  });

  it('is taken only as text of fields that there are', () => {
    keepFormDraft('visit v1 extend', { reason: 7, time: '08:00', other: 'x' });
    expect(readVisitDraft('v1', 'extend', empty)).toEqual({ time: '08:00', reason: '' });
  });
});
