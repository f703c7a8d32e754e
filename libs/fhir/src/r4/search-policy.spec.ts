import { parseFhirRequest } from './parse-fhir-request.js';
import { allowedSearches } from './search-policy.js';
import { chapterFour, zibs } from './zibs.js';

const LOINC = 'http://loinc.org%7C';
const SCT = 'http://snomed.info/sct%7C';
const profile = (name: string) => `_profile=http://nictiz.nl/fhir/StructureDefinition/${name}`;

/** The request column of §3, `P` written out, per item of §1; the first request of each is the one by code. */
const requests: readonly (readonly [item: number, search: string, query: string])[] = [
  [1, 'soap-report', `Composition?P&type=${SCT}11591000146107&_sort=-date&_count=10`],
  [1, 'soap-report', `Composition?P&${profile('nl-core-SOAPReport')}&_sort=-date&_count=10`],
  [1, 'nursing-report', `Observation?P&code=${SCT}11591000146107&_sort=-date&_count=10`],
  [1, 'nursing-report', 'Observation?P&_profile=https://nuts.nl/fhir/StructureDefinition/nl-core-nursingreport&_sort=-date&_count=10'],
  [2, 'patient', 'Patient?_id=p1&_include=Patient:general-practitioner&_include:iterate=PractitionerRole:organization'],
  [3, 'blood-pressure', `Observation?P&code=${LOINC}85354-9&_sort=-date&_count=5`],
  [3, 'blood-pressure', `Observation?P&${profile('nl-core-BloodPressure')}&_sort=-date&_count=5`],
  [4, 'laboratory-test-result', 'Observation?P&category=http://terminology.hl7.org/CodeSystem/observation-category%7Claboratory&_sort=-date&_count=25'],
  [4, 'laboratory-test-result', `Observation?P&${profile('nl-core-LaboratoryTestResult')}&_sort=-date&_count=25`],
  [5, 'body-weight', `Observation?P&code=${LOINC}29463-7&_sort=-date&_count=5`],
  [5, 'body-weight', `Observation?P&${profile('nl-core-BodyWeight')}`],
  [6, 'body-height', `Observation?P&code=${LOINC}8302-2&_sort=-date&_count=5`],
  [6, 'body-height', `Observation?P&${profile('nl-core-BodyHeight')}`],
  [7, 'body-temperature', `Observation?P&code=${LOINC}8310-5&_sort=-date&_count=5`],
  [7, 'body-temperature', `Observation?P&${profile('nl-core-BodyTemperature')}`],
  [8, 'oxygen-saturation', `Observation?P&code=${LOINC}59408-5&_sort=-date&_count=5`],
  [8, 'oxygen-saturation', `Observation?P&${profile('nl-core-O2Saturation')}`],
  [9, 'pulse-rate', `Observation?P&code=${LOINC}8893-0&_sort=-date&_count=5`],
  [9, 'pulse-rate', `Observation?P&${profile('nl-core-PulseRate.PulseRateValue')}`],
  [9, 'pulse-regularity', `Observation?P&code=${LOINC}44969-4&_sort=-date&_count=5`],
  [9, 'pulse-regularity', `Observation?P&${profile('nl-core-PulseRate.PulseRegularity')}`],
  [9, 'pulse-panel', `Observation?P&code=${SCT}366199006&_sort=-date&_count=5`],
  [9, 'pulse-panel', `Observation?P&${profile('nl-core-PulseRate')}`],
  [10, 'episode-of-care', 'EpisodeOfCare?P&status=active'],
  [10, 'all-episodes-of-care', 'EpisodeOfCare?P'],
  [10, 'all-episodes-of-care', `EpisodeOfCare?P&${profile('nl-core-EpisodeOfCare')}`],
  [11, 'family-history', 'FamilyMemberHistory?P'],
  [12, 'alcohol-use', `Observation?P&code=${SCT}228273003`],
  [12, 'alcohol-use', `Observation?P&${profile('nl-core-AlcoholUse')}`],
  [13, 'drug-use', `Observation?P&code=${SCT}228366006`],
  [13, 'drug-use', `Observation?P&${profile('nl-core-DrugUse')}`],
  [14, 'problem', 'Condition?P&clinical-status=active'],
  [14, 'all-problems', 'Condition?P'],
  [14, 'problem-by-profile', `Condition?P&${profile('nl-core-Problem')}`],
  [15, 'allergy-intolerance', 'AllergyIntolerance?P'],
  [15, 'allergy-intolerance', `AllergyIntolerance?P&${profile('nl-core-AllergyIntolerance')}`],
  [16, 'alert', `Flag?P&category=${LOINC}75323-6,${LOINC}74018-3`],
  [16, 'alert', `Flag?P&${profile('nl-core-Alert')}`],
  [17, 'treatment-directive', `Consent?P&category=${SCT}129125009`],
  [17, 'treatment-directive', `Consent?P&${profile('nl-core-TreatmentDirective2')}`],
  [18, 'freedom-restriction', `Procedure?P&category=${SCT}225317005`],
  [18, 'freedom-restriction', `Procedure?P&${profile('nl-core-FreedomRestrictingIntervention')}`],
  [19, 'care-agreement', `CarePlan?P&category=${SCT}288834001`],
  [20, 'advance-directive', 'Consent?P&category=http://terminology.hl7.org/CodeSystem/consentcategorycodes%7Cacd'],
  [20, 'advance-directive', `Consent?P&${profile('nl-core-AdvanceDirective')}`],
  [21, 'vaccination', 'Immunization?P&status=completed&_sort=-date'],
  [21, 'all-vaccinations', 'Immunization?P'],
  [21, 'all-vaccinations', `Immunization?P&${profile('nl-core-Vaccination-event')}&_sort=-date`],
  [21, 'planned-vaccination', 'ImmunizationRecommendation?P'],
  [21, 'planned-vaccination', `ImmunizationRecommendation?P&${profile('nl-core-Vaccination-request')}`],
  [22, 'nursing-intervention', `CarePlan?P&category=${SCT}9632001`],
  [22, 'nursing-intervention', `CarePlan?P&${profile('nl-core-NursingIntervention')}`],
  [23, 'treatment-objective', 'Goal?P&lifecycle-status=active'],
  [23, 'all-treatment-objectives', 'Goal?P'],
  [23, 'all-treatment-objectives', `Goal?P&${profile('nl-core-TreatmentObjective')}`],
  [24, 'medical-device', 'DeviceUseStatement?P&_include=DeviceUseStatement:device'],
  [24, 'medical-device', `DeviceUseStatement?P&${profile('nl-core-MedicalDevice')}&_include=DeviceUseStatement:device`],
  [25, 'outcome-of-care', `DiagnosticReport?P&code=${SCT}423100009`],
  [26, 'procedure', 'Procedure?P&_sort=-date&_count=25'],
  [26, 'procedure-by-profile', `Procedure?P&${profile('nl-core-Procedure-event')}&_sort=-date`],
  [26, 'planned-procedure', 'ServiceRequest?P&status=active'],
  [26, 'planned-procedure', `ServiceRequest?P&${profile('nl-core-Procedure-request')}`],
  [27, 'medication-use', `MedicationStatement?P&category=${SCT}422979000&_include=MedicationStatement:medication`],
  [27, 'medication-use', `MedicationStatement?P&${profile('mp-MedicationUse2')}&_include=MedicationStatement:medication`],
  [28, 'medication-contra-indication', `Flag?P&category=${SCT}140401000146105`],
  [28, 'medication-contra-indication', `Flag?P&${profile('nl-core-MedicationContraIndication')}`],
  [29, 'medication-administration', `MedicationAdministration?P&category=${SCT}18629005&_include=MedicationAdministration:medication`],
  [29, 'medication-administration', `MedicationAdministration?P&${profile('mp-MedicationAdministration2')}&_include=MedicationAdministration:medication`],
  [30, 'medication-agreement', `MedicationRequest?P&category=${SCT}33633005&_include=MedicationRequest:medication`],
  [30, 'medication-agreement', `MedicationRequest?P&${profile('mp-MedicationAgreement')}&_include=MedicationRequest:medication`],
  [31, 'administration-agreement', `MedicationDispense?P&category=${SCT}422037009&_include=MedicationDispense:medication`],
  [31, 'administration-agreement', `MedicationDispense?P&${profile('mp-AdministrationAgreement')}&_include=MedicationDispense:medication`],
  [32, 'contact-person', 'RelatedPerson?P'],
  [32, 'contact-person', `RelatedPerson?P&${profile('nl-core-ContactPerson')}`],
];

function searchOf(request: string) {
  const [path, query] = request.replace('?P', '?patient=Patient/p1').split('?');
  const parsed = parseFhirRequest({ method: 'GET', path: `/${path}`, query: query ?? '', headers: {} });
  return parsed.ok && parsed.value.kind === 'search' ? parsed.value : parsed;
}

describe('the request column of §3', () => {
  it.each(requests)('item %i: %s is %s', (_item, name, request) => expect(searchOf(request)).toMatchObject({ kind: 'search', patient: 'p1', search: { name } }));

  it('holds every search that is allowed', () => {
    expect(allowedSearches.map(({ name }) => name).filter((name) => !requests.some(([, listed]) => listed === name))).toEqual([]);
  });

  it('asks as many as a nurse’s software asks', () => {
    const asked = requests.flatMap(([, name, request]) => (request.includes('_count') ? [[name, Number(/_count=(\d+)/.exec(request)?.[1])] as const] : []));
    const usual = allowedSearches.flatMap(({ name, usualCount }) => (usualCount === undefined ? [] : [[name, usualCount] as const]));
    expect(new Map(usual)).toEqual(new Map(asked.filter(([name]) => name !== 'procedure-by-profile')));
  });

  it('finds for every item of the read table but the secret that has no search (§3.7)', () => {
    const found = new Set(requests.map(([item]) => item));
    expect(chapterFour.filter(({ read, number }) => read && !found.has(number)).map(({ dutchName }) => dutchName)).toEqual(['Toegang tot de woning']);
  });

  it('has by its profile every zib that has one and is searched', () => {
    const byProfile = allowedSearches.flatMap(({ profile: canonical, discriminator }) => [canonical, ...(discriminator?.parameter === '_profile' ? discriminator.tokens : [])]);
    const searched = allowedSearches.filter(({ zib }) => zib.profile !== undefined && zib.type !== 'Patient').map(({ zib }) => zib.profile);
    expect(searched.filter((canonical) => !byProfile.includes(canonical))).toEqual([]);
  });
});

describe('chapter 4 (§1)', () => {
  it('has 37 items, 33 of them read and 13 written back', () => {
    expect([chapterFour.length, chapterFour.filter(({ read }) => read).length, chapterFour.filter(({ write }) => write).length]).toEqual([37, 33, 13]);
    expect(chapterFour.map(({ number }) => number)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
  });

  it('names nothing twice and tells no two zibs by the same code', () => {
    expect(new Set(zibs.map(({ name }) => name)).size).toBe(zibs.length);
    const tells = zibs.map(({ type, recognisedBy }) => `${type} ${JSON.stringify(recognisedBy)}`);
    expect(new Set(tells).size).toBe(zibs.length);
  });

  it('lets nothing be searched that is written back and not read (§1)', () => {
    const writtenOnly = chapterFour.filter(({ read }) => !read).flatMap((item) => item.zibs);
    expect(allowedSearches.filter(({ zib }) => writtenOnly.includes(zib))).toEqual([]);
  });
});
