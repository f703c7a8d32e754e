export type { KnownRegisseur, KnownRegisseurStore } from './known-regisseur.js';
export { isShiftOver, MAX_SHIFT_SECONDS, type Shift, type ShiftFault, shiftFault, type ShiftStore, whoIsOnDuty } from './shift.js';
export { type VisitStop, visitRoute } from './visit-route.js';
