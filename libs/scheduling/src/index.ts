export type { KnownRegisseur, KnownRegisseurStore } from './known-regisseur.js';
export { distanceKilometres, type PostcodeArea, type PostcodeAreaStore } from './places/places.js';
export { type Candidate, loadWords, proposalReason, proposeOrder } from './proposal/propose-order.js';
export { isShiftOver, MAX_SHIFT_SECONDS, placeOfShift, type Shift, type ShiftFault, shiftFault, type ShiftStore, whoIsOnDuty } from './shift.js';
export { type VisitStop, visitRoute } from './visit-route.js';
export { readMoment } from './roster/read-moment.js';
export { headingFaults, type ReadRoster, readRoster, type RosterColumn, rosterColumns, type RosterContext, type RosterFault, type RosterLine, type RosterRecord, rosterShiftId } from './roster/read-roster.js';
