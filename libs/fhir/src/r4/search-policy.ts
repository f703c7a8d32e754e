import { codeToken, CONDITION_CLINICAL } from './code-systems.js';
import {
  administrationAgreementZib,
  advanceDirectiveZib,
  alcoholUseZib,
  alertZib,
  allergyIntoleranceZib,
  bloodPressureZib,
  bodyHeightZib,
  bodyTemperatureZib,
  bodyWeightZib,
  careAgreementZib,
  contactPersonZib,
  drugUseZib,
  episodeOfCareZib,
  familyHistoryZib,
  freedomRestrictionZib,
  functionalOrMentalStatusZib,
  laboratoryTestResultZib,
  medicalDeviceZib,
  medicationAdministrationZib,
  medicationAgreementZib,
  medicationContraIndicationZib,
  medicationUseZib,
  nursingInterventionZib,
  nursingReportZib,
  outcomeOfCareZib,
  oxygenSaturationZib,
  patientZib,
  plannedProcedureZib,
  plannedVaccinationZib,
  problemZib,
  procedureZib,
  type PublishedZib,
  pulsePanelZib,
  pulseRateZib,
  pulseRegularityZib,
  soapLineZib,
  soapReportZib,
  tellingTokens,
  treatmentDirectiveZib,
  treatmentObjectiveZib,
  vaccinationZib,
  type Zib,
} from './zibs.js';

/** Resources that travel along with the matches, because the policy names them. */
export interface AllowedInclude {
  readonly parameter: '_include' | '_include:iterate';
  /** The value, compared exactly: `Patient:general-practitioner`. */
  readonly value: string;
  readonly from: string;
  readonly element: string;
  readonly targets: readonly string[];
}

/**
 * One search that an authorization opens (spec anw-fhir-profiles §10.1): the type, whose, and exactly these
 * parameters. All are mandatory but `_sort` and `_count`; nothing else is allowed beside them.
 */
export interface AllowedSearch {
  readonly name: string;
  /** What it finds. */
  readonly zib: Zib;
  readonly type: string;
  readonly patientParameter: '_id' | 'patient';
  /** Which of the patient's resources. Absent: all of the type. More than one token: a comma list in this order. */
  readonly discriminator?: Discriminator;
  /** Canonical that may stand in for the discriminator as `_profile`. */
  readonly profile?: string;
  readonly includes: readonly AllowedInclude[];
  /** Whether `_sort=-date` and `_count` may be asked. */
  readonly sortable: boolean;
  /** How many a nurse's software asks (request column of §3). Absent: all of them. */
  readonly usualCount?: number;
}

export interface Discriminator {
  readonly parameter: string;
  readonly tokens: readonly string[];
  /** How a request writes it, where that is not the tokens: `clinical-status=active`, whose system R4 fixes. */
  readonly written?: string;
}

/** The value that a request gives the discriminator, exactly. */
export function writtenValue({ written, tokens }: Discriminator): string {
  return written ?? tokens.join(',');
}

/** Which single resources an authorization opens by id. A type may be opened in more than one way. */
export type AllowedRead =
  | { readonly type: string; readonly which: 'authorized-patient' | 'written-under-this-authorization' | 'home-access' }
  /** "Only ids that a resource already given under this authorisation points at" (§10.1). */
  | { readonly type: string; readonly which: 'pointed-at'; readonly by: readonly Pointer[]; /** Anything else of the type stays closed. */ readonly zib?: Zib };

/** Where a given resource may point from: an element, or with an empty path any element at all. */
export interface Pointer {
  /** Absent: a resource of any type. */
  readonly from?: string;
  readonly path: readonly string[];
}

/** When this list last changed: the date of the capability statement. */
export const POLICY_DATE = '2026-11-22';

/** Largest page. More is refused: §10.2 lists it among the attempts. */
export const MAXIMUM_COUNT = 100;

/** "`_sort=-date` for …; the others have no useful date sort everywhere: the client sorts" (spec anw-fhir-profiles §2). */
const SORTABLE_TYPES: readonly string[] = ['Observation', 'DiagnosticReport', 'Composition', 'Procedure', 'Immunization'];

/** By the telling code of the zib; without one, all of its type. */
function searchOf(zib: Zib, more: Partial<Pick<AllowedSearch, 'usualCount' | 'includes'>> = {}): AllowedSearch {
  const { name, type, profile, recognisedBy } = zib;
  const discriminator = recognisedBy && { parameter: recognisedBy.parameter, tokens: tellingTokens(zib) };
  return {
    name,
    zib,
    type,
    patientParameter: 'patient',
    ...(discriminator === undefined ? {} : { discriminator }),
    ...(profile === undefined ? {} : { profile }),
    includes: [],
    sortable: SORTABLE_TYPES.includes(type),
    ...more,
  };
}

/** A status that may be left out makes two searches: those of that status, and all. The profile stands in for neither status. */
function withOptionalStatus(zib: Zib, all: string, status: Discriminator): readonly AllowedSearch[] {
  const { profile: _profile, ...whole } = searchOf(zib);
  return [{ ...whole, discriminator: status }, { ...searchOf(zib), name: all }];
}

/** Of a type of which others than this zib are told by their code, the profile asks for less than the whole type. */
function byProfileAlone(zib: PublishedZib): AllowedSearch {
  const { profile: _profile, ...whole } = searchOf(zib);
  return { ...whole, name: `${zib.name}-by-profile`, discriminator: { parameter: '_profile', tokens: [zib.profile] } };
}

function withProduct(zib: Zib): AllowedSearch {
  const { type } = zib;
  return searchOf(zib, { includes: [{ parameter: '_include', value: `${type}:medication`, from: type, element: 'medicationReference', targets: ['Medication'] }] });
}

const patientWithGeneralPractitioner: AllowedSearch = {
  name: patientZib.name,
  zib: patientZib,
  type: 'Patient',
  patientParameter: '_id',
  includes: [
    { parameter: '_include', value: 'Patient:general-practitioner', from: 'Patient', element: 'generalPractitioner', targets: ['PractitionerRole', 'Practitioner', 'Organization'] },
    { parameter: '_include:iterate', value: 'PractitionerRole:organization', from: 'PractitionerRole', element: 'organization', targets: ['Organization'] },
  ],
  sortable: false,
};

/**
 * Heart rate, respiration, visual acuity and text result are not in the read table of chapter 4: who wrote one reads it
 * back by its id only (spec anw-fhir-profiles §1).
 */
const measurementSearches: readonly AllowedSearch[] = [
  ...[bloodPressureZib, bodyWeightZib, bodyHeightZib, bodyTemperatureZib, oxygenSaturationZib, pulseRateZib, pulsePanelZib, pulseRegularityZib].map((zib) => searchOf(zib, { usualCount: 5 })),
  searchOf(laboratoryTestResultZib, { usualCount: 25 }),
];

const reportSearches: readonly AllowedSearch[] = [nursingReportZib, soapReportZib].map((zib) => searchOf(zib, { usualCount: 10 }));

const historySearches: readonly AllowedSearch[] = [
  ...withOptionalStatus(episodeOfCareZib, 'all-episodes-of-care', { parameter: 'status', tokens: ['active'] }),
  searchOf(familyHistoryZib),
  searchOf(alcoholUseZib),
  searchOf(drugUseZib),
  ...problemSearches(),
];

/** "The whole list: drop the status" (§3.3). Legal situations are Conditions as well, and no problems. */
function problemSearches(): readonly AllowedSearch[] {
  const { profile: _profile, ...whole } = searchOf(problemZib);
  const active = { parameter: 'clinical-status', tokens: [codeToken(CONDITION_CLINICAL, 'active')], written: 'active' };
  return [{ ...whole, discriminator: active }, { ...whole, name: 'all-problems' }, byProfileAlone(problemZib)];
}

const policySearches: readonly AllowedSearch[] = [
  ...[alertZib, allergyIntoleranceZib, treatmentDirectiveZib, advanceDirectiveZib, freedomRestrictionZib, careAgreementZib].map((zib) => searchOf(zib)),
  ...withOptionalStatus(vaccinationZib, 'all-vaccinations', { parameter: 'status', tokens: ['completed'] }),
  searchOf(plannedVaccinationZib),
];

const carePlanSearches: readonly AllowedSearch[] = [
  searchOf(nursingInterventionZib),
  ...withOptionalStatus(treatmentObjectiveZib, 'all-treatment-objectives', { parameter: 'lifecycle-status', tokens: ['active'] }),
  searchOf(medicalDeviceZib, { includes: [{ parameter: '_include', value: 'DeviceUseStatement:device', from: 'DeviceUseStatement', element: 'device', targets: ['Device'] }] }),
  searchOf(outcomeOfCareZib),
  ...procedureSearches(),
];

/** Every Procedure, restrictions of freedom among them; by its profile without those. */
function procedureSearches(): readonly AllowedSearch[] {
  const { profile: _profile, ...whole } = searchOf(procedureZib, { usualCount: 25 });
  return [whole, byProfileAlone(procedureZib), { ...searchOf(plannedProcedureZib), discriminator: { parameter: 'status', tokens: ['active'] } }];
}

const medicationSearches: readonly AllowedSearch[] = [
  ...[medicationUseZib, medicationAgreementZib, administrationAgreementZib, medicationAdministrationZib].map(withProduct),
  searchOf(medicationContraIndicationZib),
];

/** The searches of one authorization, and no other (spec anw-fhir-profiles §10.1). A zib more is an entry more. */
export const allowedSearches: readonly AllowedSearch[] = [
  patientWithGeneralPractitioner,
  searchOf(contactPersonZib),
  ...measurementSearches,
  ...reportSearches,
  ...historySearches,
  ...policySearches,
  ...carePlanSearches,
  ...medicationSearches,
];

/** Types that may be written back; which instances is for the validators (spec anw-fhir-profiles §9). */
export const allowedCreates: readonly string[] = ['Observation', 'Composition', 'DiagnosticReport', 'MedicationStatement', 'MedicationAdministration'];

const anyElement: readonly Pointer[] = [{ path: [] }];

/** What may be read by its id (spec anw-fhir-profiles §10.1). */
export const allowedReads: readonly AllowedRead[] = [
  { type: 'Patient', which: 'authorized-patient' },
  { type: 'Location', which: 'home-access' },
  ...allowedCreates.map((type) => ({ type, which: 'written-under-this-authorization' as const })),
  { type: 'Observation', which: 'pointed-at', by: [{ from: 'Composition', path: ['section', 'entry'] }], zib: soapLineZib },
  { type: 'Observation', which: 'pointed-at', by: [{ from: 'DiagnosticReport', path: ['result'] }], zib: functionalOrMentalStatusZib },
  { type: 'Specimen', which: 'pointed-at', by: [{ from: 'Observation', path: ['specimen'] }] },
  ...['Practitioner', 'PractitionerRole', 'Organization'].map((type) => ({ type, which: 'pointed-at' as const, by: anyElement })),
];
