import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, loinc, profile, snomed } from './fhir-resource.js';
import { mainProblem } from './medical-history.js';

const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';
const law = [{ uri: 'https://wetten.overheid.nl/' }];

/** Allergies, alerts, directives, vaccinations, agreements (spec anw-fhir-profiles §3.4). */
export function medicalPolicyChapter(facts: DossierFacts): FhirResource[] {
  return [allergy(facts), alert(facts), treatmentDirective(facts), advanceDirective(facts), freedomRestriction(facts), careAgreement(facts), vaccination(facts), plannedVaccination(facts)];
}

function allergy(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'AllergyIntolerance',
    id: facts.id('allergy-penicillin'),
    meta: profile('nl-core-AllergyIntolerance'),
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active', display: 'Active' }] },
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'confirmed', display: 'Confirmed' }] },
    category: ['medication'],
    criticality: 'high',
    code: concept(snomed('764146007', 'penicilline')),
    patient: facts.patient,
    onsetDateTime: facts.day(9000),
    reaction: [{ manifestation: [concept(snomed('126485001', 'urticaria'))], severity: 'severe' }],
  };
}

function alert(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Flag',
    id: facts.id('alert-falls'),
    meta: profile('nl-core-Alert'),
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueReference: mainProblem(facts) }],
    status: 'active',
    category: [concept(loinc('75323-6', 'Condition'))],
    code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'not-applicable', display: 'Not Applicable' }] },
    subject: facts.patient,
    period: { start: facts.day(400) },
    author: facts.generalPractitioner,
  };
}

function treatmentDirective(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Consent',
    id: facts.id('treatment-directive'),
    meta: profile('nl-core-TreatmentDirective2'),
    status: 'active',
    scope: { coding: [{ system: consentScope, code: 'treatment', display: 'Treatment' }] },
    category: [concept(snomed('129125009', 'verrichting met expliciete context'))],
    patient: facts.patient,
    dateTime: facts.day(380),
    policy: law,
    provision: { type: 'deny', actor: [consenter(facts)], code: [concept(snomed('89666000', 'cardiopulmonale resuscitatie'))] },
  };
}

function consenter(facts: DossierFacts): object {
  return { role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'CONSENTER', display: 'consenter' }] }, reference: facts.patient };
}

function advanceDirective(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Consent',
    id: facts.id('advance-directive'),
    meta: profile('nl-core-AdvanceDirective'),
    extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-Comment', valueString: 'Verklaring ligt in de blauwe map in de kast van de woonkamer.' }],
    status: 'active',
    scope: { coding: [{ system: consentScope, code: 'adr', display: 'Advanced Care Directive' }] },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code: 'acd', display: 'Advance Directive' }] }],
    patient: facts.patient,
    dateTime: facts.day(380),
    policy: law,
    provision: {
      actor: [
        {
          role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'RESPRSN', display: 'responsible party' }] },
          reference: { reference: `RelatedPerson/${facts.id('contact-person')}`, type: 'RelatedPerson', display: `Karin ${facts.client.familyName}` },
        },
      ],
      code: [{ coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.14.1', code: 'NR', display: 'Niet reanimeren verklaring' }] }],
    },
  };
}

function freedomRestriction(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Procedure',
    id: facts.id('freedom-restriction'),
    meta: profile('nl-core-FreedomRestrictingIntervention'),
    extension: [
      {
        url: 'http://nictiz.nl/fhir/StructureDefinition/ext-FreedomRestrictingIntervention.LegallyCapable',
        extension: [{ url: 'legallyCapable', valueBoolean: true }],
      },
      {
        url: 'http://nictiz.nl/fhir/StructureDefinition/ext-FreedomRestrictingIntervention.Assent',
        valueCodeableConcept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.6.1', code: '2', display: 'Instemming patiënt' }] },
      },
    ],
    status: 'in-progress',
    category: concept(snomed('225317005', 'beperking van bewegingsvrijheid')),
    code: { text: 'Bedhekken omhoog in de nacht, op eigen verzoek' },
    subject: facts.patient,
    performedPeriod: { start: facts.day(60) },
    performer: [{ actor: facts.nurse }],
  };
}

/** No published profile: a CarePlan with the category of the zib (spec §4). */
function careAgreement(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'CarePlan',
    id: facts.id('care-agreement'),
    status: 'active',
    intent: 'plan',
    category: [concept(snomed('288834001', 'instemmen met zorgplan'))],
    subject: facts.patient,
    period: { start: facts.day(120) },
    contributor: [facts.patient, facts.nurse],
    addresses: [mainProblem(facts)],
    activity: [
      {
        detail: {
          code: { text: 'Bij benauwdheid in de nacht eerst de thuiszorg bellen; bij pijn op de borst direct 112.' },
          description: 'Afgesproken met cliënt en dochter.',
          status: 'in-progress',
          performer: [facts.nurse],
        },
      },
    ],
  };
}

function vaccination(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Immunization',
    id: facts.id('vaccination'),
    meta: profile('nl-core-Vaccination-event'),
    status: 'completed',
    vaccineCode: { coding: [{ system: 'http://www.whocc.no/atc', code: 'J07BB02', display: 'Influenzavaccin, geïnactiveerd' }] },
    patient: facts.patient,
    occurrenceDateTime: facts.day(33),
    performer: [{ function: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0443', code: 'AP' }] }, actor: facts.generalPractitioner }],
  };
}

function plannedVaccination(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'ImmunizationRecommendation',
    id: facts.id('vaccination-planned'),
    meta: profile('nl-core-Vaccination-request'),
    patient: facts.patient,
    date: facts.instant(33, 10),
    recommendation: [
      {
        vaccineCode: [{ coding: [{ system: 'http://www.whocc.no/atc', code: 'J07AL02', display: 'Pneumokokkenvaccin, geconjugeerd' }] }],
        forecastStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status', code: 'due', display: 'Due' }] },
        dateCriterion: [{ code: { coding: [{ system: 'http://loinc.org', code: '30980-7', display: 'Date vaccine due' }] }, value: facts.day(-60) }],
      },
    ],
  };
}
