import { InMemoryDesk } from '@anw/testing';
import { EmployeeIdentifier } from '@anw/values';
import { decideTriage } from './decide-triage.js';
import { receiveCareRequest } from './receive-care-request.js';
import type { TriageOutcome } from './care-request.js';
import type { DecisionTree, GivenAnswer } from '../decision-tree/decision-tree.js';

const clock = () => new Date('2026-01-01T20:00:00Z');
const triagist = { identifier: EmployeeIdentifier.parse('t-1') };
const call = { id: '0d3f6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69', kind: 'unplanned', reportedBy: 'Dochter', description: 'Gevallen, kan niet opstaan.', urgency: 'urgent' } as const;

describe('care request (design §2 step 1)', () => {
  it('is recorded with the moment it came in', async () => {
    const desk = new InMemoryDesk();
    expect(await receiveCareRequest(call, clock, desk.stores.careRequests)).toEqual({ ...call, receivedAt: clock() });
  });

  it('is recorded once, however often it is sent', async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    expect(await receiveCareRequest(call, () => new Date('2026-01-01T21:00:00Z'), desk.stores.careRequests)).toEqual({ ...call, receivedAt: clock() });
    expect(desk.state.careRequests).toHaveLength(1);
  });

  it('is refused when its id names another care request', async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    await expect(receiveCareRequest({ ...call, description: 'Iets anders.' }, clock, desk.stores.careRequests)).rejects.toMatchObject({ code: 'care-request-id-reused' });
  });
});

describe('triage of a care request (design §2 step 1)', () => {
  const received = async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    return desk;
  };
  const decide = (desk: InMemoryDesk, outcome: TriageOutcome) => decideTriage(call.id, { outcome }, triagist, clock, desk.stores);

  it.each(['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care'] as const)('may end in %s', async (outcome) => {
    const desk = await received();
    expect((await decide(desk, outcome)).triage).toEqual({ outcome, decidedAt: clock(), decidedBy: triagist.identifier });
    expect(desk.state.careRequests[0]?.triage?.outcome).toBe(outcome);
  });

  it('may be revised', async () => {
    const desk = await received();
    await decide(desk, 'nothing-needed');
    expect((await decide(desk, 'emergency-112')).triage?.outcome).toBe('emergency-112');
  });

  it('keeps its first moment when the same outcome is recorded again', async () => {
    const desk = await received();
    await decide(desk, 'nothing-needed');
    const again = await decideTriage(call.id, { outcome: 'nothing-needed' }, triagist, () => new Date('2026-01-01T23:00:00Z'), desk.stores);
    expect(again.triage?.decidedAt).toEqual(clock());
  });

  it('needs a care request that is known', async () => {
    await expect(decideTriage(call.id, { outcome: 'nothing-needed' }, triagist, clock, new InMemoryDesk().stores)).rejects.toMatchObject({ code: 'care-request-unknown' });
  });
});

describe('triage by the decision tree of the region', () => {
  const end = (outcome: TriageOutcome) => ({ end: { outcome, advice: 'Advies.', ...(outcome === 'out-of-hours-care' && { urgency: 'soon' as const }) } });
  const tree: DecisionTree = {
    title: 'Boom',
    start: 'danger',
    questions: [
      { id: 'danger', text: 'Is er gevaar?', answers: [{ id: 'yes', text: 'Ja', then: end('emergency-112') }, { id: 'no', text: 'Nee', then: { question: 'who' } }] },
      { id: 'who', text: 'Wie kan helpen?', answers: [{ id: 'nobody', text: 'Niemand nodig', then: end('nothing-needed') }, { id: 'carer', text: 'Mantelzorger', then: end('informal-carer') }, { id: 'nurse', text: 'Verpleegkundige', then: end('out-of-hours-care') }] },
    ],
  };
  const danger: GivenAnswer = { question: 'danger', answer: 'yes' };
  const noDanger: GivenAnswer = { question: 'danger', answer: 'no' };
  const who = (answer: string): GivenAnswer => ({ question: 'who', answer });

  /** A care request, a tree in use as version 1, and the one that follows it as a draft. */
  const atDesk = async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    for (const title of ['Boom', 'Nieuwe boom']) await desk.stores.trees.addDraft({ ...tree, title }, 'operator', clock());
    await desk.stores.trees.publish(1, 'operator', clock());
    const decide = (outcome: TriageOutcome, answers: readonly GivenAnswer[], { version = 1, deviation }: { readonly version?: number; readonly deviation?: string } = {}) =>
      decideTriage(call.id, { outcome, tree: { version, answers }, ...(deviation && { deviation }) }, triagist, clock, desk.stores);
    return { desk, decide };
  };

  it.each<[TriageOutcome, readonly GivenAnswer[]]>([
    ['emergency-112', [danger]],
    ['nothing-needed', [noDanger, who('nobody')]],
    ['informal-carer', [noDanger, who('carer')]],
    ['out-of-hours-care', [noDanger, who('nurse')]],
  ])('may end in %s, with version and answers in the words of the tree', async (outcome, answers) => {
    const { desk, decide } = await atDesk();
    const { triage } = await decide(outcome, answers);
    expect(triage?.tree).toMatchObject({ version: 1, outcome, answers });
    expect(triage?.tree?.answers[0]).toMatchObject({ questionText: 'Is er gevaar?', answerText: outcome === 'emergency-112' ? 'Ja' : 'Nee' });
    expect(desk.state.careRequests[0]?.triage).toEqual(triage);
  });

  it.each<[string, readonly GivenAnswer[], string]>([
    ['that the question does not have', [noDanger, who('robot')], 'answers-do-not-fit'],
    ['to a question that was not asked', [who('nurse')], 'answers-do-not-fit'],
    ['after the end', [danger, who('nurse')], 'answers-do-not-fit'],
    ['too few', [noDanger], 'answers-unfinished'],
  ])('refuses an answer %s, and records nothing', async (_, answers, code) => {
    const { desk, decide } = await atDesk();
    await expect(decide('out-of-hours-care', answers)).rejects.toMatchObject({ code });
    expect(desk.state.careRequests[0]?.triage).toBeUndefined();
  });

  it.each([['nobody has', 3], ['is not in use yet', 2]])('refuses a version that %s', async (_, version) => {
    const { decide } = await atDesk();
    await expect(decide('emergency-112', [danger], { version })).rejects.toMatchObject({ code: 'tree-unknown' });
  });

  it('takes a version that was replaced during the call: those were the questions that the caller answered', async () => {
    const { desk, decide } = await atDesk();
    await desk.stores.trees.publish(2, 'operator', clock());
    expect((await decide('emergency-112', [danger])).triage?.tree?.version).toBe(1);
  });

  it('asks why when the triagist decides otherwise than the tree, and keeps both', async () => {
    const { decide } = await atDesk();
    await expect(decide('out-of-hours-care', [noDanger, who('carer')])).rejects.toMatchObject({ code: 'deviation-unexplained' });
    const { triage } = await decide('out-of-hours-care', [noDanger, who('carer')], { deviation: 'De mantelzorger is ziek.' });
    expect(triage).toMatchObject({ outcome: 'out-of-hours-care', tree: { outcome: 'informal-carer' }, deviation: 'De mantelzorger is ziek.' });
  });

  it('is recorded anew when the caller answers otherwise, though it ends the same', async () => {
    const { decide } = await atDesk();
    await decide('informal-carer', [noDanger, who('nobody')], { deviation: 'De buurvrouw komt.' });
    expect((await decide('informal-carer', [noDanger, who('carer')])).triage?.tree?.answers.at(-1)).toMatchObject({ answer: 'carer' });
  });
});
