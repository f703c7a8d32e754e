/** Every page of the custodian but the first, loaded together. */
export { AllowlistPage } from './allowlist/AllowlistPage.js';
export { AssurancePage } from './assurance/AssurancePage.js';
export { ChangesPage } from './changes/ChangesPage.js';
export { EnrolmentsPage } from './enrolments/EnrolmentsPage.js';
export { FromAnwPage } from './from-anw/FromAnwPage.js';
export { LogPage } from './log/LogPage.js';
export { PartnersPage } from './partners/PartnersPage.js';
export { RefusalPage } from './refusals/RefusalPage.js';
