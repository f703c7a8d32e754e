import type { DecisionTree, TreeAnswer, TreeEnd } from './decision-tree.js';
import { treeFaults } from './tree-faults.js';
import { walkTree } from './walk-tree.js';

const end = (outcome: TreeEnd['outcome'], urgency?: TreeEnd['urgency']): TreeAnswer['then'] => ({ end: { outcome, advice: 'Advies.', ...(urgency && { urgency }) } });
const answer = (id: string, then: TreeAnswer['then']): TreeAnswer => ({ id, text: id, then });
const tree: DecisionTree = {
  title: 'Boom',
  start: 'danger',
  questions: [
    { id: 'danger', text: 'Gevaar?', answers: [answer('yes', end('emergency-112')), answer('no', { question: 'help' })] },
    { id: 'help', text: 'Hulp?', answers: [answer('carer', end('informal-carer')), answer('none', end('nothing-needed')), answer('nurse', end('out-of-hours-care', 'soon'))] },
  ],
};
const change = (answers: readonly TreeAnswer[]): DecisionTree => ({ ...tree, questions: [tree.questions[0]!, { ...tree.questions[1]!, answers }] });
const [carer, none, nurse] = tree.questions[1]!.answers as [TreeAnswer, TreeAnswer, TreeAnswer];

describe('a decision tree that a region loads', () => {
  it('has no faults when every branch ends and all four outcomes are reached', () => expect(treeFaults(tree)).toEqual([]));

  it.each<[string, DecisionTree, string]>([
    ['begins with a question that is not there', { ...tree, start: 'elsewhere' }, '/start'],
    ['leads to a question that is not there', change([carer, none, answer('nurse', { question: 'elsewhere' })]), '/questions/1/answers/2/then/question'],
    ['asks a question again on its own way', change([carer, none, nurse, answer('again', { question: 'danger' })]), '/questions/0'],
    ['has a question that is never asked', { ...tree, questions: [...tree.questions, { id: 'lost', text: '?', answers: [carer, none] }] }, '/questions/2'],
    ['has a question twice', { ...tree, questions: [...tree.questions, tree.questions[1]!] }, '/questions/2/id'],
    ['has an answer twice', change([carer, none, nurse, nurse]), '/questions/1/answers/3/id'],
    ['lacks an outcome', change([carer, nurse]), '/questions'],
    ['proposes no urgency for out-of-hours care', change([carer, none, answer('nurse', end('out-of-hours-care'))]), '/questions/1/answers/2/then/end/urgency'],
    ['proposes an urgency where nobody goes', change([carer, answer('none', end('nothing-needed', 'soon')), nurse]), '/questions/1/answers/1/then/end/urgency'],
  ])('is refused when it %s', (_, faulty, pointer) => expect(treeFaults(faulty)).toContainEqual({ pointer, detail: expect.any(String) as string }));
});

describe('a walk through the tree', () => {
  it('begins with the first question, and ends where the answers lead, in the words of the tree', () => {
    expect(walkTree(tree, []).step).toEqual({ kind: 'question', question: tree.questions[0] });
    const { step, answers } = walkTree(tree, [{ question: 'danger', answer: 'no' }, { question: 'help', answer: 'nurse' }]);
    expect(step).toEqual({ kind: 'end', end: { outcome: 'out-of-hours-care', advice: 'Advies.', urgency: 'soon' } });
    expect(answers[0]).toEqual({ question: 'danger', answer: 'no', questionText: 'Gevaar?', answerText: 'no' });
  });

  it.each([
    ['to another question than was asked', [{ question: 'help', answer: 'nurse' }]],
    ['that is not there', [{ question: 'danger', answer: 'maybe' }]],
    ['after the end', [{ question: 'danger', answer: 'yes' }, { question: 'help', answer: 'nurse' }]],
  ])('refuses an answer %s', (_, answers) => expect(() => walkTree(tree, answers)).toThrow(expect.objectContaining({ code: 'answers-do-not-fit' })));
});
