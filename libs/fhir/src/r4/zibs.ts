import { chapterFour } from './zibs/chapter-four.js';
import { legalRepresentationZib, legalStatusZib } from './zibs/medical-history.js';
import { pharmaceuticalProductZib } from './zibs/medication.js';
import { healthcareProviderZib, healthProfessionalRoleZib, healthProfessionalZib, homeAccess } from './zibs/people.js';
import type { Zib } from './zibs/zib.js';

export {
  functionalOrMentalStatusZib,
  medicalDeviceProductZib,
  medicalDeviceZib,
  nursingInterventionZib,
  outcomeOfCareZib,
  plannedProcedureZib,
  procedureZib,
  treatmentObjectiveZib,
} from './zibs/care-plan.js';
export { type ChapterFourItem, chapterFour } from './zibs/chapter-four.js';
export {
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
} from './zibs/measurements.js';
export { alcoholUseZib, drugUseZib, episodeOfCareZib, familyHistoryZib, legalRepresentationZib, legalStatusZib, problemZib } from './zibs/medical-history.js';
export {
  advanceDirectiveZib,
  alertZib,
  allergyIntoleranceZib,
  careAgreementZib,
  freedomRestrictionZib,
  plannedVaccinationZib,
  treatmentDirectiveZib,
  vaccinationZib,
} from './zibs/medical-policy.js';
export {
  administrationAgreementZib,
  medicationAdministrationZib,
  medicationAgreementZib,
  medicationContraIndicationZib,
  medicationUseZib,
  pharmaceuticalProductZib,
} from './zibs/medication.js';
export { contactPersonZib, healthcareProviderZib, healthProfessionalRoleZib, healthProfessionalZib, homeAccess, patientZib } from './zibs/people.js';
export { nursingReportZib, soapLineZib, soapReportZib, textResultZib } from './zibs/reports.js';
export { type PublishedZib, type Recognition, tellingTokens, type Zib } from './zibs/zib.js';

/** Everything that this face serves: the zibs of chapter 4 with their parts, and who and what they point at. */
export const zibs: readonly Zib[] = [
  ...chapterFour.flatMap((item) => item.zibs).filter((zib) => zib !== homeAccess),
  legalStatusZib,
  legalRepresentationZib,
  pharmaceuticalProductZib,
  healthProfessionalRoleZib,
  healthProfessionalZib,
  healthcareProviderZib,
];
