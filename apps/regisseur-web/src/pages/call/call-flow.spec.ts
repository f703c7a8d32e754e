import type { FoundPatientView } from '@anw/api-contracts';
import { type CallAction, type CallFlow, canGoTo, type ChosenPractitioner, hasEnded, isEmpty, reduceCall, startCall, type TypedOrder } from './call-flow.js';

let made = 0;
const uuid = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
const play = (actions: readonly CallAction[], from: CallFlow = startCall(uuid)) => actions.reduce(reduceCall, from);

const patient = { custodian: { did: 'did:web:bron.example:iam:1', name: 'De Linde' }, handle: 'urn:uuid:1', name: 'A. de Vries', birthDate: '1941-02-03' } as unknown as FoundPatientView;
const other = { ...patient, handle: 'urn:uuid:2' } as unknown as FoundPatientView;
const practitioner: ChosenPractitioner = { shift: uuid(), name: 'Noor de Wit', actor: 'Wijkzorg Nacht', until: '2026-11-23T06:00:00Z' };
const order: TypedOrder = { note: 'Gevallen', urgency: 'urgent', from: '22:10', until: '23:10', homeAccess: false };

const recorded: readonly CallAction[] = [{ type: 'request-typed', request: { reportedBy: 'Dochter', description: 'Gevallen' } }, { type: 'request-recorded' }];
const triaged: readonly CallAction[] = [...recorded, { type: 'question-answered', answer: { question: 'danger', answer: 'no' } }, { type: 'triage-concluded', conclusion: { outcome: 'out-of-hours-care', urgency: 'urgent' } }];
const found: readonly CallAction[] = [...triaged, { type: 'patient-chosen', patient }];
const assigned: readonly CallAction[] = [...found, { type: 'practitioner-chosen', practitioner, order }];

describe('a call at the desk', () => {
  it('goes from what the caller says to the order, one step after the other', () => {
    expect([[], recorded, triaged, found, assigned].map((actions) => play(actions).step)).toEqual(['request', 'triage', 'patient', 'practitioner', 'order']);
  });

  it('keeps one id for the care request and one for the order, whatever happens', () => {
    const start = startCall(uuid);
    const end = play(assigned, start);
    expect([end.careRequest, end.requestId]).toEqual([start.careRequest, start.requestId]);
  });

  it('does not skip a step', () => {
    const flow = play(recorded);
    expect(canGoTo(flow, 'patient')).toBe(false);
    expect(reduceCall(flow, { type: 'went-to', step: 'order' })).toBe(flow);
  });

  it('goes back to a step and on again without losing what was done', () => {
    const before = play(assigned);
    const back = reduceCall(before, { type: 'went-to', step: 'triage' });
    expect(back.step).toBe('triage');
    expect(reduceCall(back, { type: 'went-to', step: 'order' })).toEqual(before);
  });

  it('keeps what the server recorded as it was recorded', () => {
    expect(play([...recorded, { type: 'request-typed', request: { description: 'Anders' } }]).request.description).toBe('Gevallen');
  });

  it('takes back the last answer, and with it the end that it led to', () => {
    const flow = play([...triaged, { type: 'answer-taken-back' }]);
    expect([flow.answers, flow.conclusion]).toEqual([[], undefined]);
  });

  it('ends without a visit when triage says so', () => {
    const flow = play([...recorded, { type: 'triage-concluded', conclusion: { outcome: 'emergency-112' } }]);
    expect([hasEnded(flow), flow.step, canGoTo(flow, 'patient')]).toEqual([true, 'triage', false]);
  });

  it('forgets who was to be sent once another patient is chosen: the light was for the first', () => {
    expect(play([...assigned, { type: 'patient-chosen', patient: other }]).practitioner).toBeUndefined();
    expect(play([...assigned, { type: 'patient-chosen', patient }]).practitioner).toEqual(practitioner);
  });

  it('takes the address that the custodian knows, unless the caller said another', () => {
    const known = { ...patient, address: 'Lindelaan 14' } as FoundPatientView;
    const chosen = play([...triaged, { type: 'patient-chosen', patient: known }]);
    expect(chosen.search.address).toBe('Lindelaan 14');
    expect(reduceCall(chosen, { type: 'patient-chosen', patient: { ...other, address: 'Molenerf 27' } as FoundPatientView }).search.address).toBe('Molenerf 27');
    expect(play([...triaged, { type: 'search-typed', search: { address: 'Bij haar zus, Hoge Weide 3' } }, { type: 'patient-chosen', patient: known }]).search.address).toBe('Bij haar zus, Hoge Weide 3');
  });

  it('keeps the note when somebody else is to be sent, and takes her times', () => {
    const typed = play([...assigned, { type: 'order-typed', order: { note: 'Sleutel bij de buren' } }, { type: 'practitioner-chosen', practitioner: { ...practitioner, name: 'Sem' }, order: { ...order, until: '23:00' } }]);
    expect([typed.order?.note, typed.order?.until, typed.practitioner?.name]).toEqual(['Sleutel bij de buren', '23:00', 'Sem']);
  });

  it('has nothing to lose until something is typed', () => {
    expect(isEmpty(startCall(uuid))).toBe(true);
    expect(isEmpty(play(recorded.slice(0, 1)))).toBe(false);
  });
});
