import type { DecisionTree } from '@anw/api-contracts';
import { walkTree } from './walk-tree.js';

const tree: DecisionTree = {
  title: 'Proef',
  start: 'danger',
  questions: [
    { id: 'danger', text: 'Is er levensgevaar?', answers: [{ id: 'yes', text: 'Ja', then: { end: { outcome: 'emergency-112', advice: 'Bel 112.' } } }, { id: 'no', text: 'Nee', then: { question: 'fallen' } }] },
    { id: 'fallen', text: 'Is de cliënt gevallen?', answers: [{ id: 'yes', text: 'Ja', then: { end: { outcome: 'out-of-hours-care', advice: 'Er komt iemand.', urgency: 'soon' } } }, { id: 'no', text: 'Nee', then: { end: { outcome: 'nothing-needed', advice: 'Bel morgen.' } } }] },
  ],
};

describe('the decision tree at the desk', () => {
  it('begins with its first question', () => expect(walkTree(tree, []).step).toMatchObject({ kind: 'question', question: { id: 'danger' } }));

  it('goes on with the question that an answer leads to, and says what was answered', () => {
    const { answered, step } = walkTree(tree, [{ question: 'danger', answer: 'no' }]);
    expect(answered).toEqual([{ question: 'danger', answer: 'no', questionText: 'Is er levensgevaar?', answerText: 'Nee' }]);
    expect(step).toMatchObject({ kind: 'question', question: { id: 'fallen' } });
  });

  it('ends where a branch ends', () => {
    expect(walkTree(tree, [{ question: 'danger', answer: 'yes' }]).step).toEqual({ kind: 'end', end: { outcome: 'emergency-112', advice: 'Bel 112.' } });
  });

  it('stops at an answer that this version does not have', () => {
    expect(walkTree(tree, [{ question: 'danger', answer: 'perhaps' }])).toMatchObject({ answered: [], step: { kind: 'question', question: { id: 'danger' } } });
    expect(walkTree(tree, [{ question: 'fallen', answer: 'no' }])).toMatchObject({ answered: [] });
  });
});
