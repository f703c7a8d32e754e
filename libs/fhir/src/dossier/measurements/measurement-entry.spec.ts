import type { FhirResource } from '../../fhir-resource.js';
import type { DossierPartName } from '../dossier-queries.js';
import { dossierView } from '../dossier-view.js';

function lineOf(name: DossierPartName, valueQuantity: unknown) {
  const resource: FhirResource = { resourceType: 'Observation', id: 'o1', status: 'final', effectiveDateTime: '2026-06-13T21:05:00Z', performer: [{ display: 'M. Okafor' }], valueQuantity };
  return dossierView([{ name, state: 'fetched', resources: [resource], included: [], total: 1, fetchedAt: new Date(0) }], { source: 'De Linde', now: new Date(0) }).groups[0]?.entries[0];
}

describe('measurement of one value as a line of the dossier', () => {
  it.each([
    ['body-weight', { value: 72.5, unit: 'kg', code: 'kg' }, { label: 'Gewicht', value: '72,5', unit: 'kg' }],
    ['body-weight', { value: 850, unit: 'g', code: 'g' }, { label: 'Gewicht', value: '850', unit: 'g' }],
    ['body-height', { value: 168, unit: 'cm', code: 'cm' }, { label: 'Lengte', value: '168', unit: 'cm' }],
    ['body-temperature', { value: 38.4, unit: '°C', code: 'Cel' }, { label: 'Temperatuur', value: '38,4', unit: '°C' }],
    ['oxygen-saturation', { value: 93, unit: '%', code: '%' }, { label: 'Saturatie', value: '93', unit: '%' }],
    ['pulse-rate', { value: 88, unit: '/min', code: '/min' }, { label: 'Pols', value: '88', unit: '/min' }],
  ] as const)('shows %s with its unit, without a warning', (name, quantity, shown) => {
    expect(lineOf(name, quantity)).toMatchObject({ values: [shown], author: 'M. Okafor', when: 'za 13 juni 2026, 23:05', warnings: [] });
  });

  it('shows a unit that the zib does not allow as it is, with a warning (§10.3)', () => {
    expect(lineOf('body-temperature', { value: 101, unit: '°F', code: '[degF]' })).toMatchObject({ values: [{ label: 'Temperatuur', value: '101', unit: '°F' }], warnings: ['Onverwachte eenheid: °F.'] });
  });

  it('shows what it cannot read as it is, with a warning', () => {
    expect(lineOf('pulse-rate', 7)).toMatchObject({ values: [{ label: 'Pols', value: '7' }], warnings: ['Onleesbare waarde: pols.'] });
  });

  it.each([undefined, {}])('says that the value is missing when it is %j', (quantity) => {
    expect(lineOf('pulse-rate', quantity)).toMatchObject({ values: [{ label: 'Pols', value: 'ontbreekt' }], warnings: ['Een waarde ontbreekt.'] });
  });
});
