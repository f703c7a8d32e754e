import type { CareRequestKind, FoundPatientView, GivenAnswer, TreeEnd, TriageOutcome, Urgency } from '@anw/api-contracts';

/** The steps of one call, in the order in which a triagist with a caller on the line takes them. */
export const callSteps = ['request', 'triage', 'patient', 'practitioner', 'order'] as const;
export type CallStep = (typeof callSteps)[number];

/** What the caller says. */
export interface TypedRequest {
  readonly kind: CareRequestKind;
  readonly reportedBy: string;
  readonly description: string;
  /** How it sounds, before triage. */
  readonly urgency: Urgency;
}

/** How triage ended: by the region's tree, or otherwise and then why. */
export interface TriageConclusion {
  readonly outcome: TriageOutcome;
  readonly urgency?: Urgency;
  /** What to tell the caller, in the words of the tree. */
  readonly advice?: string;
}

export interface ChosenPractitioner {
  readonly shift: string;
  readonly name: string;
  readonly actor: string;
  /** End of the shift. */
  readonly until: string;
  readonly homeAccess?: { readonly proposed: boolean };
}

/** What the nurse gets with it; times are what was typed, `23:30`. */
export interface TypedOrder {
  readonly note: string;
  readonly urgency: Urgency;
  readonly from: string;
  readonly until: string;
  readonly homeAccess: boolean;
}

/** One call from the telephone to the visit. What is `undefined` has still to be done. */
export interface CallFlow {
  readonly step: CallStep;
  /** uuid of the care request and of the order: made once, so that sending twice records once (design D18). */
  readonly careRequest: string;
  readonly requestId: string;
  readonly request: TypedRequest;
  /** Whether the desk's server has the care request. */
  readonly recorded: boolean;
  readonly answers: readonly GivenAnswer[];
  readonly conclusion?: TriageConclusion | undefined;
  readonly search: { readonly familyName: string; readonly birthDate: string; readonly address: string };
  readonly patient?: FoundPatientView;
  readonly practitioner?: ChosenPractitioner | undefined;
  readonly order?: TypedOrder;
}

export type CallAction =
  | { readonly type: 'request-typed'; readonly request: Partial<TypedRequest> }
  | { readonly type: 'request-recorded' }
  | { readonly type: 'question-answered'; readonly answer: GivenAnswer }
  | { readonly type: 'answer-taken-back' }
  | { readonly type: 'triage-concluded'; readonly conclusion: TriageConclusion }
  | { readonly type: 'search-typed'; readonly search: Partial<CallFlow['search']> }
  | { readonly type: 'patient-chosen'; readonly patient: FoundPatientView }
  | { readonly type: 'practitioner-chosen'; readonly practitioner: ChosenPractitioner; readonly order: TypedOrder }
  | { readonly type: 'order-typed'; readonly order: Partial<TypedOrder> }
  | { readonly type: 'went-to'; readonly step: CallStep };

export function startCall(uuid: () => string): CallFlow {
  return {
    step: 'request',
    careRequest: uuid(),
    requestId: uuid(),
    request: { kind: 'unplanned', reportedBy: '', description: '', urgency: 'soon' },
    recorded: false,
    answers: [],
    search: { familyName: '', birthDate: '', address: '' },
  };
}

/** Nothing typed is lost by going back: what follows from a step goes only when that step is done otherwise. */
export function reduceCall(flow: CallFlow, action: CallAction): CallFlow {
  switch (action.type) {
    case 'request-typed':
      return flow.recorded ? flow : { ...flow, request: { ...flow.request, ...action.request } };
    case 'request-recorded':
      return { ...flow, recorded: true, step: 'triage' };
    case 'question-answered':
      return { ...flow, answers: [...flow.answers, action.answer] };
    case 'answer-taken-back':
      return { ...flow, conclusion: undefined, answers: flow.answers.slice(0, -1) };
    case 'triage-concluded':
      return { ...flow, conclusion: action.conclusion, step: action.conclusion.outcome === 'out-of-hours-care' ? nextAfterTriage(flow) : 'triage' };
    case 'search-typed':
      return { ...flow, search: { ...flow.search, ...action.search } };
    case 'patient-chosen':
      return { ...flow, practitioner: isSamePatient(flow.patient, action.patient) ? flow.practitioner : undefined, patient: action.patient, search: { ...flow.search, address: addressFor(flow, action.patient) }, step: 'practitioner' };
    case 'practitioner-chosen':
      return { ...flow, practitioner: action.practitioner, order: { ...action.order, ...(flow.order && { note: flow.order.note, urgency: flow.order.urgency }) }, step: 'order' };
    case 'order-typed':
      return flow.order === undefined ? flow : { ...flow, order: { ...flow.order, ...action.order } };
    case 'went-to':
      return canGoTo(flow, action.step) ? { ...flow, step: action.step } : flow;
  }
}

/** A step can be looked at again, or gone on with, once everything before it is done. */
export function canGoTo(flow: CallFlow, step: CallStep): boolean {
  return callSteps.slice(0, callSteps.indexOf(step)).every((earlier) => isDone(flow, earlier));
}

export function isDone(flow: CallFlow, step: CallStep): boolean {
  switch (step) {
    case 'request':
      return flow.recorded;
    case 'triage':
      return flow.conclusion?.outcome === 'out-of-hours-care';
    case 'patient':
      return flow.patient !== undefined;
    case 'practitioner':
      return flow.practitioner !== undefined;
    case 'order':
      return false;
  }
}

/** The call came to one of the three ends without a visit. */
export function hasEnded({ conclusion }: Pick<CallFlow, 'conclusion'>): boolean {
  return conclusion !== undefined && conclusion.outcome !== 'out-of-hours-care';
}

/** Whether there is anything to lose. */
export function isEmpty({ request, recorded }: CallFlow): boolean {
  return !recorded && request.reportedBy === '' && request.description === '';
}

export function conclusionOf({ outcome, advice, urgency }: TreeEnd): TriageConclusion {
  return { outcome, advice, ...(urgency && { urgency }) };
}

function nextAfterTriage({ patient, practitioner }: CallFlow): CallStep {
  if (patient === undefined) return 'patient';
  return practitioner === undefined ? 'practitioner' : 'order';
}

/** As the caller said it; else as the custodian knows it, unless that was of the patient who was chosen before. */
function addressFor({ search: { address }, patient: before }: CallFlow, patient: FoundPatientView): string {
  const isTyped = address.trim() !== '' && address !== before?.address;
  return isTyped ? address : (patient.address ?? '');
}

function isSamePatient(before: FoundPatientView | undefined, now: FoundPatientView): boolean {
  return before !== undefined && before.handle === now.handle && before.custodian.did === now.custodian.did;
}
