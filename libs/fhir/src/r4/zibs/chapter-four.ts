import { functionalOrMentalStatusZib, medicalDeviceProductZib, medicalDeviceZib, nursingInterventionZib, outcomeOfCareZib, plannedProcedureZib, procedureZib, treatmentObjectiveZib } from './care-plan.js';
import {
  bloodPressureZib,
  bodyHeightZib,
  bodyTemperatureZib,
  bodyWeightZib,
  heartbeatRegularityZib,
  heartRateZib,
  laboratorySpecimenZib,
  laboratoryTestResultZib,
  oxygenSaturationZib,
  pulsePanelZib,
  pulseRateZib,
  pulseRegularityZib,
  respirationZib,
  visualAcuityZib,
} from './measurements.js';
import { alcoholUseZib, drugUseZib, episodeOfCareZib, familyHistoryZib, problemZib } from './medical-history.js';
import { advanceDirectiveZib, alertZib, allergyIntoleranceZib, careAgreementZib, freedomRestrictionZib, plannedVaccinationZib, treatmentDirectiveZib, vaccinationZib } from './medical-policy.js';
import { administrationAgreementZib, medicationAdministrationZib, medicationAgreementZib, medicationContraIndicationZib, medicationUseZib } from './medication.js';
import { contactPersonZib, homeAccess, patientZib } from './people.js';
import { nursingReportZib, soapLineZib, soapReportZib, textResultZib } from './reports.js';
import type { Zib } from './zib.js';

/** A row of the tables of chapter 4. */
export interface ChapterFourItem {
  /** Its place in spec anw-fhir-profiles §1. */
  readonly number: number;
  /** As chapter 4 writes it. */
  readonly dutchName: string;
  /** In the read table. */
  readonly read: boolean;
  /** In the write-back table. */
  readonly write: boolean;
  /** What carries it; the first one is the item itself, the others its parts. */
  readonly zibs: readonly [Zib, ...Zib[]];
}

const read = { read: true, write: false };
const write = { read: false, write: true };
const both = { read: true, write: true };

/** Everything that chapter 4 lets be read and written back, in the order of spec anw-fhir-profiles §1. */
export const chapterFour: readonly ChapterFourItem[] = [
  { number: 1, dutchName: 'SOEPVerslag', ...both, zibs: [soapReportZib, soapLineZib, nursingReportZib] },
  { number: 2, dutchName: 'Patient', ...read, zibs: [patientZib] },
  { number: 3, dutchName: 'Bloeddruk', ...both, zibs: [bloodPressureZib] },
  { number: 4, dutchName: 'LaboratoriumUitslag', ...read, zibs: [laboratoryTestResultZib, laboratorySpecimenZib] },
  { number: 5, dutchName: 'Lichaamsgewicht', ...both, zibs: [bodyWeightZib] },
  { number: 6, dutchName: 'Lichaamslengte', ...both, zibs: [bodyHeightZib] },
  { number: 7, dutchName: 'Lichaamstemperatuur', ...both, zibs: [bodyTemperatureZib] },
  { number: 8, dutchName: 'O2Saturatie', ...both, zibs: [oxygenSaturationZib] },
  { number: 9, dutchName: 'Polsfrequentie', ...both, zibs: [pulseRateZib, pulsePanelZib, pulseRegularityZib] },
  { number: 10, dutchName: 'ZorgEpisode', ...read, zibs: [episodeOfCareZib] },
  { number: 11, dutchName: 'Familieanamnese', ...read, zibs: [familyHistoryZib] },
  { number: 12, dutchName: 'AlcoholGebruik', ...read, zibs: [alcoholUseZib] },
  { number: 13, dutchName: 'DrugsGebruik', ...read, zibs: [drugUseZib] },
  { number: 14, dutchName: 'Probleem', ...read, zibs: [problemZib] },
  { number: 15, dutchName: 'AllergieIntolerantie', ...read, zibs: [allergyIntoleranceZib] },
  { number: 16, dutchName: 'Alert', ...read, zibs: [alertZib] },
  { number: 17, dutchName: 'BehandelAanwijzing2', ...read, zibs: [treatmentDirectiveZib] },
  { number: 18, dutchName: 'VrijheidsbeperkendeInterventie', ...read, zibs: [freedomRestrictionZib] },
  { number: 19, dutchName: 'ZorgAfspraak', ...read, zibs: [careAgreementZib] },
  { number: 20, dutchName: 'Wilsverklaring', ...read, zibs: [advanceDirectiveZib] },
  { number: 21, dutchName: 'Vaccinatie', ...read, zibs: [vaccinationZib, plannedVaccinationZib] },
  { number: 22, dutchName: 'VerpleegkundigeInterventie', ...read, zibs: [nursingInterventionZib] },
  { number: 23, dutchName: 'Behandeldoel', ...read, zibs: [treatmentObjectiveZib] },
  { number: 24, dutchName: 'MedischHulpmiddel', ...read, zibs: [medicalDeviceZib, medicalDeviceProductZib] },
  { number: 25, dutchName: 'UitkomstVanZorg', ...read, zibs: [outcomeOfCareZib, functionalOrMentalStatusZib] },
  { number: 26, dutchName: 'Verrichting', ...read, zibs: [procedureZib, plannedProcedureZib] },
  { number: 27, dutchName: 'MedicatieGebruik2', ...both, zibs: [medicationUseZib] },
  { number: 28, dutchName: 'MedicatieContraIndicatie', ...read, zibs: [medicationContraIndicationZib] },
  { number: 29, dutchName: 'MedicatieToediening2', ...both, zibs: [medicationAdministrationZib] },
  { number: 30, dutchName: 'MedicatieAfspraak', ...read, zibs: [medicationAgreementZib] },
  { number: 31, dutchName: 'ToedieningsAfspraak', ...read, zibs: [administrationAgreementZib] },
  { number: 32, dutchName: 'Contactpersoon', ...read, zibs: [contactPersonZib] },
  { number: 33, dutchName: 'Toegang tot de woning', ...read, zibs: [homeAccess] },
  { number: 34, dutchName: 'Ademhaling', ...write, zibs: [respirationZib] },
  { number: 35, dutchName: 'Hartfrequentie', ...write, zibs: [heartRateZib, heartbeatRegularityZib] },
  { number: 36, dutchName: 'Visus', ...write, zibs: [visualAcuityZib] },
  { number: 37, dutchName: 'TekstUitslag', ...write, zibs: [textResultZib] },
];
