export { Bsn } from './bsn.js';
export { printDutchInstant } from './dutch-instant.js';
export { type Clock, epochSeconds, fromEpochSeconds } from './clock.js';
export { Did, DidUrl, didOf, fragmentOf } from './did.js';
export { HomeAccessId, HomeAccessReason, homeAccessReasons, printHomeAccessReason } from './home-access.js';
export { EmployeeIdentifier, OrganisationId, OrganisationName } from './organisation.js';
export { PatientHandle, PatientId } from './patient.js';
export { contains, type ValidityPeriod } from './period.js';
export { ANW_PURPOSE_OF_USE } from './purpose-of-use.js';
