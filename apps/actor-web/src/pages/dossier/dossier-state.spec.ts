import type { AccessGrant, DossierEvent, DossierGroup } from '@anw/api-contracts';
import { afterEvent, afterExtension, afterRetry, nothingYet } from './dossier-state.js';

const [linde, vecht] = ['6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', '0d6f3f0b-6f9b-4a75-9c0e-6f0c1f7e8a11'];
const grant = {} as AccessGrant;
const opening = { type: 'opening', dossiers: [linde, vecht].map((visit) => ({ visit, custodian: { did: 'did:web:x', name: visit }, grant })) } as unknown as DossierEvent;
const group = (name: string, change: Partial<DossierGroup> = {}): DossierGroup => ({ name, chapter: 'Aan de deur', title: name, state: 'fetched', entries: [], total: 0, trends: [], source: 'De Linde', ...change });
const told = (...events: readonly DossierEvent[]) => events.reduce(afterEvent, nothingYet);

describe('a dossier that comes part by part', () => {
  it('keeps the records of two custodians apart', () => {
    const { dossiers } = told(opening, { type: 'group', visit: vecht!, group: group('alert') });
    expect(dossiers?.map(({ groups }) => Object.keys(groups))).toEqual([[], ['alert']]);
  });

  it('lets a later group of the same name take the place of the earlier', () => {
    const { dossiers } = told(opening, { type: 'group', visit: linde!, group: group('alert') }, { type: 'group', visit: linde!, group: group('alert', { total: 2 }) });
    expect(dossiers?.[0]?.groups['alert']?.total).toBe(2);
  });

  it('keeps showing what it showed when the stream begins again, and forgets a refusal', () => {
    const { dossiers } = told(opening, { type: 'group', visit: linde!, group: group('alert') }, { type: 'refused', visit: linde!, refusal: { message: 'Nee.' } }, opening);
    expect(dossiers?.[0]).toMatchObject({ groups: { alert: { name: 'alert' } } });
    expect(dossiers?.[0]?.refusal).toBeUndefined();
  });

  it('is finished when all was told', () => {
    expect(told(opening, { type: 'finished' }).isFinished).toBe(true);
  });
});

describe('access that is extended while the dossier is open', () => {
  it('shows its new end at that record alone, and what was read stays', () => {
    const period = { from: '2026-01-01T20:00:00Z', until: '2026-01-02T09:00:00Z' };
    const { dossiers } = afterExtension(told(opening, { type: 'group', visit: linde!, group: group('alert') }), linde!, period);
    expect(dossiers).toMatchObject([{ grant: { period }, groups: { alert: { name: 'alert' } } }, { grant: {} }]);
  });

  it('is nothing to a dossier of which no word came yet', () => {
    expect(afterExtension(nothingYet, linde!, { from: 'x', until: 'y' })).toEqual(nothingYet);
  });
});

describe('groups that are asked for again', () => {
  const failed = told(opening, { type: 'group', visit: linde!, group: group('alert', { state: 'failed', message: 'Te traag.' }) }, { type: 'group', visit: linde!, group: group('problem') }, { type: 'finished' });

  it('take the place of those that failed, and leave the rest', () => {
    const after = [opening, { type: 'group', visit: linde!, group: group('alert') } as const, { type: 'finished' } as const].reduce((state, event) => afterRetry(state, linde!, event), failed);
    expect(after).toMatchObject({ isFinished: true, dossiers: [{ groups: { alert: { state: 'fetched' }, problem: { state: 'fetched' } } }, { visit: vecht }] });
  });

  it('stay failed with the words of a refusal', () => {
    const after = afterRetry(failed, linde!, { type: 'refused', visit: linde!, refusal: { message: 'Geen toegang.' } });
    expect(after.dossiers?.[0]?.groups).toMatchObject({ alert: { state: 'failed', message: 'Geen toegang.' }, problem: { state: 'fetched' } });
  });
});
