import type { DossierFacts } from './dossier-facts.js';
import { type Coding, concept, type FhirResource, loinc, profile, quantity, referenceTo, snomed } from './fhir-resource.js';

const vitalSigns = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs', display: 'Vital Signs' }] };

/** Measurements of the last weeks, several of those that a nurse compares (spec anw-fhir-profiles §3.1). */
export function measurementsChapter(facts: DossierFacts): FhirResource[] {
  return [
    ...[1, 4, 8, 15, 29, 57].map((daysAgo, index) => bloodPressure(facts, daysAgo, index)),
    ...[3, 33].map((daysAgo) => bodyWeight(facts, daysAgo)),
    bodyHeight(facts),
    ...[1, 4].map((daysAgo) => bodyTemperature(facts, daysAgo)),
    oxygenSaturation(facts),
    ...pulseRate(facts),
    ...heartRate(facts),
    respiration(facts),
    visualAcuity(facts),
    ...laboratory(facts),
  ];
}

interface Measurement {
  readonly name: string;
  readonly profile: string;
  readonly code: readonly Coding[];
  readonly at: string;
  readonly category?: object;
  readonly [element: string]: unknown;
}

function observation(facts: DossierFacts, { name, profile: profileName, code, at, category = vitalSigns, ...rest }: Measurement): FhirResource {
  return {
    resourceType: 'Observation',
    id: facts.id(name),
    meta: profileName.startsWith('http') ? { profile: [profileName] } : profile(profileName),
    status: 'final',
    category: [category],
    code: { coding: code },
    subject: facts.patient,
    effectiveDateTime: at,
    performer: [facts.nurse],
    ...rest,
  };
}

function bloodPressure(facts: DossierFacts, daysAgo: number, index: number): FhirResource {
  const systolic = 138 + facts.client.variation * 3 + ((index * 5) % 11);
  const diastolic = 82 + facts.client.variation - ((index * 3) % 7);
  return observation(facts, {
    name: `blood-pressure-${index + 1}`,
    profile: 'nl-core-BloodPressure',
    code: [loinc('85354-9', 'Blood pressure panel with all children optional')],
    at: facts.instant(daysAgo, 9),
    bodySite: concept(snomed('368208006', 'structuur van linker bovenarm')),
    component: [
      { code: concept(loinc('8480-6', 'Systolic blood pressure')), valueQuantity: quantity(systolic, 'mm[Hg]', 'mmHg') },
      { code: concept(loinc('8462-4', 'Diastolic blood pressure')), valueQuantity: quantity(diastolic, 'mm[Hg]', 'mmHg') },
      {
        code: concept(snomed('70665002', 'bloeddrukmanchet')),
        valueCodeableConcept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1', code: 'STD', display: 'Standaard' }] },
      },
    ],
  });
}

function bodyWeight(facts: DossierFacts, daysAgo: number): FhirResource {
  return observation(facts, {
    name: `body-weight-${daysAgo}`,
    profile: 'nl-core-BodyWeight',
    code: [loinc('29463-7', 'Body weight')],
    at: facts.instant(daysAgo, 8),
    valueQuantity: quantity(68.4 + facts.client.variation * 2.5 + Math.round(daysAgo / 5) / 10, 'kg'),
    component: [
      {
        code: concept(snomed('248159006', 'gekleed')),
        valueCodeableConcept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.8.1', code: 'MINIMAL', display: 'Minimaal gekleed' }] },
      },
    ],
  });
}

function bodyHeight(facts: DossierFacts): FhirResource {
  return observation(facts, {
    name: 'body-height',
    profile: 'nl-core-BodyHeight',
    code: [loinc('8302-2', 'Body height')],
    at: facts.instant(200, 10),
    valueQuantity: quantity(164 + facts.client.variation * 4, 'cm'),
    component: [{ code: concept(snomed('425260001', 'bevinding betreffende lichaamshouding')), valueCodeableConcept: concept(snomed('10904000', 'staan')) }],
  });
}

function bodyTemperature(facts: DossierFacts, daysAgo: number): FhirResource {
  return observation(facts, {
    name: `body-temperature-${daysAgo}`,
    profile: 'nl-core-BodyTemperature',
    code: [loinc('8310-5', 'Body temperature'), snomed('415974002', 'temperatuur van trommelvlies')],
    at: facts.instant(daysAgo, 9),
    valueQuantity: quantity(36.8 + facts.client.variation / 10, 'Cel', '°C'),
  });
}

function oxygenSaturation(facts: DossierFacts): FhirResource {
  return observation(facts, {
    name: 'oxygen-saturation',
    profile: 'nl-core-O2Saturation',
    code: [loinc('2708-6', 'Oxygen saturation in Arterial blood'), loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry')],
    at: facts.instant(1, 9),
    valueQuantity: quantity(95 - facts.client.variation, '%'),
    component: [{ code: concept(snomed('266702001', 'zuurstoftherapie')), valueBoolean: false }],
  });
}

/** Three Observations: the panel, the number and the regularity. */
function pulseRate(facts: DossierFacts): FhirResource[] {
  const at = facts.instant(1, 9);
  const value = observation(facts, {
    name: 'pulse-rate-value',
    profile: 'nl-core-PulseRate.PulseRateValue',
    code: [loinc('8893-0', 'Heart rate Peripheral artery by palpation')],
    at,
    valueQuantity: quantity(74 + facts.client.variation, '/min'),
  });
  const regularity = observation(facts, {
    name: 'pulse-regularity',
    profile: 'nl-core-PulseRate.PulseRegularity',
    code: [loinc('44969-4', 'Pulse intensity Palpation')],
    at,
    valueCodeableConcept: concept(snomed('271636001', 'regelmatige pulsaties')),
  });
  const panel = observation(facts, {
    name: 'pulse-rate',
    profile: 'nl-core-PulseRate',
    code: [snomed('366199006', 'bevinding betreffende pulsaties')],
    at,
    hasMember: [referenceTo(value), referenceTo(regularity)],
  });
  return [panel, value, regularity];
}

function heartRate(facts: DossierFacts): FhirResource[] {
  const at = facts.instant(8, 9);
  const regularity = observation(facts, {
    name: 'heartbeat-regularity',
    profile: 'nl-core-HeartRate.HeartbeatRegularity',
    code: [snomed('301112006', 'bevinding betreffende ritmiciteit van hartslag')],
    at,
    valueCodeableConcept: concept(snomed('271636001', 'regelmatige pulsaties')),
  });
  const rate = observation(facts, {
    name: 'heart-rate',
    profile: 'nl-core-HeartRate',
    code: [loinc('8867-4', 'Heart rate')],
    at,
    valueQuantity: quantity(76 + facts.client.variation, '/min'),
    interpretation: [concept(snomed('76863003', 'normale hartslag'))],
    hasMember: [referenceTo(regularity)],
  });
  return [rate, regularity];
}

/** No published profile: the frequency alone, under HL7's own (spec §4). */
function respiration(facts: DossierFacts): FhirResource {
  return observation(facts, {
    name: 'respiration',
    profile: 'http://hl7.org/fhir/StructureDefinition/resprate',
    code: [loinc('9279-1', 'Respiratory rate')],
    at: facts.instant(1, 9),
    valueQuantity: quantity(15 + facts.client.variation, '/min'),
  });
}

function visualAcuity(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Observation',
    id: facts.id('visual-acuity'),
    meta: profile('nl-core-VisualAcuity'),
    status: 'final',
    code: concept(snomed('260246004', 'bevinding betreffende visus')),
    subject: facts.patient,
    effectiveDateTime: facts.instant(90, 11),
    performer: [facts.nurse],
    valueQuantity: quantity(0.6, '1', ''),
    bodySite: {
      extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality', valueCodeableConcept: concept(snomed('7771000', 'links')) }],
      coding: [snomed('81745001', 'oog')],
    },
    component: [
      { code: concept(snomed('16830007', 'onderzoek van visus')), valueCodeableConcept: concept(snomed('397536007', 'gecorrigeerde visus')) },
      { code: concept(snomed('152731000146106', 'afstand tot visuskaart')), valueQuantity: quantity(5, 'm') },
    ],
  };
}

/** A result and the specimen that it was found in. */
function laboratory(facts: DossierFacts): FhirResource[] {
  const specimen: FhirResource = {
    resourceType: 'Specimen',
    id: facts.id('specimen'),
    meta: profile('nl-core-LaboratoryTestResult.Specimen'),
    type: concept(snomed('87612001', 'bloed')),
    subject: facts.patient,
    collection: { collectedDateTime: facts.instant(21, 8) },
  };
  const results = [
    { name: 'glucose', code: loinc('15074-8', 'Glucose [Moles/volume] in Blood'), value: 7.1, unit: 'mmol/L', low: 4, high: 7.8 },
    { name: 'egfr', code: loinc('62238-1', 'Glomerular filtration rate predicted by CKD-EPI'), value: 54, unit: 'mL/min/{1.73_m2}', low: 60, high: 120 },
  ];
  return [
    specimen,
    ...results.map(({ name, code, value, unit, low, high }) =>
      observation(facts, {
        name: `laboratory-${name}`,
        profile: 'nl-core-LaboratoryTestResult',
        category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }] },
        code: [code],
        at: facts.instant(21, 14),
        performer: [{ reference: `Organization/${facts.client.custodian}-laboratory`, type: 'Organization', display: 'Streeklaboratorium Oost' }],
        valueQuantity: quantity(value, unit),
        specimen: referenceTo(specimen),
        referenceRange: [{ low: quantity(low, unit), high: quantity(high, unit) }],
      }),
    ),
  ];
}
