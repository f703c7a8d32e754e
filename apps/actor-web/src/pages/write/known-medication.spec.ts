import type { DossierEntry, DossierGroup } from '@anw/api-contracts';
import type { DossierState } from '../dossier/dossier-state.js';
import { knownMedication, knownRoutes } from './known-medication.js';

const product = { reference: 'Medication/m1', name: 'Furosemide' };
const injection = { code: '4', name: 'SUBCUTAAN' };
const line = (change: Partial<DossierEntry>): DossierEntry => ({ label: 'Furosemide', values: [{ label: 'Dosering', value: '1 tablet' }], when: '', author: '', source: '', status: '', warnings: [], ...change });
const stateWith = (groups: Readonly<Record<string, readonly DossierEntry[]>>) =>
  ({ isFinished: true, dossiers: [{ visit: 'v', groups: Object.fromEntries(Object.entries(groups).map(([name, entries]) => [name, { entries } as unknown as DossierGroup])) }] }) as unknown as DossierState;

describe('medication that she may write about', () => {
  it('is each product of the dossier once, the agreement before the use', () => {
    const known = knownMedication(stateWith({ 'medication-use': [line({ medication: { product } })], 'medication-agreement': [line({ medication: { product, agreement: 'MedicationRequest/a1' } })] }), 'v');
    expect(known).toEqual([{ value: JSON.stringify(product), label: 'Furosemide · 1 tablet', medication: { product, agreement: 'MedicationRequest/a1' } }]);
  });

  it('says what must not be overlooked', () => {
    expect(knownMedication(stateWith({ 'medication-use': [line({ medication: { product }, warnings: ['Gestopt; niet meer in gebruik.'] })] }), 'v')[0]?.label).toBe('Furosemide · 1 tablet · let op: Gestopt; niet meer in gebruik.');
  });

  it('is nothing of another record, or before the dossier came', () => {
    expect(knownMedication(stateWith({ 'medication-use': [line({ medication: { product } })] }), 'other')).toEqual([]);
    expect(knownMedication({ isFinished: false }, 'v')).toEqual([]);
  });

  it('is given in the ways that the dossier agrees on, and by mouth', () => {
    expect(knownRoutes(stateWith({ 'medication-use': [line({ medication: { product, route: injection } })] }), 'v').map(({ label }) => label)).toEqual(['subcutaan', 'oraal']);
    expect(knownRoutes({ isFinished: false }, 'v').map(({ label }) => label)).toEqual(['oraal']);
  });
});
