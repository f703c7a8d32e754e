import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, profile, quantity, referenceTo, snomed } from './fhir-resource.js';
import { mainProblem } from './medical-history.js';

/** What is done and why, with what, and what came of it (spec anw-fhir-profiles §3.5). */
export function carePlanChapter(facts: DossierFacts): FhirResource[] {
  return [nursingIntervention(facts), treatmentObjective(facts), ...medicalDevice(facts), ...outcomeOfCare(facts), procedure(facts), plannedProcedure(facts)];
}

function nursingIntervention(facts: DossierFacts): FhirResource {
  const period = { start: facts.day(120) };
  return {
    resourceType: 'CarePlan',
    id: facts.id('nursing-intervention'),
    meta: profile('nl-core-NursingIntervention'),
    status: 'active',
    intent: 'plan',
    category: [concept(snomed('9632001', 'verpleegkundige verrichting'))],
    subject: facts.patient,
    period,
    contributor: [
      { extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-NursingIntervention-ContributorIsRequester', valueBoolean: true }], ...facts.nurse },
    ],
    addresses: [mainProblem(facts)],
    activity: [
      {
        detail: {
          code: concept(snomed('385873009', 'katheterzorg')),
          status: 'in-progress',
          scheduledTiming: { repeat: { boundsPeriod: period, frequency: 1, period: 1, periodUnit: 'd', timeOfDay: ['20:00:00'] } },
          performer: [facts.nurse],
          description: 'Blaaskatheter spoelen met 100 ml, insteekopening bekijken.',
        },
      },
    ],
  };
}

function treatmentObjective(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Goal',
    id: facts.id('treatment-objective'),
    meta: profile('nl-core-TreatmentObjective'),
    lifecycleStatus: 'active',
    description: { text: 'Zelfstandig naar het toilet kunnen lopen, met rollator' },
    subject: facts.patient,
    target: [
      { measure: concept(snomed('129006008', 'lopen')), detailCodeableConcept: concept(snomed('161043008', 'lichte beperking')), dueDate: facts.day(-45) },
    ],
    addresses: [mainProblem(facts)],
  };
}

function medicalDevice(facts: DossierFacts): FhirResource[] {
  const product: FhirResource = {
    resourceType: 'Device',
    id: facts.id('device-catheter'),
    meta: profile('nl-core-MedicalDevice.Product'),
    identifier: [{ system: 'https://www.gs1.org/gtin', value: '08700000000017' }],
    type: concept(snomed('20568009', 'urinekatheter')),
    patient: facts.patient,
    note: [{ text: 'CH 16, suprapubisch' }],
  };
  const use: FhirResource = {
    resourceType: 'DeviceUseStatement',
    id: facts.id('device-use-catheter'),
    meta: profile('nl-core-MedicalDevice'),
    status: 'active',
    subject: facts.patient,
    timingPeriod: { start: facts.day(75) },
    device: referenceTo(product),
    reasonReference: [mainProblem(facts)],
    note: [{ text: 'Wisselen elke twaalf weken.' }],
  };
  return [use, product];
}

/** The report has no published profile; the status that it rests on has (spec §4). */
function outcomeOfCare(facts: DossierFacts): FhirResource[] {
  const status: FhirResource = {
    resourceType: 'Observation',
    id: facts.id('functional-status'),
    meta: profile('nl-core-FunctionalOrMentalStatus'),
    status: 'final',
    category: [concept(snomed('118228005', 'bevinding betreffende functioneren'))],
    code: concept(snomed('129006008', 'lopen')),
    subject: facts.patient,
    effectiveDateTime: facts.instant(20, 10),
    valueCodeableConcept: concept(snomed('161043008', 'lichte beperking')),
  };
  const report: FhirResource = {
    resourceType: 'DiagnosticReport',
    id: facts.id('outcome-of-care'),
    status: 'final',
    code: concept(snomed('423100009', 'resultaten van zorg')),
    subject: facts.patient,
    effectiveDateTime: facts.instant(20, 10),
    performer: [facts.nurse],
    result: [referenceTo(status)],
    conclusion: 'Loopt met rollator tot het toilet; doel deels behaald.',
  };
  return [report, status];
}

function procedure(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Procedure',
    id: facts.id('procedure'),
    meta: profile('nl-core-Procedure-event'),
    status: 'completed',
    code: concept(snomed('392238003', 'implantatie van knieprothese')),
    subject: facts.patient,
    performedDateTime: facts.day(1400),
    bodySite: [
      {
        extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality', valueCodeableConcept: concept(snomed('24028007', 'rechts')) }],
        coding: [snomed('72696002', 'structuur van knieregio')],
      },
    ],
  };
}

function plannedProcedure(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'ServiceRequest',
    id: facts.id('procedure-planned'),
    meta: profile('nl-core-Procedure-request'),
    status: 'active',
    intent: 'order',
    code: { text: 'Wisselen van de suprapubische katheter' },
    subject: facts.patient,
    occurrenceDateTime: facts.day(-9),
    requester: facts.generalPractitioner,
    quantityQuantity: quantity(1, '1', ''),
  };
}
