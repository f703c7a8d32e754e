import { Bsn } from '@anw/values';
import { createDossier } from './create-dossier.js';
import type { FhirResource } from './fhir-resource.js';
import { syntheticClients } from './synthetic-client.js';

const at = new Date('2026-11-22T18:00:00Z');

const has = (resource: FhirResource, system: string, code: string): boolean => JSON.stringify(resource).includes(JSON.stringify({ system, code }).slice(1, -1));
const snomed = (code: string) => (resource: FhirResource) => has(resource, 'http://snomed.info/sct', code);
const loinc = (code: string) => (resource: FhirResource) => has(resource, 'http://loinc.org', code);
const any = () => true;

/** How the specification tells an instance of each zib, in its own order (profiles §1, "recognise" of §3). */
const zibs: [name: string, type: string, recognise: (resource: FhirResource) => boolean][] = [
  ['SOAPReport', 'Composition', snomed('11591000146107')],
  ['nursing report', 'Observation', snomed('11591000146107')],
  ['Patient', 'Patient', any],
  ['BloodPressure', 'Observation', loinc('85354-9')],
  ['LaboratoryTestResult', 'Observation', (resource) => has(resource, 'http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
  ['BodyWeight', 'Observation', loinc('29463-7')],
  ['BodyHeight', 'Observation', loinc('8302-2')],
  ['BodyTemperature', 'Observation', loinc('8310-5')],
  ['O2Saturation', 'Observation', (resource) => loinc('59408-5')(resource) && loinc('2708-6')(resource)],
  ['PulseRate', 'Observation', loinc('8893-0')],
  ['EpisodeOfCare', 'EpisodeOfCare', any],
  ['FamilyHistory', 'FamilyMemberHistory', any],
  ['AlcoholUse', 'Observation', snomed('228273003')],
  ['DrugUse', 'Observation', snomed('228366006')],
  ['Problem', 'Condition', snomed('410605003')],
  ['AllergyIntolerance', 'AllergyIntolerance', any],
  ['Alert', 'Flag', loinc('75323-6')],
  ['TreatmentDirective2', 'Consent', snomed('129125009')],
  ['FreedomRestrictingIntervention', 'Procedure', snomed('225317005')],
  ['CareAgreement', 'CarePlan', snomed('288834001')],
  ['AdvanceDirective', 'Consent', (resource) => has(resource, 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', 'acd')],
  ['Vaccination', 'Immunization', any],
  ['planned vaccination', 'ImmunizationRecommendation', any],
  ['NursingIntervention', 'CarePlan', snomed('9632001')],
  ['TreatmentObjective', 'Goal', any],
  ['MedicalDevice', 'DeviceUseStatement', any],
  ['MedicalDevice product', 'Device', any],
  ['OutcomeOfCare', 'DiagnosticReport', snomed('423100009')],
  ['Procedure', 'Procedure', (resource) => !snomed('225317005')(resource)],
  ['planned procedure', 'ServiceRequest', any],
  ['MedicationUse2', 'MedicationStatement', snomed('422979000')],
  ['MedicationContraIndication', 'Flag', snomed('140401000146105')],
  ['MedicationAdministration2', 'MedicationAdministration', snomed('18629005')],
  ['MedicationAgreement', 'MedicationRequest', snomed('33633005')],
  ['AdministrationAgreement', 'MedicationDispense', snomed('422037009')],
  ['ContactPerson', 'RelatedPerson', any],
  ['Respiration', 'Observation', loinc('9279-1')],
  ['HeartRate', 'Observation', loinc('8867-4')],
  ['VisualAcuity', 'Observation', snomed('260246004')],
  ['TextResult', 'DiagnosticReport', snomed('363680008')],
];

describe.each(syntheticClients.map((client) => [client.id, client] as const))('synthetic dossier of %s (design §7)', (_id, client) => {
  const dossier = createDossier(client, at);
  const text = JSON.stringify(dossier);

  it('holds at least one instance of every zib', () => {
    const missing = zibs.filter(([, type, recognise]) => !dossier.some((resource) => resource.resourceType === type && recognise(resource)));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('gives every resource an id of its own, fit for FHIR', () => {
    const ids = dossier.map(({ resourceType, id }) => `${resourceType}/${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of dossier) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });

  it('points at nothing outside itself', () => {
    const ids = new Set(dossier.map(({ resourceType, id }) => `${resourceType}/${id}`));
    for (const [, reference] of text.matchAll(/"reference":"([^"]+)"/g)) expect(ids).toContain(reference);
  });

  it('is about this one patient', () => {
    for (const [, reference] of text.matchAll(/"reference":"(Patient\/[^"]+)"/g)) expect(reference).toBe(`Patient/${client.id}`);
  });

  it('is the same when it is made again', () => {
    expect(JSON.stringify(createDossier(client, at))).toBe(text);
  });

  it('measures and reports before the moment that it is made for', () => {
    for (const { effectiveDateTime } of dossier) if (effectiveDateTime !== undefined) expect(Date.parse(String(effectiveDateTime))).toBeLessThan(at.getTime());
  });

  it('holds the BSN in the patient alone', () => {
    for (const resource of dossier) if (resource.resourceType !== 'Patient') expect(JSON.stringify(resource)).not.toContain(client.bsn);
  });
});

describe('synthetic clients', () => {
  it('have BSNs that pass the 11-proef and start with 9999, each another', () => {
    const bsns = syntheticClients.map(({ bsn }) => bsn);
    expect(new Set(bsns).size).toBe(bsns.length);
    for (const bsn of bsns) {
      expect(Bsn.safeParse(bsn).success).toBe(true);
      expect(bsn.startsWith('9999')).toBe(true);
    }
  });

  it('live at both custodians', () => {
    expect(new Set(syntheticClients.map(({ custodian }) => custodian))).toEqual(new Set(['de-linde', 'vecht']));
  });
});
