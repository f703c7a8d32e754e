import { codeToken, CONDITION_CLINICAL } from './code-systems.js';
import type { Zib } from './zibs.js';
import { advanceDirectiveZib, alertZib, allergyIntoleranceZib, contactPersonZib, medicationUseZib, problemZib, tellingTokens, treatmentDirectiveZib } from './zibs.js';
import { bloodPressureZib, bodyHeightZib, bodyTemperatureZib, bodyWeightZib, nursingReportZib, oxygenSaturationZib, patientZib, pulseRateZib } from './zibs.js';

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
 * parameters. All are mandatory but `_sort`, `_count` and what is marked optional; nothing else is allowed beside them.
 */
export interface AllowedSearch {
  readonly name: string;
  readonly type: string;
  readonly patientParameter: '_id' | 'patient';
  /** Which of the patient's resources. Absent: all of the type. More than one token: a comma list in this order. */
  readonly discriminator?: Discriminator;
  /** Canonical that may stand in for the discriminator as `_profile`. */
  readonly profile?: string;
  readonly includes: readonly AllowedInclude[];
  /** Whether `_sort=-date` may be asked. */
  readonly sortable: boolean;
}

export interface Discriminator {
  readonly parameter: string;
  readonly tokens: readonly string[];
  readonly optional?: boolean;
  /** How a request writes it, where that is not the tokens: `clinical-status=active`, whose system R4 fixes. */
  readonly written?: string;
}

/** The value that a request gives the discriminator, exactly. */
export function writtenValue({ written, tokens }: Discriminator): string {
  return written ?? tokens.join(',');
}

/** Which single resources an authorization opens by id. */
export interface AllowedRead {
  readonly type: string;
  readonly which: 'authorized-patient' | 'written-under-this-authorization';
}

/** Largest page. More is refused: §10.2 lists it among the attempts. */
export const MAXIMUM_COUNT = 100;

function searchByZib(zib: Zib & Required<Pick<Zib, 'recognisedBy'>>): AllowedSearch {
  const { parameter, token } = zib.recognisedBy;
  return { name: zib.name, type: zib.type, patientParameter: 'patient', discriminator: { parameter, tokens: [token] }, profile: zib.profile, includes: [], sortable: true };
}

const patientWithGeneralPractitioner: AllowedSearch = {
  name: patientZib.name,
  type: 'Patient',
  patientParameter: '_id',
  includes: [
    { parameter: '_include', value: 'Patient:general-practitioner', from: 'Patient', element: 'generalPractitioner', targets: ['PractitionerRole', 'Practitioner', 'Organization'] },
    { parameter: '_include:iterate', value: 'PractitionerRole:organization', from: 'PractitionerRole', element: 'organization', targets: ['Organization'] },
  ],
  sortable: false,
};

/** "No useful date sort everywhere: the client sorts" (spec anw-fhir-profiles §2). Without a telling code: all of the type. */
function searchUnsorted(zib: Zib): AllowedSearch {
  const { name, type, profile, recognisedBy } = zib;
  const discriminator = recognisedBy && { parameter: recognisedBy.parameter, tokens: tellingTokens(zib) };
  return { name, type, patientParameter: 'patient', ...(discriminator === undefined ? {} : { discriminator }), profile, includes: [], sortable: false };
}

const medicationUseWithProduct: AllowedSearch = {
  ...searchUnsorted(medicationUseZib),
  includes: [{ parameter: '_include', value: 'MedicationStatement:medication', from: 'MedicationStatement', element: 'medicationReference', targets: ['Medication'] }],
};

/** "The whole list: drop the status" (spec anw-fhir-profiles §3.3); the profile tells no more than the type. */
const allProblems: AllowedSearch = { ...searchUnsorted(problemZib), name: 'all-problems' };

const activeProblems: AllowedSearch = {
  name: problemZib.name,
  type: problemZib.type,
  patientParameter: 'patient',
  discriminator: { parameter: 'clinical-status', tokens: [codeToken(CONDITION_CLINICAL, 'active')], written: 'active' },
  includes: [],
  sortable: false,
};

const searchesAtTheDoor: readonly AllowedSearch[] = [
  ...[alertZib, allergyIntoleranceZib, treatmentDirectiveZib, advanceDirectiveZib, contactPersonZib].map(searchUnsorted),
  medicationUseWithProduct,
  activeProblems,
  allProblems,
];

/**
 * The searches of one authorization. A zib more is an entry more. Heart rate, respiration and visual acuity are not in
 * the read table of chapter 4: who wrote one reads it back by its id only (spec anw-fhir-profiles §1).
 */
export const allowedSearches: readonly AllowedSearch[] = [
  patientWithGeneralPractitioner,
  searchByZib(bloodPressureZib),
  searchByZib(nursingReportZib),
  searchByZib(bodyWeightZib),
  searchByZib(bodyHeightZib),
  searchByZib(bodyTemperatureZib),
  searchByZib(oxygenSaturationZib),
  searchByZib(pulseRateZib),
  ...searchesAtTheDoor,
];

export const allowedReads: readonly AllowedRead[] = [
  { type: 'Patient', which: 'authorized-patient' },
  { type: 'Observation', which: 'written-under-this-authorization' },
];

/** Types that may be written back; which instances is for the validators (spec anw-fhir-profiles §9). */
export const allowedCreates: readonly string[] = ['Observation'];
