import { PatientId } from '@anw/values';
import { createBloodPressure } from './measurement/blood-pressure.js';
import { createNursingReport } from './report/nursing-report.js';
import { summariseWrittenBack } from './written-back.js';

const id = '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f';
const patient = PatientId.parse('patient-1');
const at = new Date('2026-01-01T22:10:00.000Z');

describe('what the day team reads of what came back (design §2 step 6)', () => {
  it('is the text of a report, and when it was written', () => {
    const report = createNursingReport({ id, patient, text: 'Mevrouw was rustig, wond droog.', writtenAt: at });
    expect(summariseWrittenBack(report)).toEqual({ kind: 'report', text: 'Mevrouw was rustig, wond droog.', effectiveAt: at });
  });

  it('is both pressures with their unit, the upper first, and when they were measured', () => {
    const pressure = createBloodPressure({ id, patient, systolic: 138, diastolic: 84, measuredAt: at });
    expect(summariseWrittenBack(pressure)).toEqual({ kind: 'blood-pressure', text: expect.stringMatching(/^138 mm\S* \/ 84 mm\S*$/), effectiveAt: at });
  });

  it.each([
    ['Lichaamsgewicht 68,4 kg', { code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, valueQuantity: { value: 68.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }],
    ['Lichaamstemperatuur 37,4 Cel', { code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] }, valueQuantity: { value: 37.4, system: 'http://unitsofmeasure.org', code: 'Cel' } }],
    [
      'Visus linkeroog 0,8',
      {
        code: { coding: [{ system: 'http://snomed.info/sct', code: '260246004' }] },
        bodySite: { extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality', valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] } }] },
        valueQuantity: { value: 0.8, system: 'http://unitsofmeasure.org', code: '1' },
      },
    ],
  ])('is what was measured with its number: %s', (text, content) => {
    expect(summariseWrittenBack({ resourceType: 'Observation', effectiveDateTime: at.toISOString(), ...content })).toEqual({ kind: 'measurement', text, effectiveAt: at });
  });

  it('has no moment when the resource says none', () => {
    const { effectiveDateTime: _, ...undated } = createNursingReport({ id, patient, text: 'Geen bijzonderheden.', writtenAt: at });
    expect(summariseWrittenBack(undated as never)).toMatchObject({ text: 'Geen bijzonderheden.', effectiveAt: undefined });
  });
});
