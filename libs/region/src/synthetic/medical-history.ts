import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, profile, quantity, referenceTo, snomed } from './fhir-resource.js';

/** Problems, the episode they belong to, family and habits (spec anw-fhir-profiles §3.3). */
export function medicalHistoryChapter(facts: DossierFacts): FhirResource[] {
  const heartFailure = problem(facts, 'problem-heart-failure', snomed('84114007', 'hartfalen'), 2200);
  const diabetes = problem(facts, 'problem-diabetes', snomed('44054006', 'diabetes mellitus type 2'), 5100);
  return [heartFailure, diabetes, episodeOfCare(facts, heartFailure), familyHistory(facts), alcoholUse(facts), drugUse(facts)];
}

/** The problem that other chapters point at. */
export function mainProblem(facts: DossierFacts): { readonly reference: string; readonly type: 'Condition'; readonly display: string } {
  return { reference: `Condition/${facts.id('problem-heart-failure')}`, type: 'Condition', display: 'Hartfalen' };
}

function problem(facts: DossierFacts, name: string, code: ReturnType<typeof snomed>, daysAgo: number): FhirResource {
  return {
    resourceType: 'Condition',
    id: facts.id(name),
    meta: profile('nl-core-Problem'),
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active', display: 'Active' }] },
    verificationStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed', display: 'Confirmed' },
        snomed('410605003', 'aanwezigheid bevestigd'),
      ],
    },
    category: [concept(snomed('282291009', 'diagnose'))],
    code: concept(code),
    subject: facts.patient,
    onsetDateTime: facts.day(daysAgo),
    recorder: facts.generalPractitioner,
  };
}

function episodeOfCare(facts: DossierFacts, diagnosis: FhirResource): FhirResource {
  return {
    resourceType: 'EpisodeOfCare',
    id: facts.id('episode-of-care'),
    meta: profile('nl-core-EpisodeOfCare'),
    extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-EpisodeOfCare.EpisodeOfCareName', valueString: 'Hartfalen' }],
    status: 'active',
    diagnosis: [{ condition: referenceTo(diagnosis) }],
    patient: facts.patient,
    period: { start: facts.day(2200) },
  };
}

/** No published profile: base FamilyMemberHistory (spec §4). */
function familyHistory(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'FamilyMemberHistory',
    id: facts.id('family-history'),
    status: 'completed',
    patient: facts.patient,
    date: facts.day(700),
    relationship: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'NFTH', display: 'natural father' }] },
    deceasedAge: quantity(69, 'a', 'jaar'),
    condition: [{ code: concept(snomed('22298006', 'myocardinfarct')), contributedToDeath: true }],
  };
}

function alcoholUse(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Observation',
    id: facts.id('alcohol-use'),
    meta: profile('nl-core-AlcoholUse'),
    status: 'final',
    code: concept(snomed('228273003', 'bevinding betreffende alcoholgebruik')),
    subject: facts.patient,
    effectivePeriod: { start: facts.day(4000) },
    valueCodeableConcept: concept(snomed('219006', 'drinkt alcohol')),
    component: [{ code: concept(snomed('897148007', 'inname van alcoholische drank')), valueQuantity: quantity(2, '{eenheden per week}', 'eenheden per week') }],
  };
}

function drugUse(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Observation',
    id: facts.id('drug-use'),
    meta: profile('nl-core-DrugUse'),
    status: 'final',
    code: concept(snomed('228366006', 'bevinding betreffende drugsgebruik')),
    subject: facts.patient,
    effectivePeriod: { start: facts.day(4000) },
    valueCodeableConcept: concept(snomed('228367002', 'gebruikt geen drugs')),
  };
}
