import type { FhirResource } from './fhir-resource.js';
import { familyNamesOf, isActivePatient, normaliseFamilyName } from './patient-directory.js';

const family = 'http://hl7.org/fhir/StructureDefinition/humanname';

function patient(changes: object = {}): FhirResource {
  return {
    resourceType: 'Patient',
    id: 'p1',
    name: [
      {
        use: 'official',
        family: 'van Putten-van der Giessen',
        _family: {
          extension: [
            { url: `${family}-own-prefix`, valueString: 'van' },
            { url: `${family}-own-name`, valueString: 'Putten' },
            { url: `${family}-partner-prefix`, valueString: 'van der' },
            { url: `${family}-partner-name`, valueString: 'Giessen' },
          ],
        },
      },
      { use: 'usual', given: ['Jo'] },
    ],
    ...changes,
  };
}

describe('the name by which a caller gives a patient', () => {
  it.each(['van Putten-van der Giessen', 'Putten', 'van Putten', 'Giessen', 'van der Giessen', 'VAN DER GIESSEN', ' vandergiessen '])('may be %s', (name) => {
    expect(familyNamesOf(patient())).toContain(normaliseFamilyName(name));
  });

  it.each(['van', 'Jo', 'Gies', ''])('is not %s', (name) => expect(familyNamesOf(patient())).not.toContain(normaliseFamilyName(name)));

  it('is compared without accents', () => expect(normaliseFamilyName('Müller-Çelik')).toBe('mullercelik'));

  it('is the plain family name when there are no parts', () => expect(familyNamesOf(patient({ name: [{ family: 'Jansen' }] }))).toEqual(['jansen']));

  it('is none when there is no name', () => expect(familyNamesOf(patient({ name: undefined }))).toEqual([]));
});

describe('a patient in care (check 8)', () => {
  it('is one that nothing speaks against', () => expect(isActivePatient(patient())).toBe(true));
  it.each([{ active: false }, { deceasedBoolean: true }, { deceasedDateTime: '2026-01-01' }])('is not one with %j', (changes) => expect(isActivePatient(patient(changes))).toBe(false));
  it('is one that is said to live', () => expect(isActivePatient(patient({ active: true, deceasedBoolean: false }))).toBe(true));
});
