import { dossierMedication } from './dossier-medication.js';

const oral = { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.4.9', code: '9', display: 'ORAAL' }] };
const dosage = (value: number, unit: string, code: string) => ({ route: oral, doseAndRate: [{ doseQuantity: { value, unit, system: 'http://unitsofmeasure.org', code } }] });
const medicationReference = { reference: 'Medication/m1' };
const product = { reference: 'Medication/m1', name: 'Furosemide tablet 40 mg' };

describe('what a nurse takes over from a line of medication', () => {
  it('is the product of the record, with the one dose and route that are agreed', () => {
    expect(dossierMedication({ medicationReference, dosage: [dosage(1, 'stuk', '1')] }, product.name)).toEqual({ product, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'ORAAL' } });
  });

  it('is a product of the G-Standaard or ATC where the line codes it itself', () => {
    const medicationCodeableConcept = { coding: [{ system: 'http://elders.example', code: 'x' }, { system: 'urn:oid:2.16.840.1.113883.2.4.4.10', code: '17469' }] };
    expect(dossierMedication({ medicationCodeableConcept, dosage: [] }, 'Ibuprofen')).toEqual({ product: { list: 'PRK', code: '17469', name: 'Ibuprofen' } });
  });

  it.each([
    ['a product that is elsewhere', { medicationReference: { reference: 'https://elders.example/Medication/1' } }],
    ['a product in words alone', { medicationCodeableConcept: { text: 'Zalf', coding: [] } }],
  ])('is nothing of %s', (_, line) => {
    expect(dossierMedication({ ...line, dosage: [] }, 'Zalf')).toBeUndefined();
  });

  it('leaves the dose to her when there is more than one, or its unit is not clear', () => {
    expect(dossierMedication({ medicationReference, dosage: [dosage(1, 'stuk', '1'), dosage(2, 'stuk', '1')] }, product.name)).toEqual({ product });
    expect(dossierMedication({ medicationReference, dosage: [dosage(1, 'tablet', '1')] }, product.name)).toEqual({ product, route: { code: '9', name: 'ORAAL' } });
    expect(dossierMedication({ medicationReference, dosage: [dosage(5, 'milliliter', 'ml')] }, product.name)).toMatchObject({ dose: { amount: 5, unit: 'ml' } });
  });
});
