export { enrolPatient, type EnrolPatientInput, type EnrolPatientPorts, UNTIL_ENDED } from './enrol-patient.js';
export type { Enrolment, EnrolmentStore } from './enrolment.js';
