export { endEnrolment } from './end-enrolment.js';
export { enrolPatient, type EnrolPatientInput, type EnrolPatientPorts } from './enrol-patient.js';
export type { Enrolment, EnrolmentStore } from './enrolment.js';
