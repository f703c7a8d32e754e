export { type CarriedDraft, carryKept, countKept, deviceKeepsNothing, deviceVault, forgetLocally, keptSoFar, noteKeeping, onCarried, onKeptChange, watchDevice } from './device.js';
export { backToWriting, changedFields, type FormValues, isSameForm, type KeptDraft, mergeForms, toSend, typed } from './kept-draft.js';
export { forgetLost, type LostDraft, lostDrafts, onLostChange } from './lost-drafts.js';
