import type { Shift } from '@anw/scheduling';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { Authorization } from '../assignment/authorization.js';
import type { CareRequest, TriageOutcome } from '../care-requests/care-request.js';
import { type NightFilter, nightOf, tonight } from './night.js';

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const now = at('21:00');
const nacht = Did.parse('did:web:nacht.example:iam:1');
const ster = Did.parse('did:web:ster.example:iam:2');
const linde = Did.parse('did:web:linde.example:iam:3');
const vecht = Did.parse('did:web:vecht.example:iam:4');
const noor = { identifier: EmployeeIdentifier.parse('e-1'), name: 'Noor Visser' };
const ali = { identifier: EmployeeIdentifier.parse('e-2'), name: 'Ali Demir' };
const triagist = EmployeeIdentifier.parse('t-1');

const triaged = (outcome: TriageOutcome): Pick<CareRequest, 'triage'> => ({ triage: { outcome, decidedAt: at('20:00'), decidedBy: triagist } });
const careRequest = (change: Partial<CareRequest> = {}): CareRequest => ({ id: randomUUID(), kind: 'unplanned', reportedBy: 'Dochter', description: 'Gevallen.', urgency: 'soon', receivedAt: at('19:00'), ...change });
const waiting = (change: Partial<CareRequest> = {}) => careRequest({ ...triaged('out-of-hours-care'), ...change });
const shiftOf = (practitioner: typeof noor, actor: Did, change: Partial<Shift> = {}): Shift => ({ id: randomUUID(), practitioner: { ...practitioner, roleName: 'Verpleegkundige' }, actor, period: { from: at('15:00'), until: at('23:00') }, ...change });

function sent(request: CareRequest, change: Partial<Authorization> = {}): Authorization {
  const id = randomUUID();
  return {
    id,
    credentialId: DidUrl.parse(`did:web:regie.example:iam:9#${id}`),
    credential: 'jwt',
    requestId: randomUUID(),
    careRequest: request.id,
    shift: randomUUID(),
    custodian: { did: linde, name: 'Thuiszorg De Linde' },
    actor: { did: nacht, name: 'Wijkzorg Nacht' },
    practitioner: noor,
    handle: PatientHandle.parse('urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69'),
    delegation: DidUrl.parse(`${linde}#d1`),
    patient: { name: 'A. de Vries', birthDate: '1941-03-02' },
    note: 'Gevallen.',
    urgency: request.urgency,
    visitWindow: { from: at('20:00'), until: at('21:00') },
    homeAccess: false,
    period: { from: at('20:00'), until: at('23:00') },
    issuedAt: at('20:00'),
    issuedBy: triagist,
    offer: randomUUID(),
    ...change,
  };
}

const night = (careRequests: readonly CareRequest[], authorizations: readonly Authorization[] = [], shifts: readonly Shift[] = [], filter: NightFilter = {}) => nightOf({ careRequests, authorizations, shifts }, filter, now);
const stateOf = (request: CareRequest, ...authorizations: readonly Authorization[]) => night([request], authorizations).careRequests[0]?.state;

describe('the state of a care request in the night', () => {
  it('is open until triage is done', () => expect(stateOf(careRequest())).toBe('open'));

  it.each(['nothing-needed', 'informal-carer', 'emergency-112'] as const)('is closed when triage ends in %s', (outcome) => expect(stateOf(careRequest(triaged(outcome)))).toBe('closed'));

  it('waits for somebody when out-of-hours care is needed and nobody was sent', () => expect(stateOf(waiting())).toBe('to-assign'));

  it.each<[string, Partial<Authorization>, string]>([
    ['somebody is on the way', {}, 'assigned'],
    ['somebody goes later', { period: { from: at('22:00'), until: at('23:00') } }, 'assigned'],
    ['nobody opened it before the shift ended', { period: { from: at('18:00'), until: at('20:30') } }, 'to-assign'],
    ['somebody was there until the shift ended', { period: { from: at('18:00'), until: at('20:30') }, openedAt: at('19:00') }, 'closed'],
    ['it was taken back before anybody was there', { revokedAt: at('20:30') }, 'to-assign'],
    ['it was taken back after it was opened', { openedAt: at('20:10'), revokedAt: at('20:30') }, 'to-assign'],
    ['it was taken back after somebody wrote her report', { openedAt: at('20:10'), reportedAt: at('20:20'), revokedAt: at('20:30') }, 'closed'],
  ])('when %s', (_, change, state) => {
    const request = waiting();
    expect(stateOf(request, sent(request, change))).toBe(state);
  });

  it('is assigned while an extension of an opened visit runs, and closed when that is over too', () => {
    const request = waiting();
    const first = sent(request, { period: { from: at('18:00'), until: at('20:30') }, openedAt: at('19:00'), replacedBy: 'next' });
    expect(stateOf(request, sent(request, { period: { from: at('20:30'), until: at('22:00') } }), first)).toBe('assigned');
    expect(stateOf(request, sent(request, { period: { from: at('20:30'), until: at('20:50') } }), first)).toBe('closed');
  });

  it('knows only what was sent for this care request', () => {
    const [request, another] = [waiting(), waiting()];
    const { careRequests } = night([request, another], [sent(another)]);
    expect(careRequests.map(({ state, authorizations }) => [state, authorizations.length])).toEqual([['to-assign', 0], ['assigned', 1]]);
  });
});

describe('the alarms of the night', () => {
  const ringingAt = (time: string, change: Partial<Authorization> = {}) => sent(waiting(), { alarmAt: at(time), ...change });

  it('show first what nobody takes care of yet, then who has waited longest', () => {
    const [seen, late, early, refused] = [ringingAt('20:05', { acknowledged: { at: at('20:06'), by: triagist } }), ringingAt('20:40'), ringingAt('20:20'), sent(waiting(), { refusedAt: at('20:30') })];
    expect(night([], [seen, late, early, refused]).alarms).toEqual([early, refused, late, seen]);
  });

  it.each<[string, Partial<Authorization>]>([
    ['opened', { openedAt: at('20:30') }],
    ['taken back', { revokedAt: at('20:30') }],
    ['taken over by somebody else', { replacedBy: 'next' }],
    ['over', { period: { from: at('18:00'), until: at('20:45') } }],
  ])('do not ring for what was %s', (_, change) => expect(night([], [ringingAt('20:20', change)]).alarms).toEqual([]));
});

describe('the overview of the night', () => {
  const planned = waiting({ kind: 'planned', urgency: 'routine' });
  const urgent = waiting({ urgency: 'urgent' });
  const open = careRequest();
  const ended = careRequest(triaged('nothing-needed'));
  const toNoor = sent(planned, { visitWindow: { from: at('22:00'), until: at('22:30') } });
  const toAli = sent(urgent, { practitioner: ali, actor: { did: ster, name: 'Avondster' }, custodian: { did: vecht, name: 'Vecht' }, alarmAt: at('20:30') });
  const careRequests = [open, planned, urgent, ended, waiting()];
  const shown = (filter: NightFilter) => night(careRequests, [toNoor, toAli], [shiftOf(noor, nacht), shiftOf(ali, ster)], filter);

  it.each<[string, NightFilter, readonly CareRequest[]]>([
    ['state', { state: 'open' }, [open]],
    ['urgency', { urgency: 'urgent' }, [urgent]],
    ['kind', { kind: 'planned' }, [planned]],
    ['actor', { actor: ster }, [urgent]],
    ['custodian', { custodian: linde }, [planned]],
    ['practitioner', { practitioner: noor.identifier }, [planned]],
    ['several at once', { practitioner: noor.identifier, urgency: 'urgent' }, []],
  ])('is narrowed by %s, while counts and alarms stay those of the whole night', (_, filter, expected) => {
    const { careRequests: list, counts, alarms } = shown(filter);
    expect(list.map(({ careRequest: { id } }) => id)).toEqual(expected.map(({ id }) => id));
    expect(counts).toEqual({ open: 1, toAssign: 1, assigned: 2, closed: 1, alarms: 1 });
    expect(alarms).toEqual([toAli]);
  });

  it('finds a care request by the urgency with which somebody was sent, too', () => {
    const request = waiting({ urgency: 'routine' });
    expect(night([request], [sent(request, { urgency: 'urgent' })], [], { urgency: 'urgent' }).careRequests).toHaveLength(1);
  });

  it('gives each practitioner a lane, by name, with shifts and visits by the begin of their window; who has no visits is there too', () => {
    const earlier = sent(planned, { visitWindow: { from: at('19:00'), until: at('19:30') } });
    const { lanes } = night([planned], [toNoor, earlier], [shiftOf(noor, nacht), shiftOf(ali, ster)]);
    expect(lanes.map(({ practitioner: { name }, shifts, blocks }) => [name, shifts.length, blocks.map(({ authorization }) => authorization.id)])).toEqual([['Ali Demir', 1, []], ['Noor Visser', 1, [earlier.id, toNoor.id]]]);
  });

  it('keeps two practitioners of two organisations apart although they have the same number', () => {
    const { lanes } = night([planned], [toNoor], [shiftOf({ ...ali, identifier: noor.identifier }, ster)]);
    expect(lanes.map(({ actor, blocks }) => [actor, blocks.length])).toEqual([[ster, 0], [nacht, 1]]);
  });

  it.each<[string, NightFilter]>([
    ['practitioner', { practitioner: noor.identifier }],
    ['actor', { actor: nacht }],
  ])('shows lanes of the chosen %s alone, also when somebody else took a visit over', (_, filter) => {
    const request = waiting();
    const taken = sent(request, { practitioner: ali, actor: { did: ster, name: 'Avondster' } });
    const before = sent(request, { revokedAt: at('20:30'), replacedBy: taken.id });
    const { lanes, careRequests: list } = night([request], [taken, before], [shiftOf(noor, nacht), shiftOf(ali, ster)], filter);
    expect(lanes.map(({ practitioner }) => practitioner.name)).toEqual(['Noor Visser']);
    expect(list[0]?.authorizations).toHaveLength(2);
  });

  it('looks half a day back and half a day on unless somebody says otherwise', () => {
    expect(tonight(now)).toEqual({ from: at('09:00'), until: new Date('2026-01-02T09:00:00Z') });
  });
});
