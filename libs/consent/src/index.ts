export type { Enrolment, EnrolmentStore } from './enrolment.js';
