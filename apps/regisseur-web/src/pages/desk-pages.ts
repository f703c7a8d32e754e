/** Every page of the desk but the first, loaded together: with a caller on the line none of them is waited for. */
export { CallPage } from './call/CallPage.js';
export { DecisionTreePage } from './decision-tree/DecisionTreePage.js';
export { DutyPage } from './duty/DutyPage.js';
export { HandoverPage } from './handover/HandoverPage.js';
export { VisitPage } from './visits/VisitPage.js';
